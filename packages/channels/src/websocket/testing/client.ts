import { WebSocket, type ClientOptions } from 'ws'
import { Seen } from '../../testing/seen.ts'
import { type Site } from './site.ts'
import { VERSION_2, type Said, type Speech } from './speech.ts'

export interface ClientAsks extends ClientOptions {
  readonly path?: string
  /** What stands behind `?` beside the version. */
  readonly query?: string
  readonly speech?: Speech
  readonly protocols?: string[]
}

/** A client as any library makes them, by what it hears. */
export interface Client {
  readonly webSocket: WebSocket
  readonly heard: Seen<Said>
  readonly pings: Seen<string>
  readonly pongs: Seen<string>
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  say(said: Partial<Said>): void
  /** Joins, and is in. */
  join(topic: string, ref?: string): Promise<Said>
  /** What is said next of an event. */
  next(event: string): Promise<Said>
  /** Done when everything that was said before was read by the server. */
  settled(): Promise<void>
}

export async function openClient(site: Site, asks: ClientAsks = {}): Promise<Client> {
  const { speech = VERSION_2 } = asks
  const webSocket = dial(site, asks)
  const heard = new Seen<Said>()
  const pings = new Seen<string>()
  const pongs = new Seen<string>()
  webSocket.on('message', (data: Buffer) => heard.add(speech.read(data.toString())))
  webSocket.on('ping', (data: Buffer) => pings.add(data.toString()))
  webSocket.on('pong', (data: Buffer) => pongs.add(data.toString()))
  const closed: Client['closed'] = new Promise((resolve) => {
    webSocket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  await new Promise((resolve, reject) => webSocket.once('open', resolve).once('error', reject))

  let beats = 0
  const say = (said: Partial<Said>) =>
    webSocket.send(speech.write({ ref: null, topic: 'room:1', event: 'say', payload: {}, ...said }))
  const next = (event: string) => heard.take(`"${event}"`, (said) => said.event === event)
  const replied = (ref: string) => heard.take(`a reply to ${ref}`, (said) => said.ref === ref)
  return {
    webSocket,
    heard,
    pings,
    pongs,
    closed,
    say,
    next,
    async join(topic, ref = '1') {
      say({ joinRef: ref, ref, topic, event: 'phx_join' })
      return replied(ref)
    },
    async settled() {
      beats += 1
      const ref = `beat ${beats}`
      say({ ref, topic: 'phoenix', event: 'heartbeat' })
      await replied(ref)
    },
  }
}

export interface Refused {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Asks to connect, and is refused. */
export async function refused(site: Site, asks: ClientAsks = {}): Promise<Refused> {
  const webSocket = dial(site, asks)
  return new Promise((resolve, reject) => {
    webSocket.on('open', () => reject(new Error('expected to be refused, and was let in')))
    webSocket.on('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += chunk.toString()))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
      )
    })
  })
}

function dial(site: Site, asks: ClientAsks): WebSocket {
  const { path = '/socket/websocket', query = '', speech = VERSION_2, protocols = [] } = asks
  const url = `ws://127.0.0.1:${site.port}${path}?${query}${query && '&'}vsn=${speech.vsn}`
  const webSocket = new WebSocket(url, protocols, asks)
  webSocket.on('error', () => {})
  site.beforeClose.push(() => webSocket.terminate())
  return webSocket
}
