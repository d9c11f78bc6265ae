import { connect, type Socket } from 'node:net'
import { Seen } from '../../testing/seen.ts'
import { type Site } from './site.ts'

export const TEXT = 1
export const BINARY = 2
export const CLOSE = 8
export const PING = 9
export const PONG = 10

export interface WireFrame {
  readonly opcode: number
  readonly data: Buffer
}

/** A connection byte by byte, for what no library does. */
export interface Wire {
  readonly socket: Socket
  /** The answer to the upgrade, to its empty line. */
  readonly head: Promise<string>
  readonly frames: Seen<WireFrame>
  readonly ended: Promise<void>
  next(opcode: number): Promise<WireFrame>
}

export interface WireAsks {
  readonly method?: string
  readonly path?: string
  readonly headers?: readonly string[]
  /** Sent together with the upgrade. */
  readonly bytes?: Buffer
}

export function openWire({ port, beforeClose }: Site, asks: WireAsks = {}): Wire {
  const { path = '/socket/websocket?vsn=2.0.0', headers = UPGRADE, method = 'GET' } = asks
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  beforeClose.push(() => socket.destroy())
  socket.on('error', () => {})
  const lines = [`${method} ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...headers, '', '']
  socket.write(Buffer.concat([Buffer.from(lines.join('\r\n')), asks.bytes ?? Buffer.alloc(0)]))

  const frames = new Seen<WireFrame>()
  const head = Promise.withResolvers<string>()
  let isOpen = false
  let unread = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk])
    if (!isOpen) {
      const end = unread.indexOf('\r\n\r\n')
      if (end < 0) return
      isOpen = true
      head.resolve(unread.toString('latin1', 0, end))
      unread = unread.subarray(end + 4)
    }
    for (let frame = readFrame(unread); frame; frame = readFrame(unread)) {
      unread = unread.subarray(frame.length)
      frames.add(frame)
    }
  })
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => {
      head.resolve('')
      resolve()
    })
  })
  return {
    socket,
    head: head.promise,
    frames,
    ended,
    next: (opcode) => frames.take(`a frame ${opcode}`, (frame) => frame.opcode === opcode),
  }
}

export const UPGRADE: readonly string[] = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
]

/** As clients send it: masked. */
export function frame(opcode: number, data: Buffer | string, { isFinal = true } = {}): Buffer {
  const mask = Buffer.from([1, 2, 3, 4])
  const bytes = Buffer.from(data)
  const masked = bytes.map((byte, at) => byte ^ (mask[at % 4] ?? 0))
  const start = (isFinal ? 0x80 : 0) | opcode
  const head =
    bytes.length < 126
      ? [start, 0x80 | bytes.length]
      : [start, 0x80 | 126, bytes.length >> 8, bytes.length & 255]
  return Buffer.concat([Buffer.from(head), mask, masked])
}

export function codeOf({ data }: WireFrame): number {
  return data.readUInt16BE(0)
}

function readFrame(bytes: Buffer): (WireFrame & { length: number }) | undefined {
  if (bytes.length < 2) return undefined
  const short = (bytes[1] ?? 0) & 127
  const headLength = short < 126 ? 2 : short === 126 ? 4 : 10
  if (bytes.length < headLength) return undefined
  const size =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  const length = headLength + size
  if (bytes.length < length) return undefined
  return { opcode: (bytes[0] ?? 0) & 15, data: bytes.subarray(headLength, length), length }
}
