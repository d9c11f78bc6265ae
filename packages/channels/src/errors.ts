/** Of channels. What went wrong at a client is not among them: clients are told, and nothing is thrown. */
export class ChannelError extends Error {
  override name = 'ChannelError'
}

/** A frame that is no message, or a message that makes no frame. */
export class FrameError extends ChannelError {
  override name = 'FrameError'
}

/** A message that a channel cannot take now: it has not joined yet, or has ended. */
export class NotJoinedError extends ChannelError {
  override name = 'NotJoinedError'

  constructor(doing: string, topic: string) {
    super(
      `${doing} on "${topic}" can only be done while the channel is joined. In \`join\` it is not yet: do it in \`joined\`, which is called when the client knows that it joined.`,
    )
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
