import { type Message } from '@showrunner/pubsub'
import { type Frame } from '../serializers/frame.ts'
import { isPayload, type Payload } from '../serializers/message.ts'
import { type Serializer } from '../serializers/serializer.ts'

/** Which of those that a node sent to a topic. */
export interface Place {
  readonly origin: string
  readonly number: number
}

/** What goes over the pubsub: to everybody in a topic, but for the channel it is from. */
export interface BroadcastMessage {
  readonly event: string
  readonly payload: Payload
  readonly from?: string | undefined
  /** Of what a topic keeps. */
  readonly place?: Place | undefined
}

/** As it is sent. What is not there takes no room. */
export function wireOf({ event, payload, from, place }: BroadcastMessage): Message {
  return {
    event,
    payload,
    ...(from === undefined ? {} : { from }),
    ...(place === undefined ? {} : { place: { ...place } }),
  }
}

export function readBroadcast(message: Message): BroadcastMessage | undefined {
  if (!isPayload(message) || message instanceof Uint8Array) return undefined
  const { event, payload, from, place } = message
  if (typeof event !== 'string' || !isPayload(payload)) return undefined
  return {
    event,
    payload,
    ...(typeof from === 'string' ? { from } : {}),
    // Only nodes of ours number anything.
    ...(place === undefined ? {} : { place: place as unknown as Place }),
  }
}

/** A broadcast at this node, which is encoded once for each version of the protocol. */
export class Broadcast {
  readonly topic: string
  readonly event: string
  readonly payload: Payload
  readonly place: Place | undefined
  /** Of a topic that keeps its messages: by it a client says what it has seen. */
  readonly id: string | null
  readonly #frames: (Frame | undefined)[] = []

  constructor(
    topic: string,
    { event, payload, place }: BroadcastMessage,
    id: string | null = null,
  ) {
    this.topic = topic
    this.event = event
    this.payload = payload
    this.place = place
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

  /** The same for one client, who has seen something else than most. */
  withId(id: string): Broadcast {
    const { event, payload, place } = this
    return new Broadcast(this.topic, { event, payload, place }, id)
  }
}
