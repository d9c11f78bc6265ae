import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import {
  createPubSub,
  nodeName,
  READY,
  type Adapter,
  type Inbox,
  type PubSubOptions,
} from '../create-pubsub.ts'
import { decode } from '../codec.ts'
import { BroadcastError, reasonOf } from '../errors.ts'
import { type Log, type Message, type PubSub } from '../pubsub.ts'
import { messageIn, open, seal, type Envelope } from './envelope.ts'
import { createMessagesTable, deleteOldBodies, findBody } from './messages-table.ts'
import { Outbox } from './outbox.ts'

export interface PostgresPubSubOptions extends PubSubOptions {
  readonly databaseUrl: string
}

// Every node listens to one channel for all topics and to one of its own: PostgreSQL wakes every listening session for
// every notification anyway, and this way a subscription is nothing the database has to hear of.
const EVERYBODY = 'showrunner_pubsub'
const PROBE_MS = 15_000
const CONNECT_MS = 10_000
const FIRST_RETRY_MS = 50
const LONGEST_RETRY_MS = 5_000

/**
 * Over the database that is there anyway. It holds one connection of its own, which has to lead to PostgreSQL itself
 * and not to a pooler in transaction mode; the role may create a schema the first time.
 */
export function postgresPubSub({
  databaseUrl,
  node = nodeName(),
  log = () => {},
}: PostgresPubSubOptions): Promise<PubSub> {
  return createPubSub(node, log, async (inbox) => {
    const adapter = new PostgresAdapter(databaseUrl, node, log, inbox)
    await adapter.connect()
    return adapter
  })
}

class PostgresAdapter implements Adapter {
  readonly #databaseUrl: string
  readonly #node: string
  readonly #log: Log
  readonly #inbox: Inbox
  #client: Client | undefined
  #outbox: Outbox | undefined
  #probe: NodeJS.Timeout | undefined
  #serial = 0
  readonly #closing = new AbortController()
  // While the body of a large message is fetched, what came after it waits here.
  readonly #held: Envelope[] = []
  #fetching = false

  constructor(databaseUrl: string, node: string, log: Log, inbox: Inbox) {
    this.#databaseUrl = databaseUrl
    this.#node = node
    this.#log = log
    this.#inbox = inbox
  }

  broadcast(topic: string, message: Message): Promise<void> {
    return this.#send(EVERYBODY, topic, message)
  }

  direct(node: string, topic: string, message: Message): Promise<void> {
    return this.#send(channelOf(node), topic, message)
  }

  watch(): Promise<void> {
    return READY
  }

  unwatch(): void {}

  async close(): Promise<void> {
    this.#closing.abort()
    clearInterval(this.#probe)
    await this.#outbox?.finish('this node is closed')
    const client = this.#client
    this.#client = undefined
    await client?.end()
  }

  async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.#databaseUrl,
      application_name: 'showrunner pubsub',
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
    })
    client.on('error', (error) => this.#lost(client, reasonOf(error)))
    client.on('end', () => this.#lost(client, 'the connection ended'))
    client.on('notification', ({ payload }) => payload && this.#receive(payload))
    try {
      await client.connect()
      await createMessagesTable(client)
      await client.query(`listen ${EVERYBODY}; listen ${channelOf(this.#node)}`)
      this.#closing.signal.throwIfAborted()
    } catch (error) {
      client.end().catch(() => undefined)
      throw error
    }
    this.#client = client
    this.#outbox = new Outbox(client)
    this.#probe = setInterval(() => void this.#look(client), PROBE_MS).unref()
  }

  async #send(channel: string, topic: string, message: Message): Promise<void> {
    if (!this.#outbox) throw new BroadcastError(topic, 'there is no connection to PostgreSQL')
    await this.#outbox.send(channel, topic, seal(this.#node, this.#serial++, topic, message))
  }

  /** Sweeps the table, and by the way finds out whether anybody still answers. */
  async #look(client: Client): Promise<void> {
    const silent = setTimeout(() => this.#lost(client, 'no answer'), PROBE_MS).unref()
    try {
      await deleteOldBodies(client)
    } catch (error) {
      this.#log('warning', `Old messages were not deleted: ${reasonOf(error)}`)
    } finally {
      clearTimeout(silent)
    }
  }

  #lost(client: Client, reason: string): void {
    if (client !== this.#client) return
    this.#client = undefined
    clearInterval(this.#probe)
    this.#outbox?.close(`the connection to PostgreSQL was lost: ${reason}`)
    this.#outbox = undefined
    client.end().catch(() => undefined)
    this.#log('warning', `The connection for messages was lost: ${reason}`)
    this.#inbox.happened('disconnected')
    void this.#reconnect()
  }

  async #reconnect(): Promise<void> {
    const { signal } = this.#closing
    for (
      let delay = FIRST_RETRY_MS;
      !signal.aborted;
      delay = Math.min(delay * 2, LONGEST_RETRY_MS)
    ) {
      // Jitter: when the database comes back, not all nodes are at its door at once.
      await wait(delay * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      try {
        await this.connect()
      } catch (error) {
        this.#log('warning', `No connection for messages yet: ${reasonOf(error)}`)
        continue
      }
      this.#log('info', 'The connection for messages is back.')
      this.#inbox.happened('reconnected')
      return
    }
  }

  #receive(notification: string): void {
    const envelope = open(notification)
    if (envelope.node === this.#node) return
    if (this.#fetching) this.#held.push(envelope)
    else this.#deliver(envelope)
  }

  #deliver({ node, topic, body }: Envelope): void {
    if (!this.#inbox.listens(topic)) return
    if (body.as === 'row') void this.#fetch(node, topic, body.id)
    else this.#inbox.deliver(topic, messageIn(body))
  }

  async #fetch(node: string, topic: string, id: string): Promise<void> {
    this.#fetching = true
    const body = await this.#findBody(id)
    if (body) this.#inbox.deliver(topic, decode(body))
    else this.#log('warning', `A large message of "${node}" to "${topic}" was gone.`)
    this.#fetching = false
    while (!this.#fetching && this.#held.length > 0) {
      const next = this.#held.shift()
      if (next) this.#deliver(next)
    }
  }

  async #findBody(id: string): Promise<Uint8Array | undefined> {
    try {
      return this.#client && (await findBody(this.#client, id))
    } catch {
      return undefined
    }
  }
}

/** A name of PostgreSQL has 63 bytes at most, and that of a node may have more. */
function channelOf(node: string): string {
  return `${EVERYBODY}_${createHash('sha256').update(node).digest('hex').slice(0, 32)}`
}
