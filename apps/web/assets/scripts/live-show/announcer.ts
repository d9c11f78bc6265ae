import { words } from './words.ts'

const PAUSE_MS = 4000

/** Reads out what is new to who hears the page, and no more often than they can bear. */
export class Announcer {
  readonly #part: HTMLElement
  #waiting: string[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(part: HTMLElement, signal: AbortSignal) {
    this.#part = part
    signal.addEventListener('abort', () => clearTimeout(this.#timer))
  }

  say(said: string): void {
    this.#waiting.push(said)
    if (this.#timer === undefined) this.#speak()
  }

  #speak(): void {
    const [first, ...others] = this.#waiting
    if (first === undefined) {
      this.#timer = undefined
      return
    }
    this.#part.textContent =
      others.length === 0 ? first : `${words.newMessages(this.#waiting.length)} ${others.at(-1)}`
    this.#waiting = []
    this.#timer = setTimeout(() => this.#speak(), PAUSE_MS)
  }
}
