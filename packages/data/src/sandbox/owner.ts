import { randomBytes } from 'node:crypto'

import { OwnershipError } from '../errors.ts'
import { plainStatement, type Statement } from '../query/statement.ts'
import {
  type Connection,
  type Database,
  OneConnection,
  SAVEPOINT,
} from '../repo/connection/connection.ts'
import { TRANSACTION } from '../repo/transaction.ts'
import { send } from '../repo/connection/wire.ts'
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
 * Makes a transaction of a savepoint, and guards each statement outside one: what the database refuses
 * does not spoil the test. Inside a transaction a failed statement ends it, as it would anywhere.
 *
 * A savepoint is kept until something was written after it, as it costs as much as a small statement:
 * reads that follow each other share one.
 */
class Savepoints implements Connection {
  readonly #connection: Connection
  #inTransaction = false
  #isSet = false
  #hasWritten = false

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async run(...call: Parameters<Connection['run']>): ReturnType<Connection['run']> {
    const [statement, ...rest] = call
    const control = CONTROL.get(statement)
    if (control) {
      this.#inTransaction = statement === TRANSACTION.begin
      this.#hasWritten = true
      return this.#connection.run(control, ...rest)
    }
    return this.#inTransaction ? this.#connection.run(...call) : this.#guarded(...call)
  }

  async #guarded(...[statement, ...rest]: Parameters<Connection['run']>) {
    const before = this.#before()
    this.#isSet = true
    this.#hasWritten = !isRead(statement)
    try {
      return await this.#connection.run({ ...statement, before }, ...rest)
    } catch (error) {
      this.#hasWritten = false
      // This fails only where something before had failed already, and that says what is wrong.
      await this.#connection.run(SAVEPOINT.undo, []).catch(() => undefined)
      throw error
    }
  }

  #before(): readonly string[] {
    if (!this.#isSet) return [SAVEPOINT.set]
    return this.#hasWritten ? [SAVEPOINT.release, SAVEPOINT.set] : []
  }
}

/** Of what a query compiled to, which is prepared. SQL written by hand may call what writes. */
function isRead({ name, text }: Statement): boolean {
  return name !== undefined && text.startsWith('select ')
}
