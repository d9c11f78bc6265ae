import { ChannelError } from './errors.ts'

/** What one client may take of a node. */
export interface Limits {
  /** Channels of one socket, and joins that are asked for at once. */
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

/** These, and the usual ones where nothing else is said. Throws a `ChannelError` for one that cannot be. */
export function limitsWith(given: Partial<Limits> = {}): Limits {
  for (const [name, limit] of Object.entries(given)) {
    if (!Object.hasOwn(LIMITS, name)) {
      throw new ChannelError(
        `there is no limit "${name}". Those there are: ${Object.keys(LIMITS).join(', ')}`,
      )
    }
    if (!Number.isFinite(limit) || limit <= 0) {
      throw new ChannelError(`expected the limit "${name}" to be a number above 0, got: ${limit}`)
    }
  }
  return { ...LIMITS, ...given }
}
