import { FrameError } from '../errors.ts'
import { Frame } from './frame.ts'
import { type Payload, type Ref } from './message.ts'
import { parse, refOf, textOf } from './read.ts'
import { assertPayload } from './sendable.ts'
import { type Serializer } from './serializer.ts'

const NO_BYTES = 'bytes cannot be sent to a client that speaks version 1'

/** Objects, as clients before Phoenix 1.4 speak. There are no bytes, and a join ref is read but never sent. */
export const v1: Serializer = {
  version: 1,

  decode(data) {
    if (typeof data !== 'string') throw new FrameError('version 1 has no binary frames')
    const message = parse(data)
    if (typeof message !== 'object' || message === null || Array.isArray(message)) {
      throw new FrameError('a message of version 1 is an object')
    }
    for (const name of ['topic', 'event', 'payload', 'ref']) {
      if (!(name in message)) throw new FrameError(`a message of version 1 needs "${name}"`)
    }
    const { topic, event, payload, ref, join_ref: joinRef } = message as Record<string, unknown>
    return {
      topic: textOf(topic, 'topic'),
      event: textOf(event, 'event'),
      ref: refOf(ref),
      joinRef: refOf(joinRef ?? null),
      payload,
    }
  },

  push: (_joinRef, ref, topic, event, payload) => framed(topic, event, payload, ref),
  reply: (_joinRef, ref, topic, status, response) =>
    framed(topic, 'phx_reply', replied(status, response), ref),
  broadcast: (topic, event, payload, id) => framed(topic, event, payload, id),
}

function replied(status: string, response: Payload): Payload {
  assertPayload('phx_reply', response)
  if (response instanceof Uint8Array) throw new FrameError(NO_BYTES)
  return { status, response }
}

function framed(topic: string, event: string, payload: Payload, ref: Ref): Frame {
  assertPayload(event, payload)
  if (payload instanceof Uint8Array) {
    throw new FrameError(NO_BYTES)
  }
  return new Frame(JSON.stringify({ topic, event, payload, ref }))
}
