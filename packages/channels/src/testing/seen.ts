import { AssertionError } from 'node:assert'
import { inspect } from 'node:util'

/** How long is waited for what has to come. It is only ever waited for by a test that fails. */
const PATIENCE_MS = 5_000
const SHOWN = 20

/** What came, in order, of which each is taken once. */
export class Seen<T> {
  readonly #all: T[] = []
  readonly #untaken: T[] = []
  readonly #waiting = new Set<() => void>()

  /** All that came, whether it was taken or not. */
  get all(): readonly T[] {
    return this.#all
  }

  add(one: T): void {
    this.#all.push(one)
    this.#untaken.push(one)
    for (const look of this.#waiting) look()
  }

  /** The first that fits, as soon as there is one. */
  async take(what: string, fits: (one: T) => boolean): Promise<T> {
    const there = this.takeNow(fits)
    if (there !== undefined) return there
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const look = () => {
      const found = this.takeNow(fits)
      if (found === undefined) return
      // Else it would take another that comes before it is woken.
      this.#waiting.delete(look)
      resolve(found)
    }
    const impatient = setTimeout(() => reject(this.#missing(what)), PATIENCE_MS)
    this.#waiting.add(look)
    try {
      return await promise
    } finally {
      clearTimeout(impatient)
      this.#waiting.delete(look)
    }
  }

  takeNow(fits: (one: T) => boolean): T | undefined {
    const at = this.#untaken.findIndex(fits)
    return at < 0 ? undefined : this.#untaken.splice(at, 1)[0]
  }

  #missing(what: string): AssertionError {
    const came = this.#untaken
      .slice(-SHOWN)
      .map((one) => `  ${inspect(one, { depth: 6, breakLength: Infinity })}`)
    return new AssertionError({
      message:
        came.length === 0
          ? `expected ${what}, and nothing came`
          : `expected ${what}, and what came was\n${came.join('\n')}`,
    })
  }
}
