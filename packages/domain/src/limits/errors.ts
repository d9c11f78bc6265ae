import { type Left } from './left.ts'

/** Somebody did something more often than is good. */
export class LimitError extends Error {
  override readonly name = 'LimitError'
  readonly retryAfterMs: number
  readonly left: Left

  constructor(limit: string, retryAfterMs: number, left: Left) {
    super(`The limit "${limit}" is used up for another ${Math.ceil(retryAfterMs / 1000)} s.`)
    this.retryAfterMs = retryAfterMs
    this.left = left
  }
}
