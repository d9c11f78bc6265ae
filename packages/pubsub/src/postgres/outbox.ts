import { type Client } from 'pg'
import { BroadcastError, reasonOf } from '../errors.ts'
import { type Sealed } from './envelope.ts'

interface Waiting extends Sealed {
  readonly channel: string
  readonly topic: string
  readonly resolve: () => void
  readonly reject: (error: BroadcastError) => void
}

const LARGEST_BATCH = 200
const LARGEST_BATCH_BYTES = 4_000_000
const MOST_WAITING = 20_000

const NOTIFY = `select pg_notify(channel, payload) from unnest($1::text[], $2::text[]) as told (channel, payload)`

const STORE_AND_NOTIFY = `
  with stored as (
    insert into showrunner_pubsub.messages (id, body) select * from unnest($3::text[], $4::bytea[])
  )
  ${NOTIFY}`

/**
 * What waits to be sent over one connection. What gathers while a statement is under way goes with the next one, so the
 * order holds and a burst costs few transactions.
 */
export class Outbox {
  readonly #client: Client
  #waiting: Waiting[] = []
  #sending: Promise<void> | undefined
  #closed: string | undefined

  constructor(client: Client) {
    this.#client = client
  }

  send(channel: string, topic: string, sealed: Sealed): Promise<void> {
    if (this.#closed) return Promise.reject(new BroadcastError(topic, this.#closed))
    if (this.#waiting.length >= MOST_WAITING) {
      return Promise.reject(new BroadcastError(topic, `${MOST_WAITING} messages wait already`))
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...sealed, channel, topic, resolve, reject })
      this.#sending ??= this.#sendAll()
    })
  }

  /** Whoever still waits is told why it will not be sent. What is under way may have been sent. */
  close(reason: string): void {
    this.#closed = reason
    refuse(this.#waiting, reason)
    this.#waiting = []
  }

  /** Takes no more, and is done when what waits has been sent. */
  async finish(reason: string): Promise<void> {
    this.#closed = reason
    await this.#sending
  }

  async #sendAll(): Promise<void> {
    // What the same turn sends goes along.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch()
      try {
        await this.#client.query(statementOf(batch))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        refuse(batch, reasonOf(error), error)
      }
    }
    this.#sending = undefined
  }

  #nextBatch(): Waiting[] {
    let bytes = 0
    const end = this.#waiting.findIndex(({ notification, row }, index) => {
      bytes += notification.length + (row?.body.length ?? 0)
      return index === LARGEST_BATCH || (index > 0 && bytes > LARGEST_BATCH_BYTES)
    })
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end)
  }
}

function statementOf(batch: readonly Waiting[]) {
  const told = [batch.map(({ channel }) => channel), batch.map(({ notification }) => notification)]
  const rows = batch.flatMap(({ row }) => (row ? [row] : []))
  if (rows.length === 0) return { name: 'pubsub notify', text: NOTIFY, values: told }
  return {
    name: 'pubsub store and notify',
    text: STORE_AND_NOTIFY,
    values: [...told, rows.map(({ id }) => id), rows.map(({ body }) => Buffer.from(body))],
  }
}

function refuse(waiting: readonly Waiting[], reason: string, cause?: unknown): void {
  for (const { topic, reject } of waiting) reject(new BroadcastError(topic, reason, { cause }))
}
