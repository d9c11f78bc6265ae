import { applyChanges } from '../changeset/apply.ts'
import {
  type Action,
  type AnyChangeset,
  type Base,
  type Changeset,
  changesetOf,
  withState,
} from '../changeset/changeset.ts'
import { invalidChangeset } from '../changeset/invalid-changeset.ts'
import { QueryError } from '../errors.ts'
import { EMPTY } from '../query/model.ts'
import { plainStatement, preparedStatement, quoted } from '../query/statement.ts'
import { associationNamed, primaryKey } from '../schema/associations.ts'
import { loadedOn, rowWith } from '../schema/instance.ts'
import { type Row } from '../schema/row.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'
import { columnList, filledOnInsert, filledOnUpdate, loadedRow } from './columns.ts'
import { type Context, runGuarded } from './context.ts'
import { attempt, type Saved } from './attempt.ts'
import { toWrite } from './dump.ts'
import { conflictClause } from './on-conflict.ts'
import { checkOptions } from './options.ts'
import { stale } from './stale.ts'
import { StatementText } from './statement-text.ts'
import { andOwned, changesOfTenant, newRowOfTenant } from './tenant-writes.ts'
import { type RawRow } from './wire.ts'
import {
  type AnyInsertOptions,
  DELETE_OPTIONS,
  type DeleteOptions,
  INSERT_OPTIONS,
  UPDATE_OPTIONS,
  type UpdateOptions,
} from './write-options.ts'

export async function insert<S extends AnySchema, Spec>(
  context: Context,
  base: Base<S, Spec>,
  options: AnyInsertOptions = {},
): Promise<Saved<S, Spec>> {
  checkOptions('repo.insert()', options, INSERT_OPTIONS)
  const changeset = begin(base, 'insert')
  if (!changeset.valid) return { ok: false, changeset }
  const { schema } = changeset
  const values = newRowOfTenant(context, schema, insertValues(context, changeset), 'repo.insert()')
  const columns = schema.columns.filter(({ name }) => Object.hasOwn(values, name))
  const text = new StatementText()
  const cells = columns.map((column) =>
    text.value(toWrite(schema, column, values[column.name], 'repo.insert()')),
  )
  const row =
    columns.length === 0
      ? 'default values'
      : `(${columnList(columns)}) values (${cells.join(', ')})`
  const conflict = conflictClause(context, schema, options, 'repo.insert()', text)
  return attempt(changeset, 'insert', async () => {
    const { rows } = await runGuarded(context, {
      // Not prepared: there are as many texts as sets of columns, and each connection would keep them.
      statement: plainStatement(
        `insert into ${quoted(schema.source)} ${row}${conflict} returning ${columnList(schema.columns)}`,
      ),
      values: text.values,
    })
    if (rows[0]) return { ok: true, value: merged(changeset, rows[0]) }
    if (options.onConflict === 'nothing') return { ok: true, value: applyChanges(changeset) }
    return stale(changeset, 'insert', options)
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
  options: UpdateOptions = {},
): Promise<Saved<S, Spec>> {
  checkOptions('repo.update()', options, UPDATE_OPTIONS)
  const changeset = begin(given, 'update')
  if (!changeset.valid) return { ok: false, changeset }
  const { schema, changes, force } = changeset
  if (Object.keys(changes).length === 0 && !force && options.force !== true)
    return { ok: true, value: changeset.row }
  const values: Record<string, unknown> = {
    ...filledOnUpdate(schema, context.now()),
    ...changesOfTenant(context, { schema, state: EMPTY }, changes, 'repo.update()'),
  }
  const columns = schema.columns.filter(({ name }) => Object.hasOwn(values, name))
  const key = keyOf(changeset, 'update')
  const sets = columns.map(({ column }, index) => `${quoted(column)} = $${index + 2}`)
  const sent = [
    key.value,
    ...columns.map((column) => toWrite(schema, column, values[column.name], 'repo.update()')),
  ]
  const where = `${quoted(key.column.column)} = $1${andOwned(context, schema, sent)}`
  return attempt(changeset, 'update', async () => {
    const { rows } = await runGuarded(context, {
      statement: plainStatement(
        `update ${quoted(schema.source)} set ${sets.join(', ')} where ${where} returning ${columnList(schema.columns)}`,
      ),
      values: sent,
    })
    if (!rows[0]) return stale(changeset, 'update', options)
    return { ok: true, value: merged(changeset, rows[0]) }
  })
}

export async function remove<S extends AnySchema, Spec>(
  context: Context,
  base: Base<S, Spec>,
  options: DeleteOptions = {},
): Promise<Saved<S, Spec>> {
  checkOptions('repo.delete()', options, DELETE_OPTIONS)
  const changeset = begin(base, 'delete')
  if (!changeset.valid) return { ok: false, changeset }
  const { schema } = changeset
  const key = keyOf(changeset, 'delete')
  const sent = [key.value]
  const where = `${quoted(key.column.column)} = $1${andOwned(context, schema, sent)}`
  return attempt(changeset, 'delete', async () => {
    const { count } = await runGuarded(context, {
      statement: preparedStatement(`delete from ${quoted(schema.source)} where ${where}`),
      values: sent,
    })
    if (count === 0) return stale(changeset, 'delete', options)
    return { ok: true, value: rowWith(changeset.row, 'deleted') }
  })
}

export function orThrow<S extends AnySchema, Spec>(
  saved: Saved<S, Spec>,
  action: Action | 'insertOrUpdate',
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
