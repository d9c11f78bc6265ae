import { type Pool } from 'pg'

import { plainStatement, type Statement } from '../query/statement.ts'
import { type RawResult, send } from './wire.ts'

/** Something that runs statements: many connections, or the one of a transaction. */
export interface Connection {
  run(statement: Statement, values: readonly unknown[]): Promise<RawResult>
}

/** Connections of which one can be had alone, for a transaction. */
export interface Database extends Connection {
  /** Takes a connection out, for this function alone. */
  alone<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A database behind somebody else's pool: a connection for each statement, as the pool gives them. */
export function pooled(pool: Pool): Database {
  // A connection that breaks while nobody uses it would otherwise end the process.
  pool.on('error', () => undefined)
  const alone = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    let broken: Error | undefined
    const remember = (error: Error): void => {
      broken = error
    }
    client.on('error', remember)
    try {
      return await work({ run: inTurn((statement, values) => send(client, statement, values)) })
    } finally {
      client.off('error', remember)
      client.release(broken)
    }
  }
  return {
    run: (statement, values) => alone((connection) => connection.run(statement, values)),
    alone,
    // Whoever opened the pool closes it.
    close: async () => undefined,
  }
}

/** A connection answers one statement at a time; what comes meanwhile waits its turn. */
function inTurn(run: Connection['run']): Connection['run'] {
  const turn = oneAtATime()
  return (statement, values) => turn(() => run(statement, values))
}

/** Runs what it is given one after the other, in the order it was given. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}

const SAVEPOINT = plainStatement('savepoint statement')
const RELEASE = plainStatement('release savepoint statement')
const UNDO = plainStatement('rollback to savepoint statement')

/** Runs a statement so that its failure leaves the transaction around it as it was, and usable. */
export async function runGuarded(
  connection: Connection,
  statement: Statement,
  values: readonly unknown[],
): Promise<RawResult> {
  const [, result] = await Promise.allSettled([
    connection.run(SAVEPOINT, []),
    connection.run(statement, values),
    connection.run(RELEASE, []),
  ])
  if (result.status === 'fulfilled') return result.value
  // This fails only where something before had failed already, and that says what is wrong.
  await connection.run(UNDO, []).catch(() => undefined)
  throw result.reason
}
