import { connect, type Socket } from 'node:net'
import { type Dialect } from './dialects.ts'
import { FrameReader } from './frame-reader.ts'
import { textFrame } from './text-frame.ts'

/** All sockets of the process read into it, as what is read is looked at before the next is. */
const buffer = Buffer.alloc(64 * 1024)
const END_OF_HEAD = Buffer.from('\r\n\r\n')

export interface Listening {
  /** A text that came after it joined. */
  told(client: RawClient, bytes: Buffer, from: number, to: number): void
  lost(error: Error): void
}

/**
 * A client on a plain TCP socket, with as little work as can be and the same for each server: it is the servers that are
 * measured.
 */
export class RawClient {
  readonly #dialect: Dialect
  readonly #listening: Listening
  readonly #socket: Socket
  readonly #frames: FrameReader
  #head: Buffer | undefined = Buffer.alloc(0)
  #opened = Promise.withResolvers<void>()
  #joined = Promise.withResolvers<void>()
  #state: 'connecting' | 'open' | 'joined' = 'connecting'
  #saidHello = false

  constructor(port: number, dialect: Dialect, listening: Listening) {
    this.#dialect = dialect
    this.#listening = listening
    this.#frames = new FrameReader((bytes, from, to) => this.#frame(bytes, from, to))
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer, callback: (length) => this.#read(buffer.subarray(0, length)) },
    })
    this.#socket.on('error', (error) => listening.lost(error))
    this.#socket.on('close', () => listening.lost(new Error('a server closed a connection')))
    this.#socket.write(
      `GET ${dialect.path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    )
  }

  get opened(): Promise<void> {
    return this.#opened.promise
  }

  join(): Promise<void> {
    this.send(textFrame(this.#dialect.join, { masked: true }))
    return this.#joined.promise
  }

  send(frame: Buffer): void {
    this.#socket.write(frame)
  }

  #read(chunk: Buffer): boolean {
    if (this.#head) this.#upgrade(Buffer.concat([this.#head, chunk]))
    else this.#frames.read(chunk)
    return true
  }

  #upgrade(head: Buffer): void {
    const end = head.indexOf(END_OF_HEAD)
    this.#head = end < 0 ? head : undefined
    if (end < 0) return
    const status = head.toString('latin1', 0, head.indexOf('\r\n'))
    if (!status.includes(' 101 ')) return this.#listening.lost(new Error(`upgrade: ${status}`))
    if (this.#dialect.hello === undefined) this.#open()
    this.#frames.read(head.subarray(end + END_OF_HEAD.length))
  }

  #open(): void {
    this.#state = 'open'
    this.#opened.resolve()
  }

  #frame(bytes: Buffer, from: number, to: number): void {
    if (this.#state === 'joined') return this.#listening.told(this, bytes, from, to)
    if (this.#state === 'open') {
      if (!this.#dialect.isJoined(bytes.toString('utf8', from, to))) return
      this.#state = 'joined'
      return this.#joined.resolve()
    }
    if (this.#saidHello) return this.#open()
    this.#saidHello = true
    if (this.#dialect.hello) this.send(textFrame(this.#dialect.hello, { masked: true }))
  }
}
