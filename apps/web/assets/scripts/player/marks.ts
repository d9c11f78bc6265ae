import { lastBegun } from './chapter.ts'

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

  /** The last one that has begun. */
  at(place: number): HTMLElement | undefined {
    return this.#elements[lastBegun(this.#starts, place)]
  }

  /** Marks the last one that has begun. Asked four times a second, of thousands of lines. */
  light(place: number | undefined): HTMLElement | undefined {
    const current = place === undefined ? undefined : this.at(place)

    if (current !== this.#current) {
      this.#current?.removeAttribute(CURRENT)
      current?.setAttribute(CURRENT, 'true')
      this.#current = current
    }
    return current
  }
}
