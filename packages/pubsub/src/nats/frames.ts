import { randomBytes } from 'node:crypto'

/** A message as it travels: its topic, and the message encoded. */
export interface Letter {
  readonly topic: string
  readonly body: Uint8Array
}

const WHOLE = 0
const PART = 1
// A part says whose it is, of which letter, and which of how many.
const SENDER_BYTES = 8
const PART_HEADER = 1 + SENDER_BYTES + 4 + 2 + 2
const MOST_PARTS = 0xffff

export type Framing = (letter: Letter, largest: number) => readonly Uint8Array[]

/** Cuts what is larger than a server takes into parts. A sender sends the parts of one letter one after the other. */
export function framing(): Framing {
  const sender = randomBytes(SENDER_BYTES)
  let letters = 0

  return (letter, largest) => {
    const whole = wholeOf(letter)
    if (whole.length <= largest) return [whole]

    const room = largest - PART_HEADER
    const count = Math.ceil(whole.length / room)
    if (count > MOST_PARTS) throw new RangeError(`${whole.length} bytes are too many`)
    const number = letters++ % 0x1_0000_0000
    return Array.from({ length: count }, (_, index) => {
      const header = Buffer.alloc(PART_HEADER)
      header.writeUInt8(PART)
      sender.copy(header, 1)
      header.writeUInt32BE(number, 1 + SENDER_BYTES)
      header.writeUInt16BE(index, 5 + SENDER_BYTES)
      header.writeUInt16BE(count, 7 + SENDER_BYTES)
      return Buffer.concat([header, whole.subarray(index * room, (index + 1) * room)])
    })
  }
}

function wholeOf({ topic, body }: Letter): Buffer {
  const name = Buffer.from(topic)
  const header = Buffer.alloc(5)
  header.writeUInt8(WHOLE)
  header.writeUInt32BE(name.length, 1)
  return Buffer.concat([header, name, body])
}

interface Gathering {
  readonly number: number
  readonly parts: Buffer[]
}

export interface Assembly {
  /** The letter that is whole with this frame, if one is. */
  take(frame: Uint8Array): Letter | undefined
  /** Forgets what is not whole: the rest of it will not come. */
  clear(): void
}

export function assembly(): Assembly {
  const gathering = new Map<string, Gathering>()

  return {
    take(frame) {
      const buffer = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
      if (buffer.readUInt8() === WHOLE) return letterIn(buffer)

      const sender = buffer.toString('hex', 1, 1 + SENDER_BYTES)
      const number = buffer.readUInt32BE(1 + SENDER_BYTES)
      const index = buffer.readUInt16BE(5 + SENDER_BYTES)
      const count = buffer.readUInt16BE(7 + SENDER_BYTES)
      if (index === 0) gathering.set(sender, { number, parts: [] })
      const current = gathering.get(sender)
      // One before it was lost, with the connection that brought it.
      if (current?.number !== number || current.parts.length !== index) return undefined
      current.parts.push(Buffer.from(buffer.subarray(PART_HEADER)))
      if (current.parts.length < count) return undefined
      gathering.delete(sender)
      return letterIn(Buffer.concat(current.parts))
    },
    clear: () => gathering.clear(),
  }
}

function letterIn(buffer: Buffer): Letter {
  const end = 5 + buffer.readUInt32BE(1)
  return { topic: buffer.toString('utf8', 5, end), body: buffer.subarray(end) }
}
