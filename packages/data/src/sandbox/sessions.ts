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

export function openSessions(url: () => Promise<string>, applicationName: string): Sessions {
  const idle: Session[] = []
  const open = async (): Promise<Session> => {
    const session = await connect(await url(), applicationName)
    session.client.on('end', () => {
      if (idle.includes(session)) idle.splice(idle.indexOf(session), 1)
    })
    return session
  }
  return {
    async take() {
      const session = idle.pop()
      if (!session) return open()
      session.client.ref()
      return session
    },
    async giveBack(session) {
      const { client } = session
      const [rolledBack] = await Promise.allSettled([
        send(client, ROLLBACK, []),
        // All else that a session keeps is undone with its transaction.
        send(client, UNLOCK, []),
      ])
      if (rolledBack.status === 'rejected') return client.end()
      // It waits for the next test, and nobody for it.
      client.unref()
      idle.push(session)
    },
    async end({ client, pid }) {
      // The server's side must go, with its locks; whatever it is waiting for.
      await endSession(await url(), pid)
      await client.end()
    },
    async close() {
      const clients = idle.splice(0).map(({ client }) => client)
      // Whoever waits for the end must not find the process gone before it.
      for (const client of clients) client.ref()
      await Promise.all(clients.map((client) => client.end()))
    },
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
