import { AsyncLocalStorage } from 'node:async_hooks'

import { DatabaseError } from 'pg'

import { TransactionError } from '../errors.ts'
import { type BoundStatement } from '../query/compile.ts'
import { type Connection, type Database, type Times } from './connection/connection.ts'
import { describeStatement, type QueryEvent, type QueryListener } from './event.ts'
import { type PrepareQuery, type QueryOperation, type QueryOptions } from './tenancy/prepare.ts'
import { type Recorder } from './recording/recorded.ts'
import { type Tenancy } from './tenancy/tenancy.ts'
import { type RawResult } from './connection/wire.ts'
import { type Watcher } from './write/write-watched.ts'

/** What every part of a repo works with. */
export interface Context extends Ambient {
  readonly database: Database
  readonly listeners: Set<QueryListener>
  readonly now: () => Date
  readonly parallelPreloads: boolean
  readonly tenancy: Tenancy
  readonly prepareQuery: PrepareQuery | undefined
  readonly defaultOptions: ((operation: QueryOperation) => QueryOptions) | undefined
  /** Of `repo.withOptions`. */
  readonly options: QueryOptions
  /** Of `repo.watched`. */
  readonly watchers: readonly Watcher[]
}

/** What the calling code is in the middle of. */
export interface Ambient {
  readonly transactions: AsyncLocalStorage<Transaction | undefined>
  /** The connection of `repo.checkout`. */
  readonly pinned: AsyncLocalStorage<Database | undefined>
  /** Of `repo.recorded`. */
  readonly recorders: AsyncLocalStorage<Recorder | undefined>
}

export function newAmbient(): Ambient {
  return {
    transactions: new AsyncLocalStorage(),
    pinned: new AsyncLocalStorage(),
    recorders: new AsyncLocalStorage(),
  }
}

/** Runs the function as if it had been called outside every transaction and checkout. */
export function outside<T>({ transactions, pinned }: Ambient, work: () => T): T {
  return transactions.run(undefined, () => pinned.run(undefined, work))
}

/** The transaction that the calling code runs in. */
export interface Transaction extends Connection {
  /** As `run`, but a failure leaves the transaction usable. */
  runGuarded: Connection['run']
  /** Keeps the connection for this function; what others send meanwhile waits for its end. */
  hold<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Why nothing may run in it any more. */
  ended: string | undefined
}

/** Runs a statement in the transaction of the calling code, or on any connection outside one. */
export function run(context: Context, bound: BoundStatement): Promise<RawResult> {
  return observed(context, bound, (times) => runOpen(context, bound, times))
}

/** As `run`, and makes of the result what was asked for, so that listeners hear how long that took. */
export function read<T>(
  context: Context,
  bound: BoundStatement,
  decode: (result: RawResult) => T,
): Promise<T> {
  return observed(context, bound, (times) => runOpen(context, bound, times), decode)
}

/** As `run`, for a write whose refusal by the database is an answer and not the end of a transaction. */
export function runGuarded(context: Context, bound: BoundStatement): Promise<RawResult> {
  const { statement, values } = bound
  return observed(context, bound, (times) => {
    const transaction = openTransaction(context)
    return transaction
      ? transaction.runGuarded(statement, values, times)
      : databaseOf(context).run(statement, values, times)
  })
}

function runOpen(
  context: Context,
  { statement, values }: BoundStatement,
  times: Times | undefined,
): Promise<RawResult> {
  return (openTransaction(context) ?? databaseOf(context)).run(statement, values, times)
}

/** Where a statement outside a transaction goes. */
export function databaseOf(context: Context): Database {
  return context.pinned.getStore() ?? context.database
}

function openTransaction(context: Context): Transaction | undefined {
  const transaction = context.transactions.getStore()
  if (transaction?.ended === undefined) return transaction
  throw new TransactionError(transaction.ended)
}

/** Runs a statement, and tells the listeners of it. */
export function observed(
  context: Context,
  bound: BoundStatement,
  work: (times?: Times) => Promise<RawResult>,
): Promise<RawResult>
export function observed<T>(
  context: Context,
  bound: BoundStatement,
  work: (times?: Times) => Promise<RawResult>,
  decode: (result: RawResult) => T,
): Promise<T>
export async function observed(
  { listeners }: Context,
  { statement, values }: BoundStatement,
  work: (times?: Times) => Promise<RawResult>,
  decode: (result: RawResult) => unknown = (result) => result,
): Promise<unknown> {
  // Nobody listens: nothing is measured.
  const times: Times | undefined = listeners.size === 0 ? undefined : { askedAt: performance.now() }
  const tell = (outcome: Pick<QueryEvent, 'rows' | 'error'>, answeredAt?: number): void => {
    if (!times) return
    const event = { ...describeStatement(statement), ...durations(times, answeredAt), ...outcome }
    for (const listener of listeners) {
      try {
        listener({ sql: statement.text, parameters: values, ...event })
      } catch (error) {
        // The statement has run, whatever is made of the news.
        listeners.delete(listener)
        process.emitWarning(
          `a listener of repo.onQuery() threw, and hears no more: ${String(error)}`,
        )
      }
    }
  }
  try {
    const result = await work(times)
    const answeredAt = times && performance.now()
    const decoded = decode(result)
    tell({ rows: result.count }, answeredAt)
    return decoded
  } catch (error) {
    tell({ rows: 0, error })
    throw located(error, statement.text)
  }
}

function durations(
  { askedAt, sentAt = askedAt }: Times,
  given: number | undefined,
): Pick<QueryEvent, 'milliseconds' | 'queueMs' | 'queryMs' | 'decodeMs'> {
  const now = performance.now()
  const answeredAt = given ?? now
  return {
    milliseconds: now - askedAt,
    queueMs: sentAt - askedAt,
    queryMs: answeredAt - sentAt,
    decodeMs: now - answeredAt,
  }
}

/** PostgreSQL's error, with the SQL it is about, and the way to the code that asked for it. */
function located(error: unknown, sql: string): unknown {
  if (!(error instanceof DatabaseError)) return error
  Error.captureStackTrace(error, located)
  return Object.assign(error, { sql })
}
