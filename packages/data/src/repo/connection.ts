import { type Client, type ClientBase, type Pool, type PoolClient } from 'pg'

import { type Statement } from '../query/statement.ts'

/** Rows as PostgreSQL's text, column by column, and how many rows were read or written. */
export interface RawResult {
  readonly rows: readonly RawRow[]
  readonly count: number
  /** What the columns are called, and the ids of their types. */
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
}

export type RawRow = readonly (string | null)[]

/** Something that runs statements: a pool of connections, or the one connection of a transaction. */
export interface Connection {
  run(statement: Statement, values: readonly unknown[]): Promise<RawResult>
}

/** A connection of which one can be had alone, for a transaction. */
export interface Database extends Connection {
  /** Takes a connection out, for this function alone. */
  alone<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const asText = { getTypeParser: () => (text: string) => text }

export function poolDatabase(pool: Pool): Database {
  return {
    run: (statement, values) => runOn(pool, statement, values),
    async alone(work) {
      const client = await pool.connect()
      let broken: Error | undefined
      const remember = (error: Error) => {
        broken = error
      }
      client.on('error', remember)
      try {
        return await work({ run: (statement, values) => runOn(client, statement, values) })
      } finally {
        client.off('error', remember)
        client.release(broken)
      }
    },
    close: () => pool.end(),
  }
}

export async function runOn(
  client: Pool | PoolClient | Client | ClientBase,
  { text, name }: Statement,
  values: readonly unknown[],
): Promise<RawResult> {
  const result = await client.query<(string | null)[]>({
    text,
    ...(name === undefined ? {} : { name }),
    values: [...values],
    rowMode: 'array',
    types: asText,
  })
  return { rows: result.rows, count: result.rowCount ?? 0, fields: result.fields }
}
