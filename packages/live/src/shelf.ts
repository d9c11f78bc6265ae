import { type Dependency } from './dependency.ts'
import { type Kept } from './kept.ts'
import { type SharedValue } from './shared-value.ts'

/** A page that is kept, or, where somebody looks at one that could not be made, only what it depends on. */
export interface Entry {
  readonly key: string
  readonly kept: Kept | undefined
  /** What it shows in common with others. */
  readonly values: readonly SharedValue[]
  readonly until: number
  bytes: number
  /** Asked for since it was last looked at for eviction. */
  used: boolean
}

/** A value and its place in the index cost about so much beside their text. */
const PER_VALUE = 120
const PER_ENTRY = 1_000

export function weightOf(kept: Kept | undefined, dependencies: readonly Dependency[]): number {
  let values = dependencies.length
  for (const { scopes } of dependencies) for (const scope of scopes) values += scope.values.length
  return PER_ENTRY + (kept?.body.length ?? 0) + values * PER_VALUE
}

/** Pages by key, of which those that nobody asked for lately go when there are too many bytes. */
export class Shelf {
  readonly #entries = new Map<string, Entry>()
  readonly #mostBytes: number
  readonly #isHeld: (key: string) => boolean
  readonly #evicted: (entry: Entry) => void
  bytes = 0

  constructor(
    mostBytes: number,
    isHeld: (key: string) => boolean,
    evicted: (entry: Entry) => void,
  ) {
    this.#mostBytes = mostBytes
    this.#isHeld = isHeld
    this.#evicted = evicted
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key)
  }

  put(entry: Entry): void {
    this.remove(entry.key)
    this.#entries.set(entry.key, entry)
    this.bytes += entry.bytes
    this.#shrink()
  }

  grow(key: string, kept: Kept, bytes: number): void {
    const entry = this.#entries.get(key)
    // It may have been replaced while it was compressed.
    if (entry?.kept !== kept) return
    entry.bytes += bytes
    this.bytes += bytes
    this.#shrink()
  }

  remove(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    this.bytes -= entry.bytes
    return entry
  }

  clear(): void {
    this.#entries.clear()
    this.bytes = 0
  }

  // The oldest first; what was asked for since gets a second time, behind all others.
  #shrink(): void {
    for (const [key, entry] of this.#entries) {
      if (this.bytes <= this.#mostBytes) return
      if (this.#isHeld(key)) continue
      this.remove(key)
      if (!entry.used) {
        this.#evicted(entry)
        continue
      }
      entry.used = false
      this.#entries.set(key, entry)
      this.bytes += entry.bytes
    }
  }
}
