import {
  type Action,
  type AnyChangeset,
  type Base,
  type Changeset,
  changesetOf,
  withState,
} from '../changeset/changeset.ts'
import { invalidChangeset } from '../changeset/invalid-changeset.ts'
import { QueryError, StaleRowError } from '../errors.ts'
import { dumped } from '../query/cast-value.ts'
import { plainStatement, preparedStatement, quoted } from '../query/statement.ts'
import { associationNamed, primaryKey } from '../schema/associations.ts'
import { loadedOn, rowWith } from '../schema/instance.ts'
import { type Row } from '../schema/row.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'
import { columnList, filledOnInsert, filledOnUpdate, loadedRow } from './columns.ts'
import { type Context, runGuarded } from './context.ts'
import { attempt, type Saved } from './attempt.ts'
import { type RawRow } from './wire.ts'

export async function insert<S extends AnySchema, Spec>(
  context: Context,
  base: Base<S, Spec>,
): Promise<Saved<S, Spec>> {
  const changeset = begin(base, 'insert')
  if (!changeset.valid) return { ok: false, changeset }
  const { schema } = changeset
  const values = insertValues(context, changeset)
  const columns = schema.columns.filter(({ name }) => Object.hasOwn(values, name))
  const text =
    columns.length === 0
      ? `insert into ${quoted(schema.source)} default values`
      : `insert into ${quoted(schema.source)} (${columnList(columns)}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`
  return attempt(changeset, 'insert', async () => {
    const { rows } = await runGuarded(context, {
      // Not prepared: there are as many texts as sets of columns, and each connection would keep them.
      statement: plainStatement(`${text} returning ${columnList(schema.columns)}`),
      values: columns.map((column) => dumped(column, values[column.name])),
    })
    return merged(changeset, rows[0])
  })
}

/** What is null on the row is left to the database's default; what is null in the changes is written. */
function insertValues(
  context: Context,
  { schema, row, changes }: AnyChangeset,
): Record<string, unknown> {
  const stored = Object.fromEntries(
    schema.columns
      .map(({ name }): [string, unknown] => [name, Reflect.get(row, name)])
      .filter(([, value]) => value != null),
  )
  const filled = filledOnInsert(schema, context.now())
  return { ...filled, ...stored, ...changes }
}

export async function update<S extends AnySchema, Spec>(
  context: Context,
  given: Changeset<S, Spec>,
): Promise<Saved<S, Spec>> {
  const changeset = begin(given, 'update')
  if (!changeset.valid) return { ok: false, changeset }
  const { schema, changes } = changeset
  if (Object.keys(changes).length === 0) return { ok: true, value: changeset.row }
  const values: Record<string, unknown> = {
    ...filledOnUpdate(schema, context.now()),
    ...changes,
  }
  const columns = schema.columns.filter(({ name }) => Object.hasOwn(values, name))
  const key = keyOf(changeset, 'update')
  const sets = columns.map(({ column }, index) => `${quoted(column)} = $${index + 2}`)
  return attempt(changeset, 'update', async () => {
    const { rows } = await runGuarded(context, {
      statement: plainStatement(
        `update ${quoted(schema.source)} set ${sets.join(', ')} where ${quoted(key.column.column)} = $1 returning ${columnList(schema.columns)}`,
      ),
      values: [key.value, ...columns.map((column) => dumped(column, values[column.name]))],
    })
    if (!rows[0]) throw new StaleRowError(schema, 'update', key.value)
    return merged(changeset, rows[0])
  })
}

export async function remove<S extends AnySchema, Spec>(
  context: Context,
  base: Base<S, Spec>,
): Promise<Saved<S, Spec>> {
  const changeset = begin(base, 'delete')
  if (!changeset.valid) return { ok: false, changeset }
  const { schema } = changeset
  const key = keyOf(changeset, 'delete')
  return attempt(changeset, 'delete', async () => {
    const { count } = await runGuarded(context, {
      statement: preparedStatement(
        `delete from ${quoted(schema.source)} where ${quoted(key.column.column)} = $1`,
      ),
      values: [key.value],
    })
    if (count === 0) throw new StaleRowError(schema, 'delete', key.value)
    return rowWith(changeset.row, 'deleted')
  })
}

export function orThrow<S extends AnySchema, Spec>(
  saved: Saved<S, Spec>,
  action: Action,
): Row<S, Spec> {
  if (saved.ok) return saved.value
  throw invalidChangeset(saved.changeset, action)
}

function begin<S extends AnySchema, Spec>(base: Base<S, Spec>, action: Action): Changeset<S, Spec> {
  const changeset = changesetOf(base)
  if (changeset.action !== undefined && changeset.action !== action) {
    throw new QueryError(`a changeset for ${changeset.action} was given to repo.${action}()`)
  }
  return withState(changeset, { action })
}

function keyOf({ schema, row }: AnyChangeset, action: string): { column: Column; value: unknown } {
  const column = primaryKey(schema, `repo.${action}() finds the row by it`)
  const value: unknown = Reflect.get(row, column.name)
  if (value != null) return { column, value }
  throw new QueryError(
    `repo.${action}() was given a row of "${schema.source}" without "${column.name}": it was never stored.`,
  )
}

/** The row as the database has it now. What was loaded stays, unless its foreign key moved. */
function merged<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  raw: RawRow | undefined,
): Row<S, Spec> {
  const { schema, row, changes } = changeset
  const moved = loadedOn(row).filter((name) => {
    const association = associationNamed(schema, name)
    return association.kind === 'belongsTo' && Object.hasOwn(changes, association.ownerKey.name)
  })
  return rowWith(row, 'loaded', raw ? loadedRow(schema, raw) : {}, moved)
}
