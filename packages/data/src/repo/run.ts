import {
  type Compilable,
  type DeleteResult,
  type InsertResult,
  type MergeResult,
  type RawBuilder,
  type UpdateResult,
} from 'kysely'

import { TransactionError } from '../errors.ts'
import { camelCase } from '../names.ts'
import { plainStatement } from '../query/statement.ts'
import { builder } from '../query/tables.ts'
import {
  parseArray,
  parseBoolean,
  parseBytes,
  parseInteger,
  parseJson,
  parseNumber,
  parseTimestamptz,
} from '../schema/parse.ts'
import { type Context, run } from './context.ts'
import { type RawResult } from './connection/wire.ts'
import { recordStatement } from './recording/recorded.ts'

/** What Kysely's builders and its `sql` template make. */
export type Runnable<Row> = Compilable<Row> | RawBuilder<Row>

/** The rows that come back: none, from a write without `returning`. */
export type RowsOf<Row> = (Row extends InsertResult | UpdateResult | DeleteResult | MergeResult
  ? never
  : Row)[]

const kysely = builder<unknown>()

/** What is known of a statement beside its SQL. */
export interface RunOptions {
  /** The tables it reads, for `repo.recorded`, where its SQL is written by hand. */
  readonly reads?: readonly string[]
}

/** Runs what Kysely built. There is no schema to say how columns are read, so their types say it. */
export async function runCompiled<Row>(
  context: Context,
  query: Runnable<Row>,
  { reads }: RunOptions = {},
): Promise<RowsOf<Row>> {
  const { sql, parameters, query: node } = query.compile(kysely)
  refuseControl(sql)
  recordStatement(context, node, reads)
  const result = await run(context, { statement: plainStatement(sql), values: parameters })
  // Kysely inferred the result's type from the same select list that named the columns.
  return describedRows(result) as RowsOf<Row>
}

const CONTROL =
  /^(?:\s|--.*\n|\/\*[^]*?\*\/)*(?:begin|start|commit|end|abort|prepare\s+transaction|rollback(?!\s+(?:\w+\s+)?to\b))\b/i

/** @throws TransactionError: connections are shared, and what one does to its transaction happens to others. */
function refuseControl(sql: string): void {
  if (!CONTROL.test(sql)) return
  throw new TransactionError(
    `repo.run() was given "${sql}", which begins or ends a transaction that the repo would not know of. ` +
      `Use repo.transaction(), repo.savepoint() and repo.rollback().`,
  )
}

/** Rows of a result that says what its columns are. */
export function describedRows({ rows, fields }: RawResult): { [name: string]: unknown }[] {
  const columns = fields.map(({ name, dataTypeID }) => ({
    name: camelCase(name),
    parse: PARSERS[dataTypeID],
  }))
  return rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name, parse }, index) => {
        const text = row[index] ?? null
        return [name, text === null || !parse ? text : parse(text)]
      }),
    ),
  )
}

/** By the ids PostgreSQL gives its own types (`pg_type.oid`). Any other type is read as text. */
const PARSERS: { readonly [oid: number]: (text: string) => unknown } = {
  16: parseBoolean,
  17: parseBytes,
  20: parseInteger,
  21: parseNumber,
  23: parseNumber,
  114: parseJson,
  700: parseNumber,
  701: parseNumber,
  1007: (text) => parseArray(text, parseNumber),
  1009: (text) => parseArray(text, String),
  1016: (text) => parseArray(text, parseInteger),
  1184: parseTimestamptz,
  3802: parseJson,
}
