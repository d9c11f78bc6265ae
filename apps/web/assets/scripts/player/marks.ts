const CURRENT = 'aria-current'

/** Things in a page that each begin at a moment, in order: chapters, or turns of speech. */
export class Marks {
  readonly #elements: readonly HTMLElement[]
  readonly #starts: readonly number[]
  #current: HTMLElement | undefined

  constructor(elements: Iterable<HTMLElement>) {
    this.#elements = [...elements]
    this.#starts = this.#elements.map(({ dataset }) => Number(dataset['at']))
  }

  /** Marks the last one that has begun. Asked four times a second, of thousands of lines. */
  light(place: number | undefined): HTMLElement | undefined {
    const current = place === undefined ? undefined : this.#elements[this.#lastBegun(place)]

    if (current !== this.#current) {
      this.#current?.removeAttribute(CURRENT)
      current?.setAttribute(CURRENT, 'true')
      this.#current = current
    }
    return current
  }

  #lastBegun(place: number): number {
    let [low, high] = [0, this.#starts.length]

    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= place + 0.25) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
