import { type Message } from '@showrunner/pubsub'
import { type Frame } from '../serializers/frame.ts'
import { isPayload, type Payload } from '../serializers/message.ts'
import { type Serializer } from '../serializers/serializer.ts'

/** What goes over the pubsub: to everybody in a topic, but for the channel it is from. */
export interface BroadcastMessage {
  readonly event: string
  readonly payload: Payload
  readonly from?: string
}

export function readBroadcast(message: Message): BroadcastMessage | undefined {
  if (!isPayload(message) || message instanceof Uint8Array) return undefined
  const { event, payload, from } = message
  if (typeof event !== 'string' || !isPayload(payload)) return undefined
  return typeof from === 'string' ? { event, payload, from } : { event, payload }
}

/** A broadcast at this node, which is encoded once for each version of the protocol. */
export class Broadcast {
  readonly topic: string
  readonly event: string
  readonly payload: Payload
  /** Of a topic that keeps its messages: by it a client says what it has seen. */
  readonly id: string | null
  readonly #frames: (Frame | undefined)[] = []

  constructor(topic: string, { event, payload }: BroadcastMessage, id: string | null = null) {
    this.topic = topic
    this.event = event
    this.payload = payload
    this.id = id
  }

  frame(serializer: Serializer, withId: boolean): Frame {
    const at = serializer.version * 2 + Number(withId)
    this.#frames[at] ??= serializer.broadcast(
      this.topic,
      this.event,
      this.payload,
      withId ? this.id : null,
    )
    return this.#frames[at]
  }
}
