import { randomBytes } from 'node:crypto'

import { OwnershipError } from '../errors.ts'
import { plainStatement, type Statement } from '../query/statement.ts'
import { type Connection, type Database, OneConnection, runGuarded } from '../repo/connection.ts'
import { TRANSACTION } from '../repo/transaction.ts'
import { send } from '../repo/wire.ts'
import { type Sessions } from './sessions.ts'

/** A connection in a transaction that is never committed, and whose it is. */
export interface Owner {
  readonly database: Database
  /** By which other processes name it. Nobody can guess it. */
  readonly token: string
  /** Waits for what is under way, and rolls everything back. */
  readonly close: () => Promise<void>
}

export interface OwnerOptions {
  /** Where connections come from, and go back to. */
  readonly sessions: Sessions
  /** Whose it is, for messages. */
  readonly name: string
  /** After so long it is rolled back, whatever its owner is doing. */
  readonly timeoutMs: number
  /** Called when it is rolled back, for either reason. */
  readonly closed: () => void
}

/** Takes a connection, and begins. */
export async function openOwner({
  sessions,
  name,
  timeoutMs,
  closed,
}: OwnerOptions): Promise<Owner> {
  const session = await sessions.take()
  const { client } = session
  // What follows on the connection comes after it, and finds out when it failed.
  send(client, BEGIN, []).catch(() => undefined)
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
    closed()
    void sessions.end(session)
  }, timeoutMs).unref()
  const close = async (): Promise<void> => {
    closed()
    await database.close()
    clearTimeout(timer)
    if (!timedOut) await sessions.giveBack(session)
  }
  let closing: Promise<void> | undefined
  return {
    database,
    token: randomBytes(18).toString('base64url'),
    close: () => (closing ??= close()),
  }
}

const BEGIN = plainStatement('begin')
/** What `repo.transaction` sends, and what is sent for it. By identity: the same words by hand are others. */
const CONTROL: ReadonlyMap<Statement, Statement> = new Map([
  [TRANSACTION.begin, plainStatement('savepoint transaction')],
  [TRANSACTION.keep, plainStatement('release savepoint transaction')],
  [TRANSACTION.undo, plainStatement('rollback to savepoint transaction')],
])

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
    const control = CONTROL.get(statement)
    if (control) {
      this.#inTransaction = statement === TRANSACTION.begin
      return this.#connection.run(control, ...rest)
    }
    return this.#inTransaction
      ? this.#connection.run(statement, ...rest)
      : runGuarded(this.#connection, statement, ...rest)
  }
}
