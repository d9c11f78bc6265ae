import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import { type Duplex } from 'node:stream'

/** Takes an upgrade, or says that it is not for it. It does not throw. */
export type Take = (raw: IncomingMessage, socket: Duplex, head: Buffer) => boolean

type MayUpgrade = (raw: IncomingMessage) => boolean

const LISTENERS = new WeakMap<Server, UpgradeListener>()

/** Hands in what takes the upgrades of a mount. What is given back takes it away again. */
export function takeUpgrades(server: Server, take: Take): () => void {
  let listener = LISTENERS.get(server)
  if (!listener) {
    listener = new UpgradeListener(server)
    LISTENERS.set(server, listener)
  }
  listener.takers.add(take)
  return () => {
    listener.takers.delete(take)
    if (listener.takers.size > 0) return
    listener.end()
    LISTENERS.delete(server)
  }
}

/** One listener for all mounts of a server, so that an address that none of them knows can be refused. */
class UpgradeListener {
  readonly takers = new Set<Take>()
  readonly #server: Server & { shouldUpgradeCallback: MayUpgrade }
  readonly #mayUpgrade: MayUpgrade

  constructor(server: Server) {
    // Of Node 24.9, and not yet in its types.
    this.#server = server as Server & { shouldUpgradeCallback: MayUpgrade }
    this.#mayUpgrade = this.#server.shouldUpgradeCallback
    server.on('upgrade', this.#upgrade)
    // Who offers another protocol, as some clients do with every request, asks for a page.
    this.#server.shouldUpgradeCallback = (raw) =>
      this.#isAlone ? isWebSocket(raw) : this.#mayUpgrade.call(server, raw)
  }

  end(): void {
    this.#server.off('upgrade', this.#upgrade)
    this.#server.shouldUpgradeCallback = this.#mayUpgrade
  }

  get #isAlone(): boolean {
    return this.#server.listenerCount('upgrade') === 1
  }

  readonly #upgrade = (raw: IncomingMessage, socket: Duplex, head: Buffer): void => {
    for (const take of this.takers) if (take(raw, socket, head)) return
    // Whoever else listens may know the address.
    if (this.#isAlone) refuseUpgrade(socket, 404, '')
  }
}

/** Answers an upgrade as if it were any request. The client does not get to keep the connection. */
export function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  const ended = () => socket.destroy()
  if (socket.listenerCount('error') === 0) socket.on('error', ended)
  socket.once('finish', ended)
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Connection: close',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(reason)}`,
      '',
      reason,
    ].join('\r\n'),
  )
}

function isWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket'
}
