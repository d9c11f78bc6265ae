import { type AsyncLocalStorage } from 'node:async_hooks'

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
  /** Why nothing may run in it any more. */
  ended: string | undefined
}

export async function run(
  context: Context,
  { statement, values }: BoundStatement,
): Promise<RawResult> {
  const connection = connectionOf(context)
  if (context.listeners.size === 0) return connection.run(statement, values)
  const start = performance.now()
  const tell = (rest: { rows: number; error?: unknown }): void => {
    const milliseconds = performance.now() - start
    for (const listener of context.listeners) {
      listener({ sql: statement.text, parameters: values, milliseconds, ...rest })
    }
  }
  try {
    const result = await connection.run(statement, values)
    tell({ rows: result.count })
    return result
  } catch (error) {
    tell({ rows: 0, error })
    throw error
  }
}

function connectionOf(context: Context): Connection {
  const transaction = context.transactions.getStore()
  if (!transaction) return context.database
  if (transaction.ended === undefined) return transaction
  throw new TransactionError(transaction.ended)
}
