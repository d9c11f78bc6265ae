import { NotFoundError, QueryError } from '../../errors.ts'
import { allOf, anyOf, compared } from '../../query/conditions.ts'
import { type Condition, EMPTY } from '../../query/model.ts'
import { schemaOf } from '../../schema/instance.ts'
import { type Row, type RowOf } from '../../schema/row.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { type Context } from '../context.ts'
import { rowsOf } from './read.ts'

/**
 * The rows as they are now in the database, in the given order and with nothing loaded; undefined in the
 * place of one that is gone.
 */
export async function reload<S extends AnySchema>(
  context: Context,
  rows: readonly RowOf<S>[],
): Promise<(Row<S> | undefined)[]> {
  const [first] = rows
  if (!first) return []
  const schema = schemaOf(first)
  refuseMixed(schema, rows)
  const keys = rows.map((row) => keyOf(schema, row))
  const state = { ...EMPTY, conditions: conditionsFor(schema, keys) }
  const found = await rowsOf<S, unknown>(context, { schema, state })
  const byKey = new Map(found.map((row) => [textOf(keyOf(schema, row)), row]))
  return keys.map((key) => byKey.get(textOf(key)))
}

/** @throws NotFoundError when one is gone. */
export async function reloadOrThrow<S extends AnySchema>(
  context: Context,
  rows: readonly RowOf<S>[],
): Promise<Row<S>[]> {
  const found = await reload(context, rows)
  return rows.map((row, index) => {
    const fresh = found[index]
    if (fresh !== undefined) return fresh
    const schema = schemaOf(row)
    const key = Object.entries(keyOf(schema, row)).map(
      ([name, value]) => `${name} ${String(value)}`,
    )
    throw new NotFoundError(
      schema,
      `with ${key.join(', ')}: could not reload it, maybe it doesn't exist or was deleted`,
    )
  })
}

type Key = { readonly [field: string]: unknown }

/** @throws QueryError for a row that was never stored, and for a schema without a primary key. */
function keyOf<S extends AnySchema>(schema: S, row: RowOf<S>): Key {
  const entries = schema.primaryKey.map(({ name }) => [name, Reflect.get(row, name)] as const)
  const missing = entries.find(([, value]) => value === null || value === undefined)
  if (entries.length > 0 && !missing) return Object.fromEntries(entries)
  throw new QueryError(
    missing
      ? `repo.reload() finds rows of "${schema.source}" by their primary key, and "${missing[0]}" of this one is ${String(missing[1])}: it was never stored.`
      : `repo.reload() finds rows by their primary key, which "${schema.source}" does not have.`,
  )
}

function textOf(key: Key): string {
  return JSON.stringify(Object.values(key))
}

function conditionsFor(schema: AnySchema, keys: readonly Key[]): readonly Condition[] {
  const is = (column: Column, operator: 'in' | '=', value: unknown): Condition =>
    compared(schema, 'repo.reload()', { alias: undefined, column }, operator, value)
  const [only, ...others] = schema.primaryKey
  if (only && others.length === 0)
    return [
      is(
        only,
        'in',
        keys.map((key) => key[only.name]),
      ),
    ]
  const each = keys.flatMap(
    (key) => allOf(schema.primaryKey.map((column) => is(column, '=', key[column.name]))) ?? [],
  )
  const any = anyOf(each)
  return any ? [any] : []
}

function refuseMixed(schema: AnySchema, rows: readonly RowOf<AnySchema>[]): void {
  const other = rows.find((row) => schemaOf(row) !== schema)
  if (!other) return
  throw new QueryError(
    `repo.reload() takes rows of one schema, got: "${schema.source}" and "${schemaOf(other).source}"`,
  )
}
