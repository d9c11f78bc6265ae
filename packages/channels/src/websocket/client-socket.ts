import { type Duplex } from 'node:stream'
import { WebSocket, type RawData } from 'ws'
import { type Outlet } from '../outlet.ts'
import { type Frame } from '../serializers/frame.ts'
import { type Connection } from '../socket/connection.ts'

/** What may be left unsent when a socket closes: a client that reads nothing does not get the rest. */
const PATIENCE_BYTES = 64 * 1024

/** A WebSocket that knows its connection, so that all of them share their listeners. */
export class ClientSocket extends WebSocket {
  connection: Connection | undefined
}

/** Writes frames that are ready made straight to the socket, in the order of what `ws` itself sends. */
export class WebSocketOutlet implements Outlet {
  readonly #webSocket: ClientSocket
  readonly #socket: Duplex

  constructor(webSocket: ClientSocket, socket: Duplex) {
    this.#webSocket = webSocket
    this.#socket = socket
  }

  get unsentBytes(): number {
    return this.#socket.writableLength
  }

  send(frame: Frame): void {
    if (this.#webSocket.readyState === WebSocket.OPEN) this.#socket.write(frame.wire)
  }

  ping(): void {
    if (this.#webSocket.readyState === WebSocket.OPEN) this.#webSocket.ping()
  }

  close(code: number, reason: string): void {
    const isStuck = this.unsentBytes > PATIENCE_BYTES
    this.#webSocket.close(code, reason)
    if (isStuck) this.#webSocket.terminate()
  }
}

export function listenTo(webSocket: ClientSocket, connection: Connection): void {
  webSocket.connection = connection
  webSocket.on('message', onMessage)
  webSocket.on('pong', onPong)
  webSocket.on('close', onClose)
  // `ws` closes with the code that fits: too large, no UTF-8, against the protocol.
  webSocket.on('error', ignored)
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(data as Buffer[])
  connectionOf(this)?.receive(isBinary ? bytes : bytes.toString())
}

function onPong(this: WebSocket): void {
  connectionOf(this)?.heard()
}

function onClose(this: WebSocket): void {
  connectionOf(this)?.closed()
}

function ignored(): void {}

function connectionOf(webSocket: WebSocket): Connection | undefined {
  return webSocket instanceof ClientSocket ? webSocket.connection : undefined
}
