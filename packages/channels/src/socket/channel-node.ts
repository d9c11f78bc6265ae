import { type Presence, type Time } from '@showrunner/presence'
import { type Log, type Message, type PubSub, type Subscription } from '@showrunner/pubsub'
import { type Definitions } from '../definitions.ts'
import { ChannelError, reasonOf } from '../errors.ts'
import { type Limits } from '../limits.ts'
import { inWords, levelOf, type SocketEvent } from '../observing.ts'
import { CLOSE } from '../outlet.ts'
import { Numbering } from '../replay/numbering.ts'
import { type Payload } from '../serializers/message.ts'
import { assertSendable } from '../serializers/sendable.ts'
import { wireOf, type BroadcastMessage, type Place } from './broadcast.ts'
import { type Connection } from './connection.ts'
import { Hubs } from './hub.ts'

export interface NodeParts {
  readonly pubsub: PubSub
  readonly presence: Presence | undefined
  readonly definitions: Definitions
  readonly limits: Limits
  readonly time: Time
  readonly log: Log | undefined
  readonly observe: ((event: SocketEvent) => void) | undefined
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
  /** Whether anybody is told what happens: otherwise it is not even looked up what to tell. */
  readonly isObserved: boolean
  readonly #observe: ((event: SocketEvent) => void) | undefined
  readonly #connections = new Set<Connection>()
  /** While anybody is connected who can be disconnected by an id. */
  #disconnecting: Subscription | undefined
  #number = 0
  #numbering: Numbering | undefined

  constructor({ pubsub, presence, definitions, limits, time, log, observe }: NodeParts) {
    this.pubsub = pubsub
    this.presence = presence
    this.definitions = definitions
    this.limits = limits
    this.time = time
    this.log = log ?? (() => {})
    this.#observe = observe
    this.isObserved = log !== undefined || observe !== undefined
    this.hubs = new Hubs({ pubsub, time, log: this.log })
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

  tell(event: SocketEvent): void {
    this.log(levelOf(event), inWords(event))
    try {
      this.#observe?.(event)
    } catch (error) {
      this.log('error', `\`observe\` failed: ${reasonOf(error)}`)
    }
  }

  /**
   * What reaches everybody here reaches them at once. That the other nodes were not told is in the log. Throws what no
   * client could be sent, as it is the sender's fault and nobody else's.
   */
  broadcast(topic: string, { event, payload, from }: BroadcastMessage): void {
    assertSendable(topic, event, payload)
    this.pubsub
      .broadcast(topic, wireOf({ event, payload, from, place: this.#placeOf(topic, payload) }))
      .catch((error: unknown) => this.log('error', `"${event}" to "${topic}": ${reasonOf(error)}`))
  }

  /** Of a topic that keeps its messages. Bytes are not kept. */
  #placeOf(topic: string, payload: Payload): Place | undefined {
    const { replay } = this.definitions.of(topic)?.declaration ?? {}
    if (replay === undefined || payload instanceof Uint8Array) return undefined
    this.#numbering ??= new Numbering()
    return this.#numbering.next(topic)
  }

  localBroadcast(topic: string, { event, payload }: BroadcastMessage): void {
    assertSendable(topic, event, payload)
    this.pubsub.localBroadcast(topic, { event, payload })
  }

  /** Closes all connections of an id, on every node. */
  disconnect(id: string): void {
    this.pubsub
      .broadcast(DISCONNECT, id)
      .catch((error: unknown) => this.log('error', `"${id}" is disconnected: ${reasonOf(error)}`))
  }

  add(connection: Connection): void {
    this.#connections.add(connection)
    if (connection.id === undefined) return
    this.#disconnecting ??= this.pubsub.subscribe(DISCONNECT, (id) => this.#disconnected(id))
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection)
    if (this.#connections.size > 0) return
    this.#disconnecting?.unsubscribe()
    this.#disconnecting = undefined
  }

  #disconnected(id: Message): void {
    for (const connection of this.#connections) {
      if (connection.id === id) connection.close(CLOSE.goingAway, 'disconnected')
    }
  }
}

/**
 * One for all ids: it is rare, and looking through all who are connected takes less than a topic and a list for each of them.
 * No client can join it, and no channel is of it.
 */
const DISCONNECT = 'phx_disconnect'
