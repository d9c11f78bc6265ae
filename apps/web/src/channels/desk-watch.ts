import { randomBytes } from 'node:crypto'
import { type Change, type Dependency, touches } from '@showrunner/live'

/** What is written together is told together. */
const GATHERED_MS = 50
/** Nobody is told of the same page more often. */
const PAUSE_MS = 1000

interface OpenDesk {
  readonly shows: readonly Dependency[]
  readonly tell: () => void
  viewers: number
  toldAt: number
  waiting: NodeJS.Timeout | undefined
}

/** The pages of the admin area that are open in some browser of this node: told to be stale when what they show may have changed. */
export class DeskWatch {
  readonly #node = randomBytes(6).toString('hex')
  readonly #open = new Map<string, OpenDesk>()
  /** Of each table, which change of all was its last. */
  readonly #lastOf = new Map<string, number>()
  #heard = 0
  #lost = 0

  get size(): number {
    return this.#open.size
  }

  /** What a page is marked with before it is made. */
  get mark(): string {
    return `${this.#node}.${this.#heard}`
  }

  /** Whether a page with this mark may be another by now. */
  isStale(seen: string | undefined, shows: readonly Dependency[]): boolean {
    const [node, heard] = seen?.split('.') ?? []
    if (node !== this.#node) return true
    const last = shows.map(({ table }) => this.#lastOf.get(table) ?? 0)
    return !(Math.max(this.#lost, ...last) <= Number(heard))
  }

  enter(name: string, shows: readonly Dependency[], tell: () => void): void {
    const desk = this.#open.get(name)
    if (desk) desk.viewers += 1
    else this.#open.set(name, { shows, tell, viewers: 1, toldAt: 0, waiting: undefined })
  }

  leave(name: string): void {
    const desk = this.#open.get(name)
    if (!desk) return
    desk.viewers -= 1
    if (desk.viewers > 0) return
    clearTimeout(desk.waiting)
    this.#open.delete(name)
  }

  changed(change: Change | 'anything'): void {
    this.#heard += 1
    if (change === 'anything') this.#lost = this.#heard
    else this.#lastOf.set(change.table, this.#heard)
    for (const desk of this.#open.values()) {
      if (desk.waiting) continue
      if (change === 'anything' || desk.shows.some((rows) => touches(rows, change))) tellSoon(desk)
    }
  }

  close(): void {
    for (const { waiting } of this.#open.values()) clearTimeout(waiting)
    this.#open.clear()
  }
}

function tellSoon(desk: OpenDesk): void {
  const now = performance.now()
  const pause = desk.toldAt === 0 ? 0 : desk.toldAt + PAUSE_MS - now
  desk.waiting = setTimeout(
    () => {
      desk.waiting = undefined
      desk.toldAt = performance.now()
      desk.tell()
    },
    Math.max(GATHERED_MS, pause),
  )
}
