import { TransactionError } from '../errors.ts'
import { plainStatement, type Statement } from '../query/statement.ts'
import { type Connection, runGuarded } from './connection.ts'
import { type Context, observed, type Transaction } from './context.ts'

const BEGIN = plainStatement('begin')
const COMMIT = plainStatement('commit')
const ROLLBACK = plainStatement('rollback')

const OVER =
  'the transaction this was called in has ended. Await everything inside repo.transaction() before it returns.'
const FAILED_INSIDE =
  'a transaction inside this one failed, so all of it is rolled back. ' +
  'Where you call the inner one, return its failed result or let its error pass.'
const REFUSED =
  'a statement in this transaction failed, so PostgreSQL takes no other and all of it is rolled back. ' +
  'Let the error pass, or look before the statement whether it can succeed.'

/** Runs the work in a transaction: the one it is called in, or a new one. See Repo. */
export async function transaction<T>(context: Context, work: () => Promise<T>): Promise<T> {
  const outer = context.transactions.getStore()
  return outer && outer.ended !== OVER
    ? join(outer, work)
    : context.database.alone((connection) => begin(context, connection, work))
}

async function begin<T>(
  context: Context,
  connection: Connection,
  work: () => Promise<T>,
): Promise<T> {
  const current = transactionOn(connection)
  const control = async (statement: Statement): Promise<void> => {
    await observed(context, { statement, values: [] }, () => connection.run(statement, []))
  }
  await control(BEGIN)
  try {
    const value = await context.transactions.run(current, work)
    const failed = isFailed(value)
    if (!failed && current.ended !== undefined) throw new TransactionError(current.ended)
    current.ended = OVER
    await control(failed ? ROLLBACK : COMMIT)
    return value
  } catch (error) {
    current.ended = OVER
    // A connection that is gone has rolled back already, and the error on its way up says why.
    await control(ROLLBACK).catch(() => undefined)
    throw error
  }
}

function transactionOn(connection: Connection): Transaction {
  // While a guarded statement may still have to be undone, nothing may come between.
  let guarded: Promise<unknown> = Promise.resolve()
  const refuseWhenEnded = (): void => {
    if (current.ended !== undefined) throw new TransactionError(current.ended)
  }
  const current: Transaction = {
    ended: undefined,
    async run(statement, values) {
      await guarded
      refuseWhenEnded()
      try {
        return await connection.run(statement, values)
      } catch (error) {
        current.ended ??= REFUSED
        throw error
      }
    },
    runGuarded(statement, values) {
      const result = guarded.then(() => {
        refuseWhenEnded()
        return runGuarded(connection, statement, values)
      })
      guarded = result.catch(() => undefined)
      return result
    },
  }
  return current
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
