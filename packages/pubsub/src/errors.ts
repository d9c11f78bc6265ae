/** A message that could not be sent to the other nodes. The listeners of this node have been given it all the same. */
export class BroadcastError extends Error {
  override readonly name = 'BroadcastError'
  readonly topic: string

  constructor(topic: string, reason: string, options?: ErrorOptions) {
    super(`The other nodes were not told of a message to "${shortened(topic)}": ${reason}`, options)
    this.topic = topic
  }
}

function shortened(topic: string): string {
  return topic.length <= 100 ? topic : `${topic.slice(0, 100)}…`
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}
