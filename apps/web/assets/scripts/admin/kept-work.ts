import { type Work } from './work.ts'

/** Work on a form that is not saved yet, as the browser keeps it. */
export interface Kept {
  /** Of the page on which it was done. */
  readonly id: string
  /** Of what was opened; empty for what is new. */
  readonly version: string
  /** Milliseconds. */
  readonly at: number
  readonly work: Work
}

/** What of the browser's storage is needed here. */
export type Shelf = {
  readonly length: number
  key(at: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

const PREFIX = 'showrunner:kept:'
const LONGEST = 300_000
const LONGEST_OF_ALL = 2_000_000
const OLDEST_MS = 30 * 24 * 60 * 60 * 1000

/**
 * What one person has not saved yet of one form. Each page that shows the form keeps a piece of its own, so that two tabs do
 * not write over each other.
 */
export class KeptWork {
  readonly #storage: () => Shelf
  readonly #prefix: string

  constructor(person: string, address: string, storage: () => Shelf) {
    this.#storage = storage
    this.#prefix = `${PREFIX}${person}:${address}:`
  }

  /** All there is, the oldest first. */
  all(): readonly Kept[] {
    const pieces = this.#tried(() => piecesIn(this.#storage(), this.#prefix), [])
    return pieces.flatMap(({ kept }) => kept ?? []).toSorted((one, other) => one.at - other.at)
  }

  find(id: string): Kept | undefined {
    return this.all().find((one) => one.id === id)
  }

  /** Says whether it is kept: a browser may have no room, or keep nothing. */
  keep(kept: Kept): boolean {
    const text = JSON.stringify(kept)
    if (text.length > LONGEST) return false

    return this.#tried(() => {
      const storage = this.#storage()
      const key = this.#prefix + kept.id
      makeRoom(storage, key, text.length, kept.at)
      return written(storage, key, text)
    }, false)
  }

  drop(ids: readonly string[]): void {
    this.#tried(() => {
      for (const id of ids) this.#storage().removeItem(this.#prefix + id)
    }, undefined)
  }

  // Where storage is switched off, asking for it throws.
  #tried<T>(work: () => T, otherwise: T): T {
    try {
      return work()
    } catch {
      return otherwise
    }
  }
}

interface Piece {
  readonly key: string
  readonly length: number
  /** Undefined where nobody can read it any more. */
  readonly kept: Kept | undefined
}

function piecesIn(storage: Shelf, prefix: string): Piece[] {
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '')
  return keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const text = storage.getItem(key) ?? ''
      return { key, length: text.length, kept: read(text) }
    })
}

function read(text: string): Kept | undefined {
  try {
    const { id, version, at, work } = JSON.parse(text) as Partial<Kept>
    const isWhole = typeof id === 'string' && typeof version === 'string' && typeof at === 'number'
    return isWhole && work?.fields && work.rows ? { id, version, at, work } : undefined
  } catch {
    return undefined
  }
}

/** Takes away what is too old, and of the rest the oldest until this has its place. */
function makeRoom(storage: Shelf, key: string, length: number, now: number): void {
  const others = othersIn(storage, key)
  let all = length
  for (const piece of others.toReversed()) {
    all += piece.length
    if (all > LONGEST_OF_ALL || timeOf(piece) < now - OLDEST_MS) storage.removeItem(piece.key)
  }
}

function written(storage: Shelf, key: string, text: string): boolean {
  // Others use the same storage: where it is full before we thought, more of ours goes.
  for (const other of [...othersIn(storage, key), undefined]) {
    try {
      storage.setItem(key, text)
      return true
    } catch {
      if (other) storage.removeItem(other.key)
    }
  }
  return false
}

/** The pieces of all forms but this one, the oldest first. */
function othersIn(storage: Shelf, key: string): Piece[] {
  return piecesIn(storage, PREFIX)
    .filter((piece) => piece.key !== key)
    .toSorted((one, other) => timeOf(one) - timeOf(other))
}

function timeOf({ kept }: Piece): number {
  return kept?.at ?? 0
}
