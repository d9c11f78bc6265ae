import { type Limits } from '../limits.ts'

/** So many at once, and so many more each second. */
export class TokenBucket {
  readonly #limits: Limits
  #left: number
  #at: number

  constructor(limits: Limits, now: number) {
    this.#limits = limits
    this.#left = limits.messagesAtOnce
    this.#at = now
  }

  take(now: number): boolean {
    const { messagesAtOnce, messagesPerSecond } = this.#limits
    const grown = this.#left + ((now - this.#at) / 1000) * messagesPerSecond
    this.#left = Math.min(messagesAtOnce, grown) - 1
    this.#at = now
    return this.#left >= 0
  }
}
