import { randomBytes } from 'node:crypto'

import { Client } from 'pg'

import { OwnershipError } from '../errors.ts'
import { plainStatement, type Statement } from '../query/statement.ts'
import { type Connection, type Database, OneConnection, runGuarded } from '../repo/connection.ts'
import { SESSION } from '../repo/repo.ts'
import { send } from '../repo/wire.ts'

/** A connection in a transaction that is never committed, and whose it is. */
export interface Owner {
  readonly database: Database
  /** By which other processes name it. Nobody can guess it. */
  readonly token: string
  /** Waits for what is under way, and rolls everything back. */
  readonly close: () => Promise<void>
}

export interface OwnerOptions {
  readonly url: string
  /** Whose it is, for messages. */
  readonly name: string
  readonly applicationName: string
  /** After so long it is rolled back, whatever its owner is doing. */
  readonly timeoutMs: number
  /** Called when it is rolled back, for either reason. */
  readonly closed: () => void
}

/** Connects, and begins. */
export async function openOwner(options: OwnerOptions): Promise<Owner> {
  const { name, timeoutMs } = options
  const { client, pid } = await connect(options)
  let timedOut: OwnershipError | undefined
  const connection = new Savepoints({
    run: async (...call) => {
      try {
        return await send(client, ...call)
      } catch (error) {
        throw timedOut ?? error
      }
    },
  })
  const database = new OneConnection(
    connection,
    () =>
      timedOut ??
      new OwnershipError(
        `${name} is over, and its sandbox with it. Await everything before it ends.`,
      ),
  )
  const timer = setTimeout(() => {
    timedOut = new OwnershipError(
      `${name} owned its sandbox for longer than ${timeoutMs} ms, so it was rolled back. ` +
        `Give a test that needs more { timeoutMs: … }.`,
    )
    void database.close()
    options.closed()
    // The server's side must go, with its locks; whatever it is waiting for.
    void endSession(options.url, pid).then(() => client.end())
  }, timeoutMs).unref()
  return {
    database,
    token: randomBytes(18).toString('base64url'),
    async close() {
      options.closed()
      await database.close()
      clearTimeout(timer)
      await client.query('rollback').catch(() => undefined)
      await client.end()
    },
  }
}

async function connect({ url, applicationName }: OwnerOptions): Promise<{
  client: Client
  pid: string | null | undefined
}> {
  const client = new Client({
    connectionString: url,
    application_name: applicationName,
    // Two tests that insert one unique value wait for each other: better one fails than both hang.
    options: `${SESSION} -c lock_timeout=10s`,
    pipeline: true,
  })
  client.on('error', () => undefined)
  await client.connect()
  const [, { rows }] = await Promise.all([send(client, BEGIN, []), send(client, PID, [])])
  return { client, pid: rows[0]?.[0] }
}

const BEGIN = plainStatement('begin')
const PID = plainStatement('select pg_backend_pid()')

/** Ends a session from another, with whatever it is in. A server that is gone has done so itself. */
async function endSession(url: string, pid: string | null | undefined): Promise<void> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect().then(
    () => client.query('select pg_terminate_backend($1)', [pid]),
    () => undefined,
  )
  await client.end()
}

const CONTROL: ReadonlyMap<string, Statement> = new Map([
  ['begin', plainStatement('savepoint transaction')],
  ['commit', plainStatement('release savepoint transaction')],
  ['rollback', plainStatement('rollback to savepoint transaction')],
])

const BY_HAND =
  /^\s*(?:begin|start|commit|end|abort|prepare\s+transaction|rollback(?!\s+(?:\w+\s+)?to\b))\b/i

/**
 * Makes a transaction of a savepoint, and each statement outside one as well: what the database refuses
 * does not spoil the test. Inside a transaction a failed statement ends it, as it would anywhere.
 */
class Savepoints implements Connection {
  readonly #connection: Connection
  #inTransaction = false

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async run(...[statement, ...rest]: Parameters<Connection['run']>): ReturnType<Connection['run']> {
    const control = CONTROL.get(statement.text)
    if (control) {
      this.#inTransaction = statement.text === 'begin'
      return this.#connection.run(control, ...rest)
    }
    if (BY_HAND.test(statement.text)) {
      throw new OwnershipError(
        `"${statement.text}" would end the transaction that the sandbox is. Use repo.transaction().`,
      )
    }
    return this.#inTransaction
      ? this.#connection.run(statement, ...rest)
      : runGuarded(this.#connection, statement, ...rest)
  }
}
