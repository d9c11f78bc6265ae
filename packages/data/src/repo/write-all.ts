import { UnknownFieldError } from '../errors.ts'
import { dumped } from '../query/cast-value.ts'
import { compileDelete, compileUpdate } from '../query/compile.ts'
import { type Source, sourceOf } from '../query/source.ts'
import { plainStatement, quoted } from '../query/statement.ts'
import { fallbackOf } from '../schema/instance.ts'
import { type NewRow, type Row, type Values } from '../schema/row.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'
import { columnList, filledOnInsert, loadedRow } from './columns.ts'
import { type Context, run } from './context.ts'
import { type RawResult } from './wire.ts'

/** The protocol counts parameters in 16 bits. */
const MOST_PARAMETERS = 65_535

export async function insertAll<S extends AnySchema>(
  context: Context,
  schema: S,
  rows: readonly NewRow<S>[],
): Promise<Row<S>[]> {
  const complete = rows.map((row) => newRowValues(context, schema, row))
  const columns = schema.columns.filter(({ name }) => complete.some((row) => name in row))
  const atOnce = Math.floor(MOST_PARAMETERS / Math.max(1, columns.length))
  const inserted: Row<S>[] = []
  for (let start = 0; start < complete.length; start += atOnce) {
    const some = complete.slice(start, start + atOnce)
    const result = await insertTogether(context, schema, columns, some)
    for (const raw of result.rows) inserted.push(loadedRow(schema, raw))
  }
  return inserted
}

function insertTogether(
  context: Context,
  schema: AnySchema,
  columns: readonly Column[],
  rows: readonly Record<string, unknown>[],
): Promise<RawResult> {
  const values: unknown[] = []
  const tuples = rows.map((row) => {
    const cells = columns.map((column) => {
      const value = row[column.name]
      return value === undefined ? 'default' : `$${values.push(dumped(column, value))}`
    })
    return `(${cells.join(', ')})`
  })
  const into = `${quoted(schema.source)} (${columnList(columns)})`
  const text = `insert into ${into} values ${tuples.join(', ')} returning ${columnList(schema.columns)}`
  return run(context, { statement: plainStatement(text), values })
}

function newRowValues(context: Context, schema: AnySchema, row: object): Record<string, unknown> {
  for (const name of Object.keys(row)) refuseUnknown(schema, name, 'insertAll()')
  const withFallback = schema.columns.filter(({ field }) => field.fallback !== undefined)
  return {
    ...Object.fromEntries(withFallback.map(({ name }) => [name, fallbackOf(schema, name)])),
    ...filledOnInsert(schema, context.now()),
    ...row,
  }
}

export async function updateAll<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
  set: Values<S>,
): Promise<number> {
  const { schema, state } = sourceOf(source)
  for (const name of Object.keys(set)) refuseUnknown(schema, name, 'updateAll()')
  const given = schema.columns.filter(({ name }) => Object.hasOwn(set, name))
  const values = given.map((column) => [column.name, dumped(column, Reflect.get(set, column.name))])
  const { count } = await run(context, compileUpdate(schema, state, Object.fromEntries(values)))
  return count
}

export async function deleteAll<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
): Promise<number> {
  const { schema, state } = sourceOf(source)
  const { count } = await run(context, compileDelete(schema, state))
  return count
}

function refuseUnknown(schema: AnySchema, name: string, call: string): void {
  if (!Object.hasOwn(schema.fields, name)) throw new UnknownFieldError(schema, name, call)
}
