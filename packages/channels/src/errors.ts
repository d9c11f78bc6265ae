/** Of channels. What went wrong at a client is not among them: clients are told, and nothing is thrown. */
export class ChannelError extends Error {
  override name = 'ChannelError'
}

/** A frame that is no message, or a message that makes no frame. */
export class FrameError extends ChannelError {
  override name = 'FrameError'
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
