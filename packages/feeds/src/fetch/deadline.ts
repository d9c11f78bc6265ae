import { timedOut } from './request.ts'

/** Ends a fetch that takes too long or is no longer wanted. The reason it was stopped for is the error to report. */
export class Deadline {
  readonly stop = new AbortController()
  readonly #timer: NodeJS.Timeout
  readonly #signal: AbortSignal | undefined
  readonly #cancel = () => this.stop.abort(this.#signal?.reason)

  constructor(url: URL, timeoutMs: number, signal: AbortSignal | undefined) {
    this.#signal = signal
    this.#timer = setTimeout(() => {
      this.stop.abort(timedOut(url, `it was not done within ${timeoutMs / 1000} seconds`))
    }, timeoutMs)
    signal?.addEventListener('abort', this.#cancel)
    if (signal?.aborted === true) this.#cancel()
  }

  /** Call when all is done; gives the error to report. */
  end(error?: unknown): unknown {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#cancel)
    return this.stop.signal.aborted ? this.stop.signal.reason : error
  }
}
