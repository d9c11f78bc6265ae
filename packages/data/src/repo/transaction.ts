import { RollbackError, TransactionError } from '../errors.ts'
import { plainStatement, type Statement } from '../query/statement.ts'
import { type Connection, OneConnection, runGuarded } from './connection/connection.ts'
import { type Context, databaseOf, observed, type Transaction } from './context.ts'
import { type RawResult } from './connection/wire.ts'

/** How a transaction begins and ends, or a savepoint. */
interface Control {
  readonly begin: Statement
  readonly keep: Statement
  readonly undo: Statement
}

export const TRANSACTION: Control = {
  begin: plainStatement('begin'),
  keep: plainStatement('commit'),
  undo: plainStatement('rollback'),
}

const SAVEPOINT: Control = {
  begin: plainStatement('savepoint part'),
  keep: plainStatement('release savepoint part'),
  undo: plainStatement('rollback to savepoint part'),
}

const OVER =
  'the transaction this was called in has ended. Await everything inside repo.transaction() before it returns.'
const FAILED_INSIDE =
  'a transaction inside this one failed, so all of it is rolled back. ' +
  'Where you call the inner one, return its failed result or let its error pass; or make it a repo.savepoint().'
const REFUSED =
  'a statement in this transaction failed, so PostgreSQL takes no other and all of it is rolled back. ' +
  'Let the error pass, look before the statement whether it can succeed, or run it in a repo.savepoint().'

const LOST =
  'a statement of this transaction that nobody awaited failed, so PostgreSQL rolled all of it back when it was to commit. ' +
  'Await everything inside repo.transaction() before it returns.'

/** Runs the work in a transaction: the one it is called in, or a new one. See Repo. */
export async function transaction<T>(context: Context, work: () => Promise<T>): Promise<T> {
  const outer = current(context)
  return outer
    ? join(outer, work)
    : databaseOf(context).alone((connection) => begin(context, connection, TRANSACTION, work))
}

/** Runs the work in a transaction on which the one around it does not depend. See Repo. */
export async function savepoint<T>(context: Context, work: () => Promise<T>): Promise<T> {
  const outer = current(context)
  return outer
    ? outer.hold((connection) => begin(context, connection, SAVEPOINT, work))
    : transaction(context, work)
}

/** Ends the transaction of the calling code. See Repo. */
export function rollback(context: Context, value: unknown): never {
  if (current(context)) throw new RollbackError(value)
  throw new TransactionError(
    'cannot call rollback outside of transaction. Call repo.rollback() in a function given to repo.transaction().',
  )
}

/** Whether the calling code runs in a transaction. */
export function inTransaction(context: Context): boolean {
  return current(context) !== undefined
}

/** Runs the work on one connection. See Repo. */
export async function checkout<T>(context: Context, work: () => Promise<T>): Promise<T> {
  if (context.pinned.getStore() || current(context)) return work()
  return context.database.alone(async (connection) => {
    const pinned = new OneConnection(connection, checkedIn)
    try {
      return await context.pinned.run(pinned, work)
    } finally {
      await pinned.close()
    }
  })
}

function checkedIn(): Error {
  return new TransactionError(
    'the repo.checkout() this was called in has ended. Await everything inside it before it returns.',
  )
}

/** The transaction of the calling code. One that is over is none: what outlived it starts anew. */
function current(context: Context): Transaction | undefined {
  const transaction = context.transactions.getStore()
  return transaction?.ended === OVER ? undefined : transaction
}

async function begin<T>(
  context: Context,
  connection: Connection,
  { begin, keep, undo }: Control,
  work: () => Promise<T>,
): Promise<T> {
  const started = transactionOn(connection)
  const control = (statement: Statement): Promise<RawResult> =>
    observed(context, { statement, values: [] }, (times) => connection.run(statement, [], times))
  await control(begin)
  try {
    const value = await context.transactions.run(started, work)
    const failed = isFailed(value)
    if (!failed && started.ended !== undefined) throw new TransactionError(started.ended)
    started.ended = OVER
    const { done } = await control(failed ? undo : keep)
    if (!failed && done === 'ROLLBACK') throw new TransactionError(LOST)
    return value
  } catch (error) {
    started.ended = OVER
    // A connection that is gone has rolled back already, and the error on its way up says why.
    await control(undo).catch(() => undefined)
    throw error
  }
}

function transactionOn(connection: Connection): Transaction {
  // While a guarded statement may still have to be undone, nothing may come between.
  let held: Promise<unknown> = Promise.resolve()
  const refuseWhenEnded = (): void => {
    if (started.ended !== undefined) throw new TransactionError(started.ended)
  }
  const started: Transaction = {
    ended: undefined,
    async run(...call) {
      await held
      refuseWhenEnded()
      try {
        return await connection.run(...call)
      } catch (error) {
        started.ended ??= REFUSED
        throw error
      }
    },
    runGuarded: (...call) => started.hold(() => runGuarded(connection, ...call)),
    hold(work) {
      const result = held.then(() => {
        refuseWhenEnded()
        return work(connection)
      })
      held = result.catch(() => undefined)
      return result
    },
  }
  return started
}

async function join<T>(outer: Transaction, work: () => Promise<T>): Promise<T> {
  try {
    const value = await work()
    if (isFailed(value)) outer.ended ??= FAILED_INSIDE
    return value
  } catch (error) {
    outer.ended ??= FAILED_INSIDE
    throw error
  }
}

/** `{ ok: false }`: the failed result of a write, or of anything that speaks like one. */
function isFailed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false
}
