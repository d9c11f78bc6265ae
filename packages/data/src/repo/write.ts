import {
  type Action,
  type Changeset,
  change,
  changesetOf,
  withState,
  addError,
} from '../changeset/changeset.ts'
import { type Constraint } from '../changeset/constraint.ts'
import { errorMessages } from '../changeset/messages.ts'
import { ConstraintError, InvalidChangesetError, QueryError, StaleRowError } from '../errors.ts'
import { compileDelete, compileUpdate } from '../query/compile.ts'
import { type Source, sourceOf } from '../query/from.ts'
import { dumped } from '../query/cast-value.ts'
import { plainStatement, preparedStatement, quoted } from '../query/statement.ts'
import { associationNamed, primaryKey } from '../schema/associations.ts'
import { type FilledBy } from '../schema/field.ts'
import { fallbackOf, isRow, loadedOn, rowWith } from '../schema/instance.ts'
import { type NewRow, type Row, type RowOf, type Values } from '../schema/row.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'
import { shapeOf } from '../schema/shape.ts'
import { type Context, run, runGuarded } from './context.ts'
import { type RawRow } from './wire.ts'

/** What a write came to: the row as it now is, or the changeset with what is wrong. */
export type Saved<S extends AnySchema> =
  | { readonly ok: true; readonly value: Row<S> }
  | { readonly ok: false; readonly changeset: Changeset<S> }

export async function insert<S extends AnySchema>(
  context: Context,
  base: RowOf<S> | Changeset<S>,
): Promise<Saved<S>> {
  const changeset = begin(base, 'insert')
  if (!changeset.valid) return { ok: false, changeset }
  const { schema } = changeset
  const values = insertValues(context, changeset)
  const columns = schema.columns.filter(({ name }) => Object.hasOwn(values, name))
  const text =
    columns.length === 0
      ? `insert into ${quoted(schema.source)} default values`
      : `insert into ${quoted(schema.source)} (${namesOf(columns)}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`
  return attempt(changeset, 'insert', async () => {
    const { rows } = await runGuarded(context, {
      statement: preparedStatement(`${text} returning ${namesOf(schema.columns)}`),
      values: columns.map((column) => dumped(column, values[column.name])),
    })
    return merged(changeset, rows[0])
  })
}

/** What is null on the row is left to the database's default; what is null in the changes is written. */
function insertValues(
  context: Context,
  { schema, row, changes }: Changeset<AnySchema>,
): Record<string, unknown> {
  const stored = Object.fromEntries(
    schema.columns
      .map(({ name }): [string, unknown] => [name, Reflect.get(row, name)])
      .filter(([, value]) => value != null),
  )
  const filled = filledNow(context, schema, ['repo on insert', 'repo on insert and update'])
  return { ...filled, ...stored, ...changes }
}

export async function update<S extends AnySchema>(
  context: Context,
  given: Changeset<S>,
): Promise<Saved<S>> {
  const changeset = begin(given, 'update')
  if (!changeset.valid) return { ok: false, changeset }
  const { schema, changes } = changeset
  if (Object.keys(changes).length === 0) return { ok: true, value: changeset.row }
  const values: Record<string, unknown> = {
    ...filledNow(context, schema, ['repo on insert and update']),
    ...changes,
  }
  const columns = schema.columns.filter(({ name }) => Object.hasOwn(values, name))
  const key = keyOf(changeset, 'update')
  const sets = columns.map(({ column }, index) => `${quoted(column)} = $${index + 2}`)
  return attempt(changeset, 'update', async () => {
    const { rows } = await runGuarded(context, {
      statement: preparedStatement(
        `update ${quoted(schema.source)} set ${sets.join(', ')} where ${quoted(key.column.column)} = $1 returning ${namesOf(schema.columns)}`,
      ),
      values: [key.value, ...columns.map((column) => dumped(column, values[column.name]))],
    })
    if (!rows[0]) throw new StaleRowError(schema, 'update', key.value)
    return merged(changeset, rows[0])
  })
}

export async function remove<S extends AnySchema>(
  context: Context,
  base: RowOf<S> | Changeset<S>,
): Promise<Saved<S>> {
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

export function orThrow<S extends AnySchema>(saved: Saved<S>, action: Action): Row<S> {
  if (saved.ok) return saved.value
  throw new InvalidChangesetError(saved.changeset.schema, action, errorMessages(saved.changeset))
}

export async function insertAll<S extends AnySchema>(
  context: Context,
  schema: S,
  rows: readonly NewRow<S>[],
): Promise<Row<S>[]> {
  const complete = rows.map((row) => newRowValues(context, schema, row))
  const columns = schema.columns.filter(({ name }) =>
    complete.some((row) => Object.hasOwn(row, name)),
  )
  const atOnce = Math.floor(MOST_PARAMETERS / Math.max(1, columns.length))
  const inserted: Row<S>[] = []
  for (let start = 0; start < complete.length; start += atOnce) {
    const values: unknown[] = []
    const tuples = complete.slice(start, start + atOnce).map((row) => {
      const cells = columns.map((column) =>
        row[column.name] === undefined
          ? 'default'
          : `$${values.push(dumped(column, row[column.name]))}`,
      )
      return `(${cells.join(', ')})`
    })
    const text = `insert into ${quoted(schema.source)} (${namesOf(columns)}) values ${tuples.join(', ')} returning ${namesOf(schema.columns)}`
    const result = await run(context, { statement: plainStatement(text), values })
    for (const raw of result.rows) inserted.push(loaded(schema, raw))
  }
  return inserted
}

const MOST_PARAMETERS = 65_535

function newRowValues(context: Context, schema: AnySchema, row: object): Record<string, unknown> {
  const fallbacks = Object.fromEntries(
    schema.columns
      .filter(({ field }) => field.fallback !== undefined)
      .map(({ name }) => [name, fallbackOf(schema, name)]),
  )
  return {
    ...fallbacks,
    ...filledNow(context, schema, ['repo on insert', 'repo on insert and update']),
    ...row,
  }
}

export async function updateAll<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
  set: Values<S>,
): Promise<number> {
  const { schema, state } = sourceOf(source)
  const dump = ([name, value]: [string, unknown]) => {
    const column = schema.columns.find((candidate) => candidate.name === name)
    if (!column)
      throw new QueryError(
        `updateAll() on "${schema.source}" was given "${name}", which is not a field.`,
      )
    return [name, dumped(column, value)] as const
  }
  const { count } = await run(
    context,
    compileUpdate(schema, state, Object.fromEntries(Object.entries(set).map(dump))),
  )
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

function begin<S extends AnySchema>(base: RowOf<S> | Changeset<S>, action: Action): Changeset<S> {
  const changeset = isRow(base) ? change(base) : changesetOf(base)
  if (changeset.action !== undefined && changeset.action !== action) {
    throw new QueryError(`a changeset for ${changeset.action} was given to repo.${action}()`)
  }
  return withState(changeset, { action })
}

/** Runs the statement; a violated constraint that the changeset declares becomes an error on its field. */
async function attempt<S extends AnySchema>(
  changeset: Changeset<S>,
  action: Action,
  statement: () => Promise<Row<S>>,
): Promise<Saved<S>> {
  try {
    return { ok: true, value: await statement() }
  } catch (error) {
    const violated = violationOf(error)
    if (!violated) throw error
    const declared = changeset.constraints.findLast(
      ({ type, name }) => type === violated.type && name === violated.name,
    )
    if (!declared) {
      const attempted = { action, source: changeset.schema.source }
      throw new ConstraintError(violated, attempted, changeset.constraints, { cause: error })
    }
    const meta = { constraint: declared.type, constraintName: violated.name }
    return { ok: false, changeset: addError(changeset, declared.field, declared.message, meta) }
  }
}

const VIOLATIONS: { readonly [code: string]: Constraint['type'] | 'exclusion' } = {
  23505: 'unique',
  23503: 'foreign key',
  23001: 'foreign key',
  23514: 'check',
  '23P01': 'exclusion',
}

function violationOf(error: unknown): { type: string; name: string } | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('constraint' in error)) return undefined
  const type = VIOLATIONS[String(error.code)]
  return type === undefined ? undefined : { type, name: String(error.constraint) }
}

function filledNow(
  context: Context,
  schema: AnySchema,
  by: readonly FilledBy[],
): Record<string, Date> {
  const columns = schema.columns.filter(({ field }) => by.includes(field.filledBy))
  const now = context.now()
  return Object.fromEntries(columns.map(({ name }) => [name, now]))
}

function keyOf(
  { schema, row }: Changeset<AnySchema>,
  action: string,
): { column: Column; value: unknown } {
  const column = primaryKey(schema, `repo.${action}() finds the row by it`)
  const value: unknown = Reflect.get(row, column.name)
  if (value != null) return { column, value }
  throw new QueryError(
    `repo.${action}() was given a row of "${schema.source}" without "${column.name}": it was never stored.`,
  )
}

/** The row as the database has it now. What was loaded stays, unless its foreign key moved. */
function merged<S extends AnySchema>(changeset: Changeset<S>, raw: RawRow | undefined): Row<S> {
  const { schema, row, changes } = changeset
  const moved = loadedOn(row).filter((name) => {
    const association = associationNamed(schema, name)
    return association.kind === 'belongsTo' && Object.hasOwn(changes, association.ownerKey.name)
  })
  return rowWith(row, 'loaded', raw ? loaded(schema, raw) : {}, moved)
}

function loaded<S extends AnySchema>(schema: S, raw: RawRow): Row<S> {
  // The statement returned every column of this schema, in its order.
  return shapeOf(schema, 'loaded').fromText(raw) as Row<S>
}

function namesOf(columns: readonly Column[]): string {
  return columns.map(({ column }) => quoted(column)).join(', ')
}
