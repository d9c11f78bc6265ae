/** What one client may take of a node. */
export interface Limits {
  /** Channels of one socket. */
  readonly channels: number
  /** A message of a client, in bytes. Larger ones close the socket, with 1009. */
  readonly messageBytes: number
  /** Messages of a client in a second, on average; and how many may come at once. */
  readonly messagesPerSecond: number
  readonly messagesAtOnce: number
  /** Messages that wait in one channel, as its handler is busy. What is more is answered with an error. */
  readonly waitingMessages: number
  /** What may wait to be sent to a client that does not read. Beyond it the socket is closed, with 1013. */
  readonly unsentBytes: number
  /** How long `join` may take. */
  readonly joinMs: number
  /** How long nothing at all may be heard of a client before its socket is closed. After half of it, it is asked. */
  readonly silentMs: number
}

export const LIMITS: Limits = {
  channels: 100,
  messageBytes: 256 * 1024,
  messagesPerSecond: 50,
  messagesAtOnce: 500,
  waitingMessages: 200,
  unsentBytes: 1024 * 1024,
  joinMs: 10_000,
  silentMs: 60_000,
}
