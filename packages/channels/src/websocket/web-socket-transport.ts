import { type IncomingMessage } from 'node:http'
import { type Duplex } from 'node:stream'
import { type FastifyInstance } from 'fastify'
import { WebSocketServer, type Server, type ServerOptions } from 'ws'
import { Admissions } from '../admissions.ts'
import { isCloseCode, type NotConnected } from '../connect.ts'
import { reasonOf } from '../errors.ts'
import { Mount } from '../mount.ts'
import { type OriginCheck } from '../origin.ts'
import { addressOf, askedOf, connectRequest } from '../request.ts'
import { type Admission } from '../socket/connection.ts'
import { type Sockets } from '../sockets.ts'
import { authTokenOf, withoutAuthToken } from './auth-token.ts'
import { ClientSocket, listenTo, WebSocketOutlet } from './client-socket.ts'
import { refuseUpgrade, takeUpgrades } from './upgrades.ts'

const PROTOCOL = 'phoenix'
/** How long a client may take to answer that it was closed; and how long the program waits for that when it ends. */
const CLOSE_MS = 5000
const END_MS = 1000

export interface TransportOptions {
  readonly sockets: Sockets
  readonly path: string
  readonly mayConnect: OriginCheck
}

/** Takes the upgrades to `<path>/websocket`. What is given back ends what is still closing. */
export function webSocketTransport(
  app: FastifyInstance,
  options: TransportOptions,
): () => Promise<void> {
  const mount = new Mount(options.path, 'websocket')
  const upgrading = new Upgrading(options, mount)
  const release = takeUpgrades(app.server, (raw, socket, head) => upgrading.take(raw, socket, head))
  app.addHook('onClose', async () => release())
  app.all(mount.path, async (_request, reply) =>
    reply.code(400).type('text/plain').send("'connection' header must contain 'upgrade'"),
  )
  return () => upgrading.end()
}

class Upgrading {
  readonly #options: TransportOptions
  readonly #mount: Mount
  readonly #admissions: Admissions
  /** Those who wait for `connect`, and those that were closed by us and have not ended. */
  readonly #waiting = new Set<Duplex>()
  readonly #closing = new Set<ClientSocket>()
  readonly #server: Server<typeof ClientSocket>
  #isEnded = false

  constructor(options: TransportOptions, mount: Mount) {
    const { sockets } = options
    this.#options = options
    this.#mount = mount
    this.#admissions = new Admissions(sockets)
    this.#server = new WebSocketServer(serverOptions(sockets.limits.messageBytes))
  }

  /** Whether the address is ours. */
  take(raw: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const url = addressOf(raw)
    const params = url && this.#mount.match(url.pathname)
    if (!params) return false
    socket.on('error', destroyed)
    this.#waiting.add(socket)
    const admitted = this.#admitted(raw, url, params)
    this.#answer(raw, socket, head, admitted).catch((error: unknown) => {
      this.#options.sockets.log('error', `A client could not connect: ${reasonOf(error)}`)
      refuseUpgrade(socket, 500, '')
    })
    return true
  }

  async #admitted(
    raw: IncomingMessage,
    url: URL,
    params: Record<string, string>,
  ): Promise<Admission | NotConnected> {
    const { mayConnect, sockets } = this.#options
    const { headers, method } = raw
    if (method !== 'GET') return refusal(400)
    if (!mayConnect(headers.origin, askedOf(raw))) {
      sockets.log('warning', `A page of ${headers.origin} may not connect to ${this.#mount.path}`)
      return refusal(403)
    }
    const token = authTokenOf(headers['sec-websocket-protocol'])
    return this.#admissions.admit(connectRequest(raw, url, params, token))
  }

  async #answer(
    raw: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    admitted: Promise<Admission | NotConnected>,
  ): Promise<void> {
    const result = await admitted.finally(() => this.#waiting.delete(socket))
    if (this.#isEnded) {
      // Who came after those that were refused, or the server would wait for it for ever.
      if (!socket.writableEnded) refuseUpgrade(socket, 503, '')
    } else if ('kind' in result && !isCloseCode(result.status)) {
      refuseUpgrade(socket, result.status, result.reason)
    } else {
      socket.off('error', destroyed)
      withoutAuthToken(raw.headers)
      this.#server.handleUpgrade(raw, socket, head, (webSocket) =>
        this.#open(webSocket, socket, result),
      )
    }
  }

  #open(webSocket: ClientSocket, socket: Duplex, result: Admission | NotConnected): void {
    if ('kind' in result) {
      listenTo(webSocket)
      webSocket.closeWith(result.status, result.reason, this.#closing)
    } else {
      const outlet = new WebSocketOutlet(webSocket, socket, this.#closing)
      listenTo(webSocket, this.#options.sockets.open(result, outlet))
    }
  }

  /** Done when every socket has ended: a server waits for all of them. */
  async end(): Promise<void> {
    this.#isEnded = true
    for (const socket of this.#waiting) refuseUpgrade(socket, 503, '')
    this.#server.close()
    if (this.#closing.size === 0) return

    const { promise: late, resolve } = Promise.withResolvers<void>()
    const inTime = this.#options.sockets.time.after(END_MS, resolve)
    const all = Array.from(
      this.#closing,
      (webSocket) => new Promise((ended) => webSocket.once('close', ended)),
    )
    await Promise.race([Promise.all(all), late])
    inTime()
    for (const webSocket of this.#closing) webSocket.terminate()
  }
}

/** `closeTimeout` is not in the types of `ws`. */
function serverOptions(
  maxPayload: number,
): ServerOptions<typeof ClientSocket> & { closeTimeout: number } {
  return {
    noServer: true,
    clientTracking: false,
    // Each would take up to 300 kB, and three times as long.
    perMessageDeflate: false,
    maxPayload,
    closeTimeout: CLOSE_MS,
    handleProtocols: (offered) => offered.has(PROTOCOL) && PROTOCOL,
    WebSocket: ClientSocket,
  }
}

function refusal(status: number): NotConnected {
  return { kind: 'not connected', status, reason: '' }
}

function destroyed(this: Duplex): void {
  this.destroy()
}
