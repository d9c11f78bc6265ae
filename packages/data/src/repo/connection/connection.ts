import { type Pool } from 'pg'

import { plainStatement, type Statement } from '../../query/statement.ts'
import { type RawResult, send } from './wire.ts'

/** Something that runs statements: many connections, or the one of a transaction. */
export interface Connection {
  run(statement: Statement, values: readonly unknown[], times?: Times): Promise<RawResult>
}

/** When a statement was asked for, and when it left: written on its way, where somebody listens. */
export interface Times {
  readonly askedAt: number
  sentAt?: number
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
      return await work({ run: inTurn((...call) => send(client, ...call)) })
    } finally {
      client.off('error', remember)
      client.release(broken)
    }
  }
  return {
    run: (...call) => alone((connection) => connection.run(...call)),
    alone,
    // Whoever opened the pool closes it.
    close: async () => undefined,
  }
}

/** A connection answers one statement at a time; what comes meanwhile waits its turn. */
function inTurn(run: Connection['run']): Connection['run'] {
  const turn = oneAtATime()
  return (...call) => turn(() => run(...call))
}

/** Runs what it is given one after the other, in the order it was given. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}

/**
 * One connection as a whole database: what runs on it takes turns, and a transaction takes one turn as
 * a whole.
 */
export class OneConnection implements Database {
  readonly #connection: Connection
  readonly #over: () => Error
  readonly #turn = oneAtATime()
  #closed = false

  /** `over` is what is thrown at those who come after the end. */
  constructor(connection: Connection, over: () => Error) {
    this.#connection = connection
    this.#over = over
  }

  run(...call: Parameters<Connection['run']>): ReturnType<Connection['run']> {
    return this.#inTurn(() => this.#connection.run(...call))
  }

  alone<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return this.#inTurn(() => work(this.#connection))
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#turn(async () => undefined)
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw this.#over()
    return this.#turn(work)
  }
}

/** The savepoint to which a statement that fails is undone. */
export const SAVEPOINT = {
  set: 'savepoint statement',
  release: 'release savepoint statement',
  undo: plainStatement('rollback to savepoint statement'),
} as const

/** Runs a statement so that its failure leaves the transaction around it as it was, and usable. */
export async function runGuarded(
  connection: Connection,
  statement: Statement,
  values: readonly unknown[],
  times?: Times,
): Promise<RawResult> {
  const between = { before: [SAVEPOINT.set], after: [SAVEPOINT.release] }
  try {
    return await connection.run({ ...statement, ...between }, values, times)
  } catch (error) {
    // This fails only where something before had failed already, and that says what is wrong.
    await connection.run(SAVEPOINT.undo, []).catch(() => undefined)
    throw error
  }
}
