/** Somebody may not write in a chat now. The message is for them. */
export class ChatError extends Error {
  override readonly name = 'ChatError'
  /** For those who write faster than they may: how long to wait. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, retryAfterMs?: number) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }
}
