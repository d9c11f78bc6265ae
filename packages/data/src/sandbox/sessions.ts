import { availableParallelism } from 'node:os'

import { Client } from 'pg'

import { plainStatement } from '../query/statement.ts'
import { SESSION } from '../repo/repo.ts'
import { send } from '../repo/connection/wire.ts'

/** What pg's Client has and its types leave out. */
type TiedClient = Client & { readonly ref: () => void; readonly unref: () => void }

/** A connection, and the server's process behind it. */
export interface Session {
  readonly client: TiedClient
  readonly pid: string | null | undefined
}

/** The connections of sandboxes: one serves many tests, one after the other. To connect takes longer than most tests. */
export interface Sessions {
  take(): Promise<Session>
  /** Rolls back what was done on it, and keeps it for the next. */
  giveBack(session: Session): Promise<void>
  /** Ends it with whatever it is in. */
  end(session: Session): Promise<void>
  /** Closes those that nobody uses. */
  close(): Promise<void>
}

/**
 * A new session is slow at first: the server's process behind it has everything yet to learn, and many
 * of them do that in each other's way. So beyond a few, those who come wait for one that is given back;
 * and get a new one when none is, as somebody may hold one and wait for another.
 */
const FEW = Math.max(4, availableParallelism() * 3)
const PATIENCE_MS = 100

export function openSessions(url: () => Promise<string>, applicationName: string): Sessions {
  return new OpenSessions(url, applicationName)
}

class OpenSessions implements Sessions {
  readonly #url: () => Promise<string>
  readonly #applicationName: string
  readonly #idle: Session[] = []
  readonly #waiting: PromiseWithResolvers<Session>[] = []
  #open = 0
  #patience: NodeJS.Timeout | undefined

  constructor(url: () => Promise<string>, applicationName: string) {
    this.#url = url
    this.#applicationName = applicationName
  }

  take(): Promise<Session> {
    const session = this.#idle.pop()
    session?.client.ref()
    if (session) return Promise.resolve(session)
    const turn = Promise.withResolvers<Session>()
    this.#waiting.push(turn)
    if (this.#open < FEW) void this.#openOne()
    this.#watch()
    return turn.promise
  }

  async giveBack(session: Session): Promise<void> {
    const { client } = session
    const [rolledBack] = await Promise.allSettled([
      send(client, ROLLBACK, []),
      // All else that a session keeps is undone with its transaction.
      send(client, UNLOCK, []),
    ])
    if (rolledBack.status === 'rejected') await client.end()
    else this.#hand(session)
  }

  async end({ client, pid }: Session): Promise<void> {
    // The server's side must go, with its locks; whatever it is waiting for.
    await endSession(await this.#url(), pid)
    await client.end()
  }

  async close(): Promise<void> {
    const clients = this.#idle.splice(0).map(({ client }) => client)
    // Whoever waits for the end must not find the process gone before it.
    for (const client of clients) client.ref()
    await Promise.all(clients.map((client) => client.end()))
  }

  #hand(session: Session): void {
    const next = this.#waiting.shift()
    if (next) next.resolve(session)
    else {
      // It waits for the next test, and nobody for it.
      session.client.unref()
      this.#idle.push(session)
    }
    this.#watch()
  }

  /** Begins to wait anew for a session to be given back, while anybody needs one. */
  #watch(): void {
    clearTimeout(this.#patience)
    if (this.#waiting.length === 0) return
    this.#patience = setTimeout(() => {
      void this.#openOne()
      this.#watch()
    }, PATIENCE_MS)
  }

  async #openOne(): Promise<void> {
    this.#open += 1
    try {
      const session = await connect(await this.#url(), this.#applicationName)
      session.client.once('end', () => this.#forget(session))
      this.#hand(session)
    } catch (error) {
      this.#open -= 1
      this.#waiting.shift()?.reject(error)
    }
  }

  #forget(session: Session): void {
    this.#open -= 1
    const at = this.#idle.indexOf(session)
    if (at !== -1) this.#idle.splice(at, 1)
  }
}

async function connect(url: string, applicationName: string): Promise<Session> {
  const client = new Client({
    connectionString: url,
    application_name: applicationName,
    // Two tests that insert one unique value wait for each other: better one fails than both hang.
    options: `${SESSION} -c lock_timeout=10s`,
    pipeline: true,
  }) as TiedClient
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await send(client, PID, [])
  return { client, pid: rows[0]?.[0] }
}

const PID = plainStatement('select pg_backend_pid()')
const ROLLBACK = plainStatement('rollback')
const UNLOCK = plainStatement('select pg_advisory_unlock_all()')

/** Ends a session from another. A server that is gone has done so itself. */
async function endSession(url: string, pid: string | null | undefined): Promise<void> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect().then(
    () => client.query('select pg_terminate_backend($1)', [pid]),
    () => undefined,
  )
  await client.end()
}
