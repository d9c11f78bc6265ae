/** What holds for no time at all is not asked for more often. */
const SHORTEST_MS = 1_000
/** A timer takes no more. */
const LONGEST_MS = 2 ** 31 - 1

/** Calls for pages at their moments. */
export class Wakes {
  readonly #clock: () => Date
  readonly #wake: (key: string) => void
  readonly #timers = new Map<string, NodeJS.Timeout>()

  constructor(clock: () => Date, wake: (key: string) => void) {
    this.#clock = clock
    this.#wake = wake
  }

  set(key: string, moment: number): void {
    this.cancel(key)
    if (moment === Infinity) return
    const before = moment - this.#clock().getTime()
    const left = before > 0 ? before : SHORTEST_MS
    const ring = (): void => {
      // Timers may come a little early, and far moments take several.
      if (this.#clock().getTime() < moment) this.set(key, moment)
      else this.#wake(key)
    }
    this.#timers.set(key, setTimeout(ring, Math.min(left, LONGEST_MS)).unref())
  }

  cancel(key: string): void {
    clearTimeout(this.#timers.get(key))
    this.#timers.delete(key)
  }

  clear(): void {
    for (const key of this.#timers.keys()) this.cancel(key)
  }
}
