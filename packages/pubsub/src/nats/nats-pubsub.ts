import { setTimeout as wait } from 'node:timers/promises'
import { connect, type NatsConnection, type Subscription } from '@nats-io/transport-node'
import {
  createPubSub,
  nodeName,
  type Adapter,
  type Inbox,
  type PubSubOptions,
} from '../create-pubsub.ts'
import { decode, encode } from '../codec.ts'
import { BroadcastError, reasonOf } from '../errors.ts'
import { type Log, type Message, type PubSub } from '../pubsub.ts'
import { assembly, framing } from './frames.ts'
import { subjectsOf, type Subjects } from './subjects.ts'

export interface NatsPubSubOptions extends PubSubOptions {
  /** `nats://user:password@host:4222`, or several of them, of one cluster. */
  readonly servers: string | readonly string[]
  /** What the subjects begin with, for servers that others use too. */
  readonly prefix?: string
}

/** Over NATS, which brings a message only to nodes that have a listener for its topic. */
export async function natsPubSub({ servers, ...options }: NatsPubSubOptions): Promise<PubSub> {
  const connection = await connect({
    servers: typeof servers === 'string' ? servers : [...servers],
    name: 'showrunner pubsub',
    noEcho: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    pingInterval: 15_000,
    maxPingOut: 2,
    ignoreAuthErrorAbort: true,
  })
  return natsNode(connection, options)
}

/** A node over a connection that echoes nothing. */
export function natsNode(
  connection: NatsConnection,
  { node = nodeName(), log = () => {}, prefix = 'showrunner' }: Omit<NatsPubSubOptions, 'servers'>,
): Promise<PubSub> {
  return createPubSub(node, log, async (inbox) => {
    const adapter = new NatsAdapter(connection, subjectsOf(prefix), inbox, log)
    await adapter.listen(node)
    return adapter
  })
}

const FLUSH_MS = 1_000

class NatsAdapter implements Adapter {
  readonly #connection: NatsConnection
  readonly #subjects: Subjects
  readonly #inbox: Inbox
  readonly #log: Log
  readonly #subscriptions = new Map<string, Subscription>()
  readonly #frames = framing()
  readonly #assembly = assembly()
  #connected = true

  constructor(connection: NatsConnection, subjects: Subjects, inbox: Inbox, log: Log) {
    this.#connection = connection
    this.#subjects = subjects
    this.#inbox = inbox
    this.#log = log
  }

  async listen(node: string): Promise<void> {
    this.#subscribe(this.#subjects.node(node))
    void this.#follow()
    await this.#connection.flush()
  }

  broadcast(topic: string, message: Message): Promise<void> {
    return this.#publish(this.#subjects.topic(topic), topic, message)
  }

  direct(node: string, topic: string, message: Message): Promise<void> {
    return this.#publish(this.#subjects.node(node), topic, message)
  }

  async watch(topic: string): Promise<void> {
    if (this.#connection.isClosed()) return
    this.#subscriptions.set(topic, this.#subscribe(this.#subjects.topic(topic)))
    // The server has it once it answers. While there is none, the client subscribes again as it connects.
    await this.#connection.flush().catch(() => undefined)
  }

  unwatch(topic: string): void {
    if (!this.#connection.isClosed()) this.#subscriptions.get(topic)?.unsubscribe()
    this.#subscriptions.delete(topic)
  }

  async close(): Promise<void> {
    this.#connected = false
    if (this.#connection.isClosed()) return
    // What was sent last is on its way. Without a server there is nobody to wait for.
    await Promise.race([
      this.#connection.flush().catch(() => undefined),
      wait(FLUSH_MS, undefined, { ref: false }),
    ])
    await this.#connection.close()
  }

  #subscribe(subject: string): Subscription {
    return this.#connection.subscribe(subject, {
      callback: (error, { data }) => (error ? this.#failed(error) : this.#receive(data)),
    })
  }

  // What is sent while there is no server is refused, as everywhere: the client would keep it, without any bound.
  async #publish(subject: string, topic: string, message: Message): Promise<void> {
    if (!this.#connected) throw new BroadcastError(topic, 'there is no connection to NATS')
    const largest = this.#connection.info?.max_payload ?? 0
    try {
      for (const frame of this.#frames({ topic, body: encode(message) }, largest)) {
        this.#connection.publish(subject, frame)
      }
    } catch (error) {
      throw new BroadcastError(topic, reasonOf(error), { cause: error })
    }
  }

  #receive(frame: Uint8Array): void {
    try {
      const letter = this.#assembly.take(frame)
      if (!letter || !this.#inbox.listens(letter.topic)) return
      this.#inbox.deliver(letter.topic, decode(letter.body))
    } catch (error) {
      this.#failed(error)
    }
  }

  #failed(error: unknown): void {
    this.#log('error', `A message from NATS could not be read: ${reasonOf(error)}`)
  }

  async #follow(): Promise<void> {
    for await (const { type } of this.#connection.status()) {
      if (type === 'disconnect' && this.#connected) {
        this.#connected = false
        this.#assembly.clear()
        this.#log('warning', 'The connection for messages was lost.')
        this.#inbox.happened('disconnected')
      } else if (type === 'reconnect') {
        this.#connected = true
        this.#log('info', 'The connection for messages is back.')
        this.#inbox.happened('reconnected')
      }
    }
  }
}
