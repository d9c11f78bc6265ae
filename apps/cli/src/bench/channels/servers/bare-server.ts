import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo } from 'node:net'
import { type Duplex } from 'node:stream'
import { WebSocket, WebSocketServer, type RawData } from 'ws'
import { textFrame } from '../text-frame.ts'
import { type Served } from './served.ts'

/** A client, and the topic it is in once it asked to be. */
class Client {
  readonly webSocket: WebSocket
  readonly socket: Duplex
  topic: string | undefined

  constructor(webSocket: WebSocket, socket: Duplex) {
    this.webSocket = webSocket
    this.socket = socket
  }
}

class ClientSocket extends WebSocket {
  client: Client | undefined
}

const members = new Map<string, Set<Client>>()

/**
 * What somebody would write who knows `ws` well: no closure for a connection, no record of `ws` itself of who is there, and a
 * broadcast is framed once. It checks nothing.
 */
export async function serveBare(): Promise<Served> {
  const http = createServer()
  const server = new WebSocketServer<typeof ClientSocket>({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    WebSocket: ClientSocket,
  })
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    server.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.client = new Client(webSocket, socket)
      webSocket.on('message', onMessage)
      webSocket.on('close', onClose)
      webSocket.on('error', onError)
    }),
  )
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', 4096, resolve))
  // Listening on an address, not on a pipe.
  return { port: (http.address() as AddressInfo).port, broadcast, diffs: 0 }
}

function broadcast(text: string): void {
  const topic = 'room:lobby'
  const frame = textFrame(JSON.stringify([null, null, topic, 'said', { text }]), { masked: false })
  for (const { webSocket, socket } of members.get(topic) ?? []) {
    if (webSocket.readyState === WebSocket.OPEN) socket.write(frame)
  }
}

function onMessage(this: WebSocket, data: RawData): void {
  const { client } = this as ClientSocket
  if (!client) return
  const [joinRef, ref, topic, event, payload] = JSON.parse((data as Buffer).toString()) as [
    string,
    string,
    string,
    string,
    object,
  ]
  if (event === 'phx_join') join(client, topic)
  const reply = { status: 'ok', response: event === 'phx_join' ? {} : payload }
  this.send(JSON.stringify([joinRef, ref, topic, 'phx_reply', reply]))
}

function join(client: Client, topic: string): void {
  client.topic = topic
  const others = members.get(topic)
  if (others) others.add(client)
  else members.set(topic, new Set([client]))
}

function onClose(this: WebSocket): void {
  const { client } = this as ClientSocket
  if (client?.topic !== undefined) members.get(client.topic)?.delete(client)
}

function onError(): void {}
