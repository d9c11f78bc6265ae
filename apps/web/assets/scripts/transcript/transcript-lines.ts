/** The lines of a transcript that have a time, in order: which one is said is asked four times a second. */
export class TranscriptLines {
  #lines: readonly HTMLElement[] = []
  #starts: readonly number[] = []
  #current: HTMLElement | undefined

  get current(): HTMLElement | undefined {
    return this.#current
  }

  read(within: Element): void {
    this.#lines = [...within.querySelectorAll<HTMLElement>('[data-at]')]
    this.#starts = this.#lines.map(({ dataset }) => Number(dataset['at']))
  }

  /** Marks the line that is said at that place. Says whether it is another one. */
  light(place: number | undefined): boolean {
    const current = place === undefined ? undefined : this.#lines[this.#lastBegun(place)]
    if (current === this.#current && current?.hasAttribute('aria-current') !== false) return false
    this.#current?.removeAttribute('aria-current')
    current?.setAttribute('aria-current', 'true')
    this.#current = current
    return true
  }

  #lastBegun(place: number): number {
    let [low, high] = [0, this.#starts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= place + 0.1) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
