import { FrameError } from '../errors.ts'
import { type ClientMessage, type Ref } from './message.ts'

const PUSH = 0
const REPLY = 1
const BROADCAST = 2
const LONGEST = 255

export function encodePush(joinRef: Ref, topic: string, event: string, data: Uint8Array): Buffer {
  return encode(PUSH, { 'join ref': text(joinRef), topic, event }, data)
}

export function encodeReply(
  joinRef: Ref,
  ref: Ref,
  topic: string,
  status: string,
  data: Uint8Array,
): Buffer {
  return encode(REPLY, { 'join ref': text(joinRef), ref: text(ref), topic, status }, data)
}

export function encodeBroadcast(topic: string, event: string, data: Uint8Array): Buffer {
  return encode(BROADCAST, { topic, event }, data)
}

/** What a client pushes: the kind, four lengths, four texts, and the rest is the data. */
export function decodePush(frame: Buffer): ClientMessage {
  if (frame[0] !== PUSH) throw new FrameError(`no client sends a binary frame of kind ${frame[0]}`)
  const lengths = frame.subarray(1, 5)
  if (lengths.length < 4) throw new FrameError('a binary frame ends within its head')

  let at = 5
  const [joinRef = '', ref = '', topic = '', event = ''] = Array.from(lengths, (length) => {
    const end = at + length
    if (end > frame.length) throw new FrameError('a binary frame ends within its head')
    const part = frame.toString('utf8', at, end)
    at = end
    return part
  })
  // No ref is a text of no length.
  return { joinRef: joinRef || null, ref: ref || null, topic, event, payload: frame.subarray(at) }
}

function encode(kind: number, texts: Record<string, string>, data: Uint8Array): Buffer {
  const parts = Object.entries(texts).map(([name, value]) => {
    const bytes = Buffer.from(value)
    if (bytes.length <= LONGEST) return bytes
    throw new FrameError(
      `the ${name} of a binary message holds ${LONGEST} bytes, and this one has ${bytes.length}: "${value}"`,
    )
  })
  return Buffer.concat([Buffer.from([kind, ...parts.map((part) => part.length)]), ...parts, data])
}

const text = (ref: Ref): string => (ref === null ? '' : String(ref))
