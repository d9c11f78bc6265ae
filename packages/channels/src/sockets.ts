import { realTime, type Presence, type Time } from '@showrunner/presence'
import { type Log, type PubSub } from '@showrunner/pubsub'
import { type ChannelDefinition } from './channel.ts'
import { notConnected, type Connected, type ConnectRequest, type NotConnected } from './connect.ts'
import { type Declaration, type OutEvent, type OutPayload } from './declaration.ts'
import { Definitions } from './definitions.ts'
import { reasonOf } from './errors.ts'
import { LIMITS, type Limits } from './limits.ts'
import { CLOSE, type Outlet } from './outlet.ts'
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
  connect(request: ConnectRequest): Maybe<Connected<Visitor> | NotConnected>
  readonly limits?: Partial<Limits>
  readonly log?: Log
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
  /** How many are told at once, and how long until the next. */
  readonly batch?: number
  readonly intervalMs?: number
}

/** The sockets of a node, by whatever transport their clients come. */
export interface Sockets {
  /** Says something to a topic, from anywhere in the program. */
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

const DRAIN_BATCH = 500
const DRAIN_INTERVAL_MS = 200

/** Throws a `ChannelError` when two channels are declared for one topic. */
export function createSockets<Visitor>(options: SocketsOptions<Visitor>): Sockets {
  const { pubsub, presence, channels, log = () => {}, time = realTime } = options
  const limits = { ...LIMITS, ...options.limits }
  const definitions = new Definitions(channels)
  const node = new ChannelNode({ pubsub, presence, definitions, limits, time, log })
  const stopSweeping = sweeping(node)

  const closeAll = (connections: Iterable<Connection>) => {
    for (const connection of connections) connection.close(CLOSE.restart, 'restarting')
  }

  return {
    limits,
    pubsub,
    time,
    log,

    broadcast: (_declaration, topic, event, payload) => node.broadcast(topic, { event, payload }),
    disconnect: (id) => node.broadcast(id, { event: 'disconnect', payload: {} }),

    get count() {
      return node.connections.size
    },
    list: () => Array.from(node.connections, infoOf),

    async drain({ batch = DRAIN_BATCH, intervalMs = DRAIN_INTERVAL_MS } = {}) {
      while (node.connections.size > 0) {
        closeAll([...node.connections].slice(0, batch))
        if (node.connections.size > 0) await pause(time, intervalMs * (0.5 + Math.random()))
      }
    },
    async close() {
      stopSweeping()
      closeAll([...node.connections])
    },

    admit: (request) => admitted(request, options),
    open(admission, outlet) {
      const connection = new Connection(node, outlet, admission)
      node.add(connection)
      return connection
    },
  }
}

async function admitted<Visitor>(
  request: ConnectRequest,
  options: SocketsOptions<Visitor>,
): Promise<Admission | NotConnected> {
  const { log = () => {} } = options
  const vsn = request.params['vsn']
  const serializer = serializerOf(vsn)
  if (!serializer) {
    log('warning', `A client asked for a version that is not spoken: ${String(vsn)}`)
    return notConnected('unknown vsn')
  }
  try {
    const result = await options.connect(request)
    if (result.kind === 'not connected') return result
    return { visitor: result.visitor, id: result.id, serializer }
  } catch (error) {
    log('error', `\`connect\` failed: ${reasonOf(error)}`)
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
