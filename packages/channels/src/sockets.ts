import { realTime, type Presence, type Time } from '@showrunner/presence'
import { type Log, type PubSub } from '@showrunner/pubsub'
import { type ChannelDefinition } from './channel.ts'
import { notConnected, type Connected, type ConnectRequest, type NotConnected } from './connect.ts'
import { topicMatches, type Declaration, type OutEvent, type OutPayload } from './declaration.ts'
import { Definitions } from './definitions.ts'
import { ChannelError, reasonOf } from './errors.ts'
import { limitsWith, type Limits } from './limits.ts'
import { CLOSE, type Outlet } from './outlet.ts'
import { masked, type SocketEvent } from './observing.ts'
import { ChannelNode } from './socket/channel-node.ts'
import { Connection, type Admission } from './socket/connection.ts'
import { serializerOf } from './serializers/versions.ts'
import { sweeping } from './socket/sweeping.ts'

type Maybe<T> = T | Promise<T>

export interface SocketsOptions<Visitor> {
  readonly pubsub: PubSub
  /** For channels that declare `presence`. */
  readonly presence?: Presence
  readonly channels: readonly ChannelDefinition<Visitor>[]
  /** Who it is that connects, or that they may not. */
  connect: (request: ConnectRequest) => Maybe<Connected<Visitor> | NotConnected>
  readonly limits?: Partial<Limits>
  readonly log?: Log
  /** Is told what happens, with how long it took, for those who measure it. */
  readonly observe?: (event: SocketEvent) => void
  /** For tests. */
  readonly time?: Time
}

/** Who is connected to this node, for those who look after it. */
export interface SocketInfo {
  readonly id: string | undefined
  readonly visitor: unknown
  readonly openedAt: Date
  readonly channels: readonly { readonly topic: string; readonly status: string }[]
}

export interface DrainOptions {
  /** How many are told at once, and how long until the next. By default all are in some 10 seconds at most. */
  readonly batch?: number
  readonly intervalMs?: number
}

/** The sockets of a node, by whatever transport their clients come. */
export interface Sockets {
  /** Says something to a topic, from anywhere in the program. Throws a `ChannelError` for a topic that is not of the declaration. */
  broadcast<D extends Declaration, E extends OutEvent<D>>(
    declaration: D,
    topic: string,
    event: E,
    payload: OutPayload<D, E>,
  ): void
  /** Closes all sockets of an id, on every node. */
  disconnect(id: string): void
  readonly count: number
  list(): SocketInfo[]
  /** Closes all sockets with 1012, a part at a time, so that their clients do not all come to the other nodes at once. */
  drain(options?: DrainOptions): Promise<void>
  /** Closes so many with 1012, of those that are meant, those first that have been open for the longest; says how many it were. */
  shed(count: number, isMeant?: (socket: SocketInfo) => boolean): number
  /** Closes what is left. */
  close(): Promise<void>

  /** For transports: who it is, or why not. */
  admit(request: ConnectRequest): Promise<Admission | NotConnected>
  /** For transports: a client that was admitted is there. */
  open(admission: Admission, outlet: Outlet): Connection
  readonly limits: Limits
  readonly pubsub: PubSub
  readonly time: Time
  readonly log: Log
}

const SMALLEST_BATCH = 500
const DRAIN_ROUNDS = 50
const DRAIN_INTERVAL_MS = 200

/**
 * Throws a `ChannelError` when a channel is never reached as another stands before it, when what clients may push has no
 * handler, when presence is declared and none is given, or for a limit that is none.
 */
export function createSockets<Visitor>(options: SocketsOptions<Visitor>): Sockets {
  const { pubsub, channels, time = realTime } = options
  const limits = limitsWith(options.limits)
  const node = new ChannelNode({
    pubsub,
    presence: options.presence,
    definitions: new Definitions(channels, options.presence !== undefined),
    limits,
    time,
    log: options.log,
    observe: options.observe,
  })
  const stopSweeping = sweeping(node)
  // Who is sent away comes back at once, and not to a node that is about to end.
  let isEnding = false

  return {
    limits,
    pubsub,
    time,
    log: node.log,

    broadcast(declaration, topic, event, payload) {
      assertTopic(declaration, topic)
      node.broadcast(topic, { event, payload })
    },
    disconnect: (id) => node.disconnect(id),

    get count() {
      return node.connections.size
    },
    list: () => Array.from(node.connections, infoOf),

    async drain(how = {}) {
      assertDrain(how)
      isEnding = true
      await drained(node, how)
    },
    shed: (count, isMeant) => shed(node, count, isMeant),
    async close() {
      isEnding = true
      stopSweeping()
      sendAway(node.connections)
      node.hubs.close()
    },

    admit: async (request) =>
      isEnding ? notConnected('restarting', 503) : admitted(request, node, options.connect),
    open(admission, outlet) {
      const connection = new Connection(node, outlet, admission)
      node.add(connection)
      if (isEnding) sendAway([connection])
      return connection
    },
  }
}

function assertTopic({ topic: declared }: Declaration, topic: string): void {
  if (topicMatches(declared, topic)) return
  throw new ChannelError(`expected a topic of "${declared}", got: "${topic}"`)
}

/** Throws a `ChannelError` for a part that would never be over. */
export function assertDrain({ batch = 1 }: DrainOptions): void {
  if (batch >= 1) return
  throw new ChannelError(`expected \`drain\` to close 1 socket or more at once, got: ${batch}`)
}

async function drained(node: ChannelNode, how: DrainOptions): Promise<void> {
  const { intervalMs = DRAIN_INTERVAL_MS } = how
  const batch =
    how.batch ?? Math.max(SMALLEST_BATCH, Math.ceil(node.connections.size / DRAIN_ROUNDS))
  while (node.connections.size > 0) {
    const some = [...node.connections].slice(0, batch)
    sendAway(some)
    node.tell({ kind: 'drained', closed: some.length, left: node.connections.size })
    if (node.connections.size > 0) await pause(node.time, intervalMs * (0.5 + Math.random()))
  }
}

function shed(
  { connections }: ChannelNode,
  count: number,
  isMeant: (socket: SocketInfo) => boolean = () => true,
): number {
  // In the order in which they came.
  const oldest = [...connections].filter((one) => isMeant(infoOf(one))).slice(0, count)
  sendAway(oldest)
  return oldest.length
}

function sendAway(connections: Iterable<Connection>): void {
  for (const connection of connections) connection.close(CLOSE.restart, 'restarting')
}

async function admitted<Visitor>(
  request: ConnectRequest,
  node: ChannelNode,
  connect: SocketsOptions<Visitor>['connect'],
): Promise<Admission | NotConnected> {
  const since = performance.now()
  const result = await asked(request, node, connect)
  const params = masked(request.params) as ConnectRequest['params']
  const took = performance.now() - since
  if ('kind' in result) {
    const { status, reason } = result
    node.tell({ kind: 'not connected', status, reason, params, took })
  } else node.tell({ kind: 'connected', id: result.id, params, took })
  return result
}

async function asked<Visitor>(
  request: ConnectRequest,
  node: ChannelNode,
  connect: SocketsOptions<Visitor>['connect'],
): Promise<Admission | NotConnected> {
  const vsn = request.params['vsn']
  const serializer = serializerOf(vsn)
  if (!serializer) {
    node.log('warning', `A client asked for a version that is not spoken: ${JSON.stringify(vsn)}`)
    return notConnected('unknown vsn')
  }
  try {
    const result = await connect(request)
    if (result.kind === 'not connected') return result
    return { visitor: result.visitor, id: result.id, serializer }
  } catch (error) {
    node.log('error', `\`connect\` failed: ${reasonOf(error)}`)
    return notConnected('', 500)
  }
}

function infoOf({ id, visitor, openedAt, channels }: Connection): SocketInfo {
  const all = Array.from(channels.values(), ({ topic, status }) => ({ topic, status }))
  return { id, visitor, openedAt: new Date(openedAt), channels: all }
}

function pause(time: Time, milliseconds: number): Promise<void> {
  return new Promise((resolve) => time.after(milliseconds, resolve))
}
