import { type Duplex } from 'node:stream'
import { WebSocket, type RawData } from 'ws'
import { type Outlet } from '../outlet.ts'
import { type Frame } from '../serializers/frame.ts'
import { type Connection } from '../socket/connection.ts'

/** What may be left unsent when a socket closes: a client that reads nothing does not get the rest. */
const PATIENCE_BYTES = 64 * 1024
/** What may still come when a socket was closed, as the client does not know yet. */
const LATE_MESSAGES = 1000
/** RFC 6455 §5.5. Two bytes of a close frame are its code. */
const LONGEST_REASON = 123
/** A ping with nothing in it: RFC 6455 §5.2. */
const PING = Buffer.from([0x89, 0])

/** A WebSocket that knows its connection, so that all of them share their listeners. */
export class ClientSocket extends WebSocket {
  connection: Connection | undefined
  /** Those that were closed by the server and have not ended yet. */
  closing: Set<ClientSocket> | undefined
  lateMessages = 0

  closeWith(code: number, reason: string, closing: Set<ClientSocket>): void {
    closing.add(this)
    this.closing = closing
    this.close(code, shortened(reason))
  }
}

/** Writes frames that are ready made straight to the socket, in the order of what `ws` itself sends. */
export class WebSocketOutlet implements Outlet {
  readonly #webSocket: ClientSocket
  readonly #socket: Duplex
  readonly #closing: Set<ClientSocket>

  constructor(webSocket: ClientSocket, socket: Duplex, closing: Set<ClientSocket>) {
    this.#webSocket = webSocket
    this.#socket = socket
    this.#closing = closing
  }

  get unsentBytes(): number {
    return this.#socket.writableLength
  }

  send({ wire }: Frame): void {
    this.#write(wire)
  }

  ping(): void {
    this.#write(PING)
  }

  #write(bytes: Buffer): void {
    if (this.#webSocket.readyState === WebSocket.OPEN) this.#socket.write(bytes)
  }

  close(code: number, reason: string): void {
    if (this.#webSocket.readyState !== WebSocket.OPEN) return
    const isStuck = this.unsentBytes > PATIENCE_BYTES
    this.#webSocket.closeWith(code, reason, this.#closing)
    if (isStuck) this.#webSocket.terminate()
  }
}

export function listenTo(webSocket: ClientSocket, connection?: Connection): void {
  webSocket.connection = connection
  webSocket.on('message', onMessage)
  webSocket.on('pong', onPong)
  webSocket.on('close', onClose)
  // `ws` closes with the code that fits: too large, no UTF-8, against the protocol.
  webSocket.on('error', ignored)
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  if (!(this instanceof ClientSocket)) return
  if (!this.connection?.isOpen) return late(this)
  const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(data as Buffer[])
  this.connection.receive(isBinary ? bytes : bytes.toString())
}

/** A client that goes on after it was closed is not waited for. */
function late(webSocket: ClientSocket): void {
  webSocket.lateMessages += 1
  if (webSocket.lateMessages > LATE_MESSAGES) webSocket.terminate()
}

function onPong(this: WebSocket): void {
  if (this instanceof ClientSocket) this.connection?.heard()
}

function onClose(this: WebSocket, code: number, reason: Buffer): void {
  if (!(this instanceof ClientSocket)) return
  this.closing?.delete(this)
  this.connection?.closed(code, reason.toString())
}

function ignored(): void {}

function shortened(reason: string): string {
  if (Buffer.byteLength(reason) <= LONGEST_REASON) return reason
  // What is left of a letter that was cut in two is dropped.
  return new TextDecoder()
    .decode(Buffer.from(reason).subarray(0, LONGEST_REASON - 3))
    .replace(/\uFFFD$/, '')
}
