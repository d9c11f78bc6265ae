import { TransactionError } from '../errors.ts'
import { plainStatement, type Statement } from '../query/statement.ts'
import { type Connection } from './connection.ts'
import { type Context, run, type Transaction } from './context.ts'

const BEGIN = plainStatement('begin')
const COMMIT = plainStatement('commit')
const ROLLBACK = plainStatement('rollback')

/** Runs the work in a transaction: the one it is called in, or a new one. See Repo. */
export async function transaction<T>(context: Context, work: () => Promise<T>): Promise<T> {
  const outer = context.transactions.getStore()
  if (outer && outer.ended === undefined) return join(outer, work)
  return context.database.alone((connection) => begin(context, connection, work))
}

async function begin<T>(
  context: Context,
  connection: Connection,
  work: () => Promise<T>,
): Promise<T> {
  const current: Transaction = {
    run: (statement, values) => connection.run(statement, values),
    ended: undefined,
  }
  const control = (statement: Statement) =>
    context.transactions.run(current, () => run(context, { statement, values: [] }))
  await control(BEGIN)
  try {
    const value = await context.transactions.run(current, work)
    if (!isFailed(value)) {
      if (current.ended !== undefined) throw new TransactionError(current.ended)
      await control(COMMIT)
      current.ended = OVER
      return value
    }
    await rollBack(current, control)
    return value
  } catch (error) {
    await rollBack(current, control)
    throw error
  }
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

async function rollBack(
  current: Transaction,
  control: (statement: Statement) => Promise<unknown>,
): Promise<void> {
  current.ended = undefined
  // A connection that is gone has rolled back already; the error that says so is on its way up.
  await control(ROLLBACK).catch(() => undefined)
  current.ended = OVER
}

const OVER =
  'the transaction this was called in has ended. Await everything inside repo.transaction() before it returns.'
const FAILED_INSIDE =
  'a transaction inside this one failed, so all of it is rolled back. ' +
  'Return the failed result, or let the error pass, where you call the inner one.'

/** `{ ok: false }`, the failed result of a write or of anything that speaks like one. */
function isFailed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false
}
