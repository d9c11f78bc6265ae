import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { barrierNotice, type Change, readNotice } from './change.ts'

const CHANNEL = 'showrunner_changes'
const PROBE_MS = 5_000
/** A connection that says nothing for so long is taken for lost. */
const SILENCE_MS = 5_000
const CONNECT_MS = 10_000
const FIRST_RETRY_MS = 50
const LONGEST_RETRY_MS = 5_000

export type Log = (level: 'info' | 'warning', message: string) => void

export interface ChangesOptions {
  /** Leads to PostgreSQL itself, and not to a pooler in transaction mode. */
  readonly databaseUrl: string
  readonly log: Log
  readonly changed: (change: Change) => void
  /** It listens, for the first time or again: what changed meanwhile was not heard. */
  readonly listening: (watched: ReadonlySet<string>) => void
  readonly lost: () => void
}

/** A connection that hears what changes, and is opened again when it breaks. */
export class ChangesListener {
  readonly #options: ChangesOptions
  readonly #closing = new AbortController()
  readonly #barriers = new Map<string, () => void>()
  #client: Client | undefined
  #probe: NodeJS.Timeout | undefined
  #barrier: Promise<void> | undefined
  #nextBarrier: Promise<void> | undefined
  /** Tells our notices from those of other nodes. */
  readonly #node = randomBytes(9).toString('hex')
  #serial = 0

  constructor(options: ChangesOptions) {
    this.#options = options
  }

  async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.#options.databaseUrl,
      application_name: 'showrunner live',
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: CONNECT_MS,
      keepAlive: true,
    })
    client.on('error', (error) => this.#lost(client, error.message))
    client.on('end', () => this.#lost(client, 'the connection ended'))
    client.on('notification', ({ payload }) => this.#hear(client, payload ?? ''))
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
      const watched = await watchedTables(client)
      this.#closing.signal.throwIfAborted()
      this.#client = client
      this.#options.listening(watched)
    } catch (error) {
      client.end().catch(() => undefined)
      throw error
    }
    this.#probe = setInterval(() => void this.caughtUp(), PROBE_MS).unref()
  }

  /**
   * Settles once everything that was committed before the call has been heard, or nobody listens: notices come in the order of
   * their commits, so that one of our own comes last.
   */
  caughtUp(): Promise<void> {
    if (!this.#client) return Promise.resolve()
    if (!this.#barrier) {
      this.#barrier = this.#pass(this.#client).finally(() => (this.#barrier = undefined))
      return this.#barrier
    }
    // The one under way may have been sent before what the caller has just written.
    this.#nextBarrier ??= this.#barrier.then(() => {
      this.#nextBarrier = undefined
      return this.caughtUp()
    })
    return this.#nextBarrier
  }

  async close(): Promise<void> {
    this.#closing.abort()
    clearInterval(this.#probe)
    const client = this.#client
    this.#client = undefined
    this.#release()
    await client?.end()
  }

  async #pass(client: Client): Promise<void> {
    const id = `${this.#node} ${(this.#serial += 1)}`
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#barriers.set(id, resolve)
    const silent = setTimeout(() => this.#lost(client, 'no answer'), SILENCE_MS)
    client
      .query('select pg_notify($1, $2)', [CHANNEL, barrierNotice(id)])
      .catch((error: Error) => this.#lost(client, error.message))
    await promise.finally(() => clearTimeout(silent))
  }

  #hear(client: Client, payload: string): void {
    const notice = readNotice(payload)
    // Somebody said something that changed, and nobody knows what.
    if (!notice) return this.#lost(client, `a notice that says nothing: "${payload}"`)
    if (notice.kind === 'change') return this.#options.changed(notice.change)
    // Those of other nodes are nobody's here.
    this.#barriers.get(notice.id)?.()
    this.#barriers.delete(notice.id)
  }

  #lost(client: Client, reason: string): void {
    if (client !== this.#client) return
    this.#client = undefined
    clearInterval(this.#probe)
    client.end().catch(() => undefined)
    this.#options.log('warning', `The connection that hears changes was lost: ${reason}`)
    this.#options.lost()
    this.#release()
    void this.#reconnect()
  }

  #release(): void {
    for (const resolve of this.#barriers.values()) resolve()
    this.#barriers.clear()
  }

  async #reconnect(): Promise<void> {
    const { signal } = this.#closing
    let delay = FIRST_RETRY_MS
    while (!signal.aborted) {
      // Jitter: when the database comes back, not all nodes are at its door at once.
      await wait(delay * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined)
      delay = Math.min(delay * 2, LONGEST_RETRY_MS)
      if (signal.aborted) return
      try {
        await this.connect()
        this.#options.log('info', 'The connection that hears changes is back.')
        return
      } catch (error) {
        this.#options.log('warning', `Changes are not heard yet: ${String(error)}`)
      }
    }
  }
}

/** The tables whose changes are told: a page that reads any other cannot be kept. */
async function watchedTables(client: Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where t.tgname like 'changes\\_%' and t.tgenabled in ('O', 'A') and c.relnamespace = 'public'::regnamespace
     group by 1 having count(*) = 4`,
  )
  return new Set(rows.map(({ name }) => name))
}
