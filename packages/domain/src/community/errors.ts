/** A community did not do what it was asked to. */
export class CommunityError extends Error {
  override readonly name = 'CommunityError'
  /** In one word, as the community says it. */
  readonly code: string
  /** How long it wants to be left alone. */
  readonly retryAfterMs: number | undefined
  /** Whether asking again may help without anybody doing anything. */
  readonly passes: boolean
  /** Whether it may have been done all the same. */
  readonly mayBeDone: boolean

  constructor(
    message: string,
    {
      code,
      passes,
      mayBeDone,
      retryAfterMs,
      cause,
    }: Pick<CommunityError, 'code' | 'passes' | 'mayBeDone' | 'retryAfterMs' | 'cause'>,
  ) {
    super(message, { cause })
    this.code = code
    this.passes = passes
    this.mayBeDone = mayBeDone
    this.retryAfterMs = retryAfterMs
  }
}
