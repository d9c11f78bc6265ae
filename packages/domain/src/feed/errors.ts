/** A podcast lives elsewhere by now, and whoever asks for its feed here is to ask there. */
export class FeedMovedError extends Error {
  override readonly name = 'FeedMovedError'
  readonly to: string

  constructor(podcast: string, to: string) {
    super(`The feed of "${podcast}" has moved to ${to}.`)
    this.to = to
  }
}
