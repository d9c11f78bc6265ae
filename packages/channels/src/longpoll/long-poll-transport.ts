import { isUtf8 } from 'node:buffer'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Admissions } from '../admissions.ts'
import { Mount } from '../mount.ts'
import { addressOf, askedOf, connectRequest } from '../request.ts'
import { serializerOf } from '../serializers/versions.ts'
import { type TransportOptions } from '../websocket/web-socket-transport.ts'
import { GONE, WINDOW_MS, type Polled } from './poll-session.ts'
import { PollSessions } from './poll-sessions.ts'
import { postedMessages } from './posted-messages.ts'
import { RemoteSessions } from './remote-sessions.ts'
import { randomTransport, readToken, tokenOf, type SessionAddress } from './session-token.ts'

const MOST_BODY_BYTES = 8_000_000
const FAILED = 500
/** A body is cut off or not as it says, too long, or of no type. */
const OF_BODIES = new Set([400, 413, 415])
const SWEEP_MS = WINDOW_MS / 10

/** For clients whose WebSockets do not come through: GET takes messages, POST brings some. */
export async function longPollTransport(
  app: FastifyInstance,
  options: TransportOptions,
): Promise<void> {
  const { path } = options
  const polling = new LongPolling(options)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    // Whatever else is refused, the site refuses, and says so itself.
    if (!OF_BODIES.has(error.statusCode ?? 0)) throw error
    return reply.code(400).send('')
  })
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*').header('cache-control', 'no-store')
  })
  // A poll that was answered as the server closed leaves a connection that would keep it from closing.
  app.addHook('onResponse', async () => {
    if (!app.server.listening) app.server.closeIdleConnections()
  })
  app.addHook('preClose', async () => polling.release())
  app.addHook('onClose', async () => polling.close())

  const { path: url } = new Mount(path, 'longpoll')
  // A client asks every few seconds, with its token in the address.
  app.all(
    url,
    { logLevel: 'warn', exposeHeadRoute: false, bodyLimit: MOST_BODY_BYTES },
    (request, reply) => polling.answer(request, reply),
  )
}

class LongPolling {
  readonly #options: TransportOptions
  readonly #transport = randomTransport()
  readonly #sessions: PollSessions
  readonly #remote: RemoteSessions
  readonly #admissions: Admissions
  #stopSweeping: () => void
  #isClosing = false

  constructor(options: TransportOptions) {
    const { sockets } = options
    this.#options = options
    this.#sessions = new PollSessions(sockets)
    this.#admissions = new Admissions(sockets)
    this.#remote = new RemoteSessions(sockets, this.#sessions, this.#transport)
    this.#stopSweeping = sockets.time.after(SWEEP_MS, () => this.#sweep())
  }

  /** Whatever becomes of it, it is an answer of HTTP with 200: what it is stands in its body. */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { method } = request
    const { sockets, mayConnect, path } = this.#options
    if (method !== 'GET' && method !== 'POST' && method !== 'OPTIONS') {
      return reply.code(400).send('')
    }
    if (!mayConnect(request.headers.origin, askedOf(request.raw))) {
      sockets.log('warning', `A page of ${request.headers.origin} may not connect to ${path}`)
      return reply.send({ status: 403 })
    }
    if (method === 'OPTIONS') return preflight(request, reply)
    return method === 'POST' ? this.#posted(request, reply) : this.#polled(request, reply)
  }

  async #posted(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0)
    if (!isUtf8(body)) return reply.code(400).send('')
    const address = readToken(tokenIn(request))
    if (!address) return reply.send({ status: 410 })

    const messages = postedMessages(request.headers['content-type'], body.toString())
    const isThere = this.#remote.isElsewhere(address)
      ? await this.#remote.receive(address, messages)
      : this.#sessions.receive(address.id, messages)
    return reply.send({ status: isThere ? 200 : 410 })
  }

  async #polled(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const token = tokenIn(request)
    const address = readToken(token)
    const polled = address && (await this.#poll(address, request, reply))
    const mustFail = address !== undefined && isUnaware(request)
    if (!polled && !this.#isClosing && !mustFail) {
      return this.#opened(request, reply, address !== undefined)
    }
    const { status, messages } = polled ?? GONE
    return reply.send({
      status: mustFail && status === GONE.status ? FAILED : status,
      token,
      messages: isOld(request) ? messages.map((text) => JSON.parse(text) as unknown) : messages,
    })
  }

  /** Done when there are messages, or when none came in time. Undefined when there is no such session. */
  async #poll(
    address: SessionAddress,
    { id }: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Polled | undefined> {
    const { promise, resolve } = Promise.withResolvers<Polled>()
    if (this.#remote.isElsewhere(address)) {
      reply.raw.once('close', this.#remote.poll(address, resolve))
      const polled = await promise
      return polled.status === GONE.status ? undefined : polled
    }
    const session = this.#sessions.of(address.id)
    if (!session) return undefined
    const name = `here/${id}`
    session.poll({ name, answer: resolve })
    reply.raw.once('close', () => session.cancel(name))
    return promise
  }

  async #opened(
    request: FastifyRequest,
    reply: FastifyReply,
    hasToken: boolean,
  ): Promise<FastifyReply> {
    const { sockets } = this.#options
    const url = addressOf(request.raw)
    if (!url) return reply.code(400).send('')
    if (this.#sessions.isFull) return reply.send({ status: FAILED })
    // A client may have a `token` of its own among its params: ours is put behind it.
    if (hasToken) url.search = url.search.replace(/&?\btoken=[^&]*$/, '')

    const authToken = request.headers['x-phoenix-authtoken']
    const admitted = await this.#admissions.admit(
      connectRequest(
        request.raw,
        url,
        request.params as Record<string, string>,
        typeof authToken === 'string' ? authToken : undefined,
      ),
    )
    if ('kind' in admitted) return reply.send({ status: isFailure(admitted.status) ? 500 : 403 })
    const { id } = this.#sessions.open(admitted)
    const token = tokenOf({ node: sockets.pubsub.node, transport: this.#transport, id })
    return reply.send({ ...GONE, token })
  }

  /** Nobody new comes in, and polls that wait here for another node go there. */
  release(): void {
    this.#isClosing = true
    this.#remote.release()
  }

  close(): void {
    this.#stopSweeping()
    this.#remote.close()
  }

  #sweep(): void {
    const { time } = this.#options.sockets
    const now = time.now()
    this.#sessions.sweep(now, SWEEP_MS)
    this.#remote.sweep(now)
    this.#stopSweeping = time.after(SWEEP_MS, () => this.#sweep())
  }
}

/** Those that poll in version 1 are the clients before 1.3, which want messages as they are and not as texts. */
function isOld({ raw }: FastifyRequest): boolean {
  const vsn = new URLSearchParams(raw.url?.split('?')[1]).get('vsn') ?? undefined
  return serializerOf(vsn)?.version === 1
}

/**
 * Clients up to 1.7 take a new session for the one they had, and never join their channels in it: to them it has to be a
 * failure. They are known by the type of a body that a GET does not have.
 */
function isUnaware({ headers }: FastifyRequest): boolean {
  return headers['content-type'] !== undefined
}

/** After it a client comes again. */
const isFailure = (status: number): boolean => status >= 500 && status < 600

/** The header counts. In the address it is the last, as a client may have a `token` among its params. */
function tokenIn({ headers, raw }: FastifyRequest): string | undefined {
  const header = headers['x-phoenix-longpoll-token']
  if (typeof header === 'string') return header
  return new URLSearchParams(raw.url?.split('?')[1] ?? '').getAll('token').at(-1)
}

function preflight({ headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .header('access-control-allow-headers', headers['access-control-request-headers'] ?? '')
    .header('access-control-allow-methods', 'get, post, options')
    .header('access-control-max-age', '3600')
    .send('')
}
