const FINAL_TEXT = 0x81
const FINAL_BINARY = 0x82
/** How a length is said that does not fit into seven bits: RFC 6455 §5.2. */
const IN_16_BITS = 126
const IN_64_BITS = 127

/** An encoded message. It is encoded once, and framed for WebSockets once, whatever number of clients it goes to. */
export class Frame {
  readonly data: string | Buffer
  #wire: Buffer | undefined

  constructor(data: string | Buffer) {
    this.data = data
  }

  /** As it goes over a WebSocket. A server masks nothing, so the bytes are the same for everybody. */
  get wire(): Buffer {
    this.#wire ??= framed(this.data)
    return this.#wire
  }
}

function framed(data: string | Buffer): Buffer {
  const kind = typeof data === 'string' ? FINAL_TEXT : FINAL_BINARY
  const length = Buffer.byteLength(data)
  const head = headOf(kind, length)
  const wire = Buffer.allocUnsafe(head.length + length)
  wire.set(head)
  if (typeof data === 'string') wire.write(data, head.length)
  else wire.set(data, head.length)
  return wire
}

function headOf(kind: number, length: number): Buffer {
  if (length < IN_16_BITS) return Buffer.from([kind, length])
  if (length < 65_536) return Buffer.from([kind, IN_16_BITS, length >> 8, length & 255])
  const head = Buffer.alloc(10)
  head.set([kind, IN_64_BITS])
  head.writeBigUInt64BE(BigInt(length), 2)
  return head
}
