import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { reasonOf } from './errors.ts'
import {
  CONNECTION_EVENTS,
  type ConnectionEvent,
  type Listener,
  type Log,
  type Message,
  type PubSub,
  type Subscription,
} from './pubsub.ts'
import { Topics } from './topics.ts'

/** How messages come to other nodes. It never gives a message back to the node that sent it. */
export interface Adapter {
  /** To every other node that listens. */
  broadcast(topic: string, message: Message): Promise<void>
  /** To one other node. */
  direct(node: string, topic: string, message: Message): Promise<void>
  /** This node has its first listener for the topic. Done when messages to it arrive, and never fails. */
  watch(topic: string): Promise<void>
  /** The last listener of the topic has gone. */
  unwatch(topic: string): void
  close(): Promise<void>
}

/** What an adapter tells its node. */
export interface Inbox {
  /** Whether anybody here listens, so that what nobody wants to hear need not be read. */
  listens(topic: string): boolean
  deliver(topic: string, message: Message): void
  happened(event: ConnectionEvent): void
}

export interface PubSubOptions {
  /** By default the machine, the process and something random. */
  readonly node?: string
  readonly log?: Log
}

export function nodeName(): string {
  return `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`
}

/** A node of an adapter: it keeps the listeners, the adapter knows the other nodes. */
export async function createPubSub(
  node: string,
  log: Log,
  connect: (inbox: Inbox) => Adapter | Promise<Adapter>,
): Promise<PubSub> {
  const topics = new Topics(log)
  const events = connectionEvents(log)
  const adapter = await connect({
    listens: (topic) => topics.has(topic),
    deliver: (topic, message) => topics.deliver(topic, message),
    happened: (event) => events.happened(event),
  })
  return new Node(node, topics, adapter, events)
}

class Node implements PubSub {
  readonly node: string
  readonly #topics: Topics
  readonly #adapter: Adapter
  readonly #events: ConnectionEvents

  constructor(node: string, topics: Topics, adapter: Adapter, events: ConnectionEvents) {
    this.node = node
    this.#topics = topics
    this.#adapter = adapter
    this.#events = events
  }

  subscribe(topic: string, listener: Listener): Subscription {
    const ready = this.#topics.has(topic) ? this.#readiness(topic) : this.#watch(topic)
    return this.#topics.add(topic, listener, ready, () => {
      this.#ready.delete(topic)
      this.#adapter.unwatch(topic)
    })
  }

  // A topic is in here for as long as its first subscription is being made known.
  readonly #ready = new Map<string, Promise<void>>()

  #readiness(topic: string): Promise<void> {
    return this.#ready.get(topic) ?? READY
  }

  #watch(topic: string): Promise<void> {
    const ready = this.#adapter.watch(topic)
    if (ready === READY) return ready
    this.#ready.set(topic, ready)
    void this.#forget(topic, ready)
    return ready
  }

  async #forget(topic: string, ready: Promise<void>): Promise<void> {
    await ready
    if (this.#ready.get(topic) === ready) this.#ready.delete(topic)
  }

  broadcast(topic: string, message: Message): Promise<void> {
    this.#topics.deliver(topic, message)
    return this.#adapter.broadcast(topic, message)
  }

  broadcastFrom(subscription: Subscription, topic: string, message: Message): Promise<void> {
    this.#topics.deliver(topic, message, subscription)
    return this.#adapter.broadcast(topic, message)
  }

  localBroadcast(topic: string, message: Message): void {
    this.#topics.deliver(topic, message)
  }

  localBroadcastFrom(subscription: Subscription, topic: string, message: Message): void {
    this.#topics.deliver(topic, message, subscription)
  }

  async directBroadcast(node: string, topic: string, message: Message): Promise<void> {
    if (node === this.node) this.#topics.deliver(topic, message)
    else await this.#adapter.direct(node, topic, message)
  }

  on(event: ConnectionEvent, listener: () => void): () => void {
    return this.#events.on(event, listener)
  }

  async close(): Promise<void> {
    this.#topics.clear()
    await this.#adapter.close()
  }
}

/** For adapters that have nothing to make known when somebody listens. */
export const READY: Promise<void> = Promise.resolve()

type ConnectionEvents = ReturnType<typeof connectionEvents>

function connectionEvents(log: Log) {
  const listeners = new Map(CONNECTION_EVENTS.map((event) => [event, new Set<() => void>()]))
  return {
    on(event: ConnectionEvent, listener: () => void): () => void {
      const own = () => listener()
      listeners.get(event)?.add(own)
      return () => void listeners.get(event)?.delete(own)
    },
    happened(event: ConnectionEvent): void {
      for (const listener of listeners.get(event) ?? []) {
        try {
          listener()
        } catch (error) {
          log('error', `A listener of "${event}" failed: ${reasonOf(error)}`)
        }
      }
    },
  }
}
