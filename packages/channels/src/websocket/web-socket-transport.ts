import { STATUS_CODES, type IncomingMessage } from 'node:http'
import { type Duplex } from 'node:stream'
import { type FastifyInstance } from 'fastify'
import { WebSocketServer } from 'ws'
import { Mount } from '../mount.ts'
import { type OriginCheck } from '../origin.ts'
import { addressOf, askedOf, connectRequest } from '../request.ts'
import { type Sockets } from '../sockets.ts'
import { authTokenOf } from './auth-token.ts'
import { ClientSocket, listenTo, WebSocketOutlet } from './client-socket.ts'

const PROTOCOL = 'phoenix'

export interface TransportOptions {
  readonly sockets: Sockets
  readonly path: string
  readonly mayConnect: OriginCheck
}

/** Takes the upgrades to `<path>/websocket`. */
export function webSocketTransport(app: FastifyInstance, options: TransportOptions): void {
  const { sockets, path, mayConnect } = options
  const mount = new Mount(path, 'websocket')
  const server = new WebSocketServer<typeof ClientSocket>({
    noServer: true,
    clientTracking: false,
    // Each would take up to 300 kB, and three times as long.
    perMessageDeflate: false,
    maxPayload: sockets.limits.messageBytes,
    handleProtocols: (offered) => offered.has(PROTOCOL) && PROTOCOL,
    WebSocket: ClientSocket,
  })

  const upgrade = async (raw: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const url = addressOf(raw)
    const params = url && mount.match(url.pathname)
    if (!url || !params) {
      // Whoever else listens may know the address.
      if (app.server.listenerCount('upgrade') === 1) refuse(socket, 404, '')
      return
    }
    socket.on('error', () => socket.destroy())
    if (!mayConnect(raw.headers.origin, askedOf(raw))) {
      sockets.log('warning', `A page of ${raw.headers.origin} may not connect to ${mount.path}`)
      return refuse(socket, 403, '')
    }
    const token = authTokenOf(raw.headers['sec-websocket-protocol'])
    const admitted = await sockets.admit(connectRequest(raw, url, params, token))
    if ('kind' in admitted) return refuse(socket, admitted.status, admitted.reason)
    server.handleUpgrade(raw, socket, head, (webSocket) => {
      listenTo(webSocket, sockets.open(admitted, new WebSocketOutlet(webSocket, socket)))
    })
  }

  const onUpgrade = (raw: IncomingMessage, socket: Duplex, head: Buffer) =>
    void upgrade(raw, socket, head)
  app.server.on('upgrade', onUpgrade)
  app.addHook('onClose', async () => {
    app.server.off('upgrade', onUpgrade)
    server.close()
  })
  app.get(mount.path, async (_request, reply) =>
    reply.code(400).type('text/plain').send("'connection' header must contain 'upgrade'"),
  )
}

function refuse(socket: Duplex, status: number, reason: string): void {
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
