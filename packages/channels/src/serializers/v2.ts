import { FrameError } from '../errors.ts'
import { decodePush, encodeBroadcast, encodePush, encodeReply } from './binary.ts'
import { Frame } from './frame.ts'
import { parse, refOf, textOf } from './read.ts'
import { assertPayload } from './sendable.ts'
import { type Serializer } from './serializer.ts'

/** Arrays, `[join_ref, ref, topic, event, payload]`, and binary frames for bytes. */
export const v2: Serializer = {
  version: 2,

  decode(data) {
    if (typeof data !== 'string') return decodePush(data)
    const message = parse(data)
    if (!Array.isArray(message) || message.length < 5) {
      throw new FrameError('a message of version 2 is an array of five')
    }
    const [joinRef, ref, topic, event, payload] = message as readonly unknown[]
    return {
      joinRef: refOf(joinRef),
      ref: refOf(ref),
      topic: textOf(topic, 'topic'),
      event: textOf(event, 'event'),
      payload,
    }
  },

  push(joinRef, ref, topic, event, payload) {
    assertPayload(event, payload)
    return payload instanceof Uint8Array
      ? new Frame(encodePush(joinRef, topic, event, payload))
      : new Frame(JSON.stringify([joinRef, ref, topic, event, payload]))
  },

  reply(joinRef, ref, topic, status, response) {
    assertPayload('phx_reply', response)
    return response instanceof Uint8Array
      ? new Frame(encodeReply(joinRef, ref, topic, status, response))
      : new Frame(JSON.stringify([joinRef, ref, topic, 'phx_reply', { status, response }]))
  },

  broadcast(topic, event, payload, id) {
    assertPayload(event, payload)
    return payload instanceof Uint8Array
      ? new Frame(encodeBroadcast(topic, event, payload))
      : new Frame(JSON.stringify([null, id, topic, event, payload]))
  },
}
