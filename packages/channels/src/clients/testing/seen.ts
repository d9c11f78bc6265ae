/** Runs in Node and in pages, so it imports nothing that only one of them has. */
const PATIENCE_MS = 30_000

/** What happened, in its order, to be waited for. */
export class Seen<T> {
  readonly all: T[] = []
  readonly #waiting = new Set<() => void>()

  add(item: T): void {
    this.all.push(item)
    for (const look of this.#waiting) look()
  }

  onAdd(look: () => void): void {
    this.#waiting.add(look)
  }

  /** Everything, once it is enough. */
  until(enough: (all: readonly T[]) => boolean): Promise<readonly T[]> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!enough(this.all)) return
        clearTimeout(impatient)
        this.#waiting.delete(look)
        resolve([...this.all])
      }
      const impatient = setTimeout(() => {
        this.#waiting.delete(look)
        reject(new Error(`waited for ${String(enough)}, and saw only ${JSON.stringify(this.all)}`))
      }, PATIENCE_MS)
      this.#waiting.add(look)
      look()
    })
  }

  count(count: number): Promise<readonly T[]> {
    return this.until((all) => all.length >= count)
  }
}
