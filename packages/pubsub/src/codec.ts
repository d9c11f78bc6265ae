import { type Message } from './pubsub.ts'

/** A message as JSON, and the bytes that JSON cannot say, in the order in which the JSON names them. */
export interface Packed {
  readonly json: string
  readonly bytes: readonly Uint8Array[]
}

const PLAIN = 0
const WITH_BYTES = 1

/** In the place of bytes stands `{ "$bytes": 0 }`; a field that is itself called so gets another `$` in front. */
const BYTES = '$bytes'
const NAMED_LIKE_BYTES = /^\$+bytes$/

export function pack(message: Message): Packed {
  if (!holdsBytes(message)) return { json: JSON.stringify(message), bytes: [] }
  const bytes: Uint8Array[] = []
  return { json: JSON.stringify(withoutBytes(message, bytes)), bytes }
}

export function unpack({ json, bytes }: Packed): Message {
  const message = JSON.parse(json) as Message
  return bytes.length === 0 ? message : withBytes(message, bytes)
}

/** All in one: a byte that tells which; the JSON, and before it its length if bytes follow, each with their length. */
export function encode(message: Message): Uint8Array {
  return encodePacked(pack(message))
}

export function encodePacked({ json, bytes }: Packed): Uint8Array {
  const text = Buffer.from(json)
  if (bytes.length === 0) return Buffer.concat([Buffer.of(PLAIN), text])
  return Buffer.concat([
    Buffer.of(WITH_BYTES),
    ...[text, ...bytes].flatMap((part) => [lengthOf(part), part]),
  ])
}

export function decode(encoded: Uint8Array): Message {
  const buffer = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength)
  if (buffer[0] === PLAIN) return unpack({ json: buffer.toString('utf8', 1), bytes: [] })

  const parts: Buffer[] = []
  for (let at = 1; at < buffer.length;) {
    const length = buffer.readUInt32BE(at)
    parts.push(buffer.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  const [text, ...bytes] = parts
  return unpack({ json: text?.toString('utf8') ?? 'null', bytes: bytes.map(copied) })
}

function lengthOf(part: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(part.length)
  return length
}

function copied(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}

function holdsBytes(message: Message | undefined): boolean {
  if (typeof message !== 'object' || message === null) return false
  if (message instanceof Uint8Array) return true
  return Object.values(message).some(holdsBytes)
}

function withoutBytes(message: Message | undefined, bytes: Uint8Array[]): Message | undefined {
  if (typeof message !== 'object' || message === null) return message
  if (message instanceof Uint8Array) return { [BYTES]: bytes.push(message) - 1 }
  if (isList(message)) return message.map((item) => withoutBytes(item, bytes) ?? null)
  return Object.fromEntries(
    Object.entries(message).map(([name, value]) => [
      NAMED_LIKE_BYTES.test(name) ? `$${name}` : name,
      withoutBytes(value, bytes),
    ]),
  )
}

function withBytes(message: Message | undefined, bytes: readonly Uint8Array[]): Message {
  if (typeof message !== 'object' || message === null) return message ?? null
  if (message instanceof Uint8Array) return message
  if (isList(message)) return message.map((item) => withBytes(item, bytes))
  const index = Object.hasOwn(message, BYTES) ? message[BYTES] : undefined
  if (typeof index === 'number') return bytes[index] ?? null
  return Object.fromEntries(
    Object.entries(message).map(([name, value]) => [
      NAMED_LIKE_BYTES.test(name) ? name.slice(1) : name,
      withBytes(value, bytes),
    ]),
  )
}

function isList(message: Message): message is readonly Message[] {
  return Array.isArray(message)
}
