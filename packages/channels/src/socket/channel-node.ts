import { type Presence, type Time } from '@showrunner/presence'
import { type Log, type Message, type PubSub, type Subscription } from '@showrunner/pubsub'
import { type Definitions } from '../definitions.ts'
import { ChannelError, reasonOf } from '../errors.ts'
import { type Limits } from '../limits.ts'
import { CLOSE } from '../outlet.ts'
import { type BroadcastMessage } from './broadcast.ts'
import { type Connection } from './connection.ts'
import { Hubs } from './hub.ts'

export interface NodeParts {
  readonly pubsub: PubSub
  readonly presence: Presence | undefined
  readonly definitions: Definitions
  readonly limits: Limits
  readonly time: Time
  readonly log: Log
}

/** Who is connected to this node, and what they share. */
export class ChannelNode {
  readonly pubsub: PubSub
  readonly presence: Presence | undefined
  readonly definitions: Definitions
  readonly limits: Limits
  readonly time: Time
  readonly log: Log
  readonly hubs: Hubs
  readonly #connections = new Set<Connection>()
  readonly #byId = new Map<string, { all: Set<Connection>; subscription: Subscription }>()
  #number = 0

  constructor({ pubsub, presence, definitions, limits, time, log }: NodeParts) {
    this.pubsub = pubsub
    this.presence = presence
    this.definitions = definitions
    this.limits = limits
    this.time = time
    this.log = log
    this.hubs = new Hubs(pubsub)
  }

  get connections(): ReadonlySet<Connection> {
    return this.#connections
  }

  nextNumber(): number {
    this.#number += 1
    return this.#number
  }

  presenceOf(topic: string): Presence {
    if (this.presence) return this.presence
    throw new ChannelError(`"${topic}" tracks who is there: give \`createSockets\` a presence`)
  }

  /** What reaches everybody here reaches them at once. That the other nodes were not told is in the log. */
  broadcast(topic: string, { event, payload, from }: BroadcastMessage): void {
    const message = from === undefined ? { event, payload } : { event, payload, from }
    this.pubsub
      .broadcast(topic, message)
      .catch((error: unknown) => this.log('error', `"${event}" to "${topic}": ${reasonOf(error)}`))
  }

  add(connection: Connection): void {
    this.#connections.add(connection)
    if (connection.id === undefined) return
    const known = this.#byId.get(connection.id)
    if (known) known.all.add(connection)
    else {
      const subscription = this.pubsub.subscribe(connection.id, (message, id) =>
        this.#told(id, message),
      )
      this.#byId.set(connection.id, { all: new Set([connection]), subscription })
    }
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection)
    const { id } = connection
    const known = id === undefined ? undefined : this.#byId.get(id)
    if (id === undefined || !known?.all.delete(connection) || known.all.size > 0) return
    this.#byId.delete(id)
    known.subscription.unsubscribe()
  }

  #told(id: string, message: Message): void {
    const isDisconnect =
      typeof message === 'object' &&
      message !== null &&
      'event' in message &&
      message.event === 'disconnect'
    if (!isDisconnect) return
    const all = this.#byId.get(id)?.all ?? []
    for (const connection of all) connection.close(CLOSE.goingAway, 'disconnected')
  }
}
