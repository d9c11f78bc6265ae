import { type Payload, type Ref } from '../serializers/message.ts'

/** What the server sent. */
export interface ServerMessage {
  readonly joinRef: Ref
  readonly ref: Ref
  readonly topic: string
  readonly event: string
  readonly payload: Payload
}

/** What the server answered. */
export interface Reply {
  readonly status: string
  readonly response: Payload
}

/** Reads a frame as a client does: arrays of version 2, objects of version 1, bytes. */
export function readFrame(data: string | Buffer): ServerMessage {
  if (typeof data !== 'string') return readBinary(data)
  const message = JSON.parse(data) as [Ref, Ref, string, string, Payload] | ServerMessage
  if (!Array.isArray(message)) return { ...message, joinRef: null }
  const [joinRef, ref, topic, event, payload] = message
  return { joinRef, ref, topic, event, payload }
}

const LENGTHS = [3, 4, 2]

/** The kind, a length for each text, the texts; the rest are the bytes. */
function readBinary(frame: Buffer): ServerMessage {
  const kind = frame[0] ?? 0
  const lengths = [...frame.subarray(1, 1 + (LENGTHS[kind] ?? 0))]
  let at = 1 + lengths.length
  const texts = lengths.map((length) => frame.toString('utf8', at, (at += length)))
  const bytes = Buffer.from(frame.subarray(at))
  const [one = '', two = '', three = '', four = ''] = texts
  if (kind === 2) return { joinRef: null, ref: null, topic: one, event: two, payload: bytes }
  if (kind === 0) return { joinRef: one, ref: null, topic: two, event: three, payload: bytes }
  const payload = { status: four, response: bytes }
  return { joinRef: one, ref: two, topic: three, event: 'phx_reply', payload }
}
