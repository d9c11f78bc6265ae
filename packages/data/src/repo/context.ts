import { type AsyncLocalStorage } from 'node:async_hooks'

import { DatabaseError } from 'pg'

import { TransactionError } from '../errors.ts'
import { type BoundStatement } from '../query/compile.ts'
import { type Connection, type Database } from './connection.ts'
import { type RawResult } from './wire.ts'

/** One statement that ran. */
export interface QueryEvent {
  readonly sql: string
  readonly parameters: readonly unknown[]
  readonly milliseconds: number
  /** Rows read or written. */
  readonly rows: number
  /** Why it failed, when it did. */
  readonly error?: unknown
}

export type QueryListener = (event: QueryEvent) => void

/** What every part of a repo works with. */
export interface Context {
  readonly database: Database
  readonly listeners: Set<QueryListener>
  readonly transactions: AsyncLocalStorage<Transaction>
  readonly now: () => Date
  readonly parallelPreloads: boolean
}

/** The transaction that the calling code runs in. */
export interface Transaction extends Connection {
  /** As `run`, but a failure leaves the transaction usable. */
  runGuarded: Connection['run']
  /** Why nothing may run in it any more. */
  ended: string | undefined
}

/** Runs a statement in the transaction of the calling code, or on any connection outside one. */
export function run(context: Context, { statement, values }: BoundStatement): Promise<RawResult> {
  return observed(context, { statement, values }, () =>
    (openTransaction(context) ?? context.database).run(statement, values),
  )
}

/** As `run`, for a write whose refusal by the database is an answer and not the end of a transaction. */
export function runGuarded(
  context: Context,
  { statement, values }: BoundStatement,
): Promise<RawResult> {
  return observed(context, { statement, values }, () => {
    const transaction = openTransaction(context)
    return transaction
      ? transaction.runGuarded(statement, values)
      : context.database.run(statement, values)
  })
}

function openTransaction(context: Context): Transaction | undefined {
  const transaction = context.transactions.getStore()
  if (transaction?.ended === undefined) return transaction
  throw new TransactionError(transaction.ended)
}

/** Runs a statement, and tells the listeners of it. */
export async function observed(
  { listeners }: Context,
  { statement, values }: BoundStatement,
  work: () => Promise<RawResult>,
): Promise<RawResult> {
  const start = listeners.size === 0 ? 0 : performance.now()
  const tell = (outcome: Pick<QueryEvent, 'rows' | 'error'>): void => {
    const milliseconds = performance.now() - start
    for (const listener of listeners) {
      listener({ sql: statement.text, parameters: values, milliseconds, ...outcome })
    }
  }
  try {
    const result = await work()
    if (listeners.size > 0) tell({ rows: result.count })
    return result
  } catch (error) {
    if (listeners.size > 0) tell({ rows: 0, error })
    throw located(error, statement.text)
  }
}

/** PostgreSQL's error, with the SQL it is about, and the way to the code that asked for it. */
function located(error: unknown, sql: string): unknown {
  if (!(error instanceof DatabaseError)) return error
  Error.captureStackTrace(error, located)
  return Object.assign(error, { sql })
}
