import { type Frame } from './frame.ts'
import { type ClientMessage, type Payload, type Ref } from './message.ts'

/** One version of the protocol: messages as frames, and frames as messages. */
export interface Serializer {
  readonly version: 1 | 2
  /** Throws a `FrameError` for what is no message. */
  decode(data: string | Buffer): ClientMessage
  push(joinRef: Ref, ref: Ref, topic: string, event: string, payload: Payload): Frame
  reply(joinRef: Ref, ref: Ref, topic: string, status: string, response: Payload): Frame
  /** It carries no join ref, so it is the same for all. `id` is for those who asked for replay. */
  broadcast(topic: string, event: string, payload: Payload, id: string | null): Frame
}
