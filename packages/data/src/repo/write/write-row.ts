import { type AnyChangeset } from '../../changeset/changeset.ts'
import { ChangeError, PrimaryKeyError } from '../../errors.ts'
import { titleOf } from '../../names.ts'
import { type BoundStatement } from '../../query/compile.ts'
import { EMPTY } from '../../query/model.ts'
import { plainStatement, quoted } from '../../query/statement.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { columnList } from './columns.ts'
import { type Context } from '../context.ts'
import { toWrite } from './dump.ts'
import { conflictClause } from './on-conflict.ts'
import { StatementText } from './statement-text.ts'
import { andOwned, changesOfTenant, newRowOfTenant } from '../tenancy/tenant-writes.ts'
import { type RawResult, type RawRow } from '../connection/wire.ts'
import { type AnyInsertOptions } from './write-options.ts'
import { plannedStatement, writePlan } from './write-plan.ts'

/** What rows are written with, in one call of the repo. */
export interface Writer {
  readonly context: Context
  /** One moment for all that is written. */
  readonly now: Date
  readonly send: (bound: BoundStatement) => Promise<RawResult>
  /** Hears what the preparations of a changeset made of it. */
  readonly onPrepared?: (given: AnyChangeset, prepared: AnyChangeset) => void
}

type Values = { readonly [name: string]: unknown }

/**
 * The three functions that write one row send their statement before they wait for anything: who calls
 * several without waiting has them sent in that order.
 *
 * Stores a new row of these values, with nulls of the row left to the database's defaults. Gives what
 * the database has; nothing, where a conflict left nothing to write.
 *
 * @throws ChangeError for a value of another type than its field's · TenantError
 */
export async function insertRow(
  { context, now, send }: Writer,
  { schema, row }: AnyChangeset,
  changes: Values,
  options: AnyInsertOptions,
): Promise<RawRow | undefined> {
  const call = 'repo.insert()'
  const plan = writePlan(schema)
  refuseUnwritable(schema, plan.refused.insert, changes, call)
  const columns: Column[] = []
  const cells: unknown[] = []
  let key = 'insert'
  for (const { column, name, fill } of plan.inserted) {
    const isChange = Object.hasOwn(changes, name)
    let value: unknown = isChange ? changes[name] : Reflect.get(row, name)
    if (!isChange && value == null) value = fill?.(now)
    if (column === schema.tenant) value = tenantOf(context, schema, column, value, call)
    // Undefined: nobody gave it, and nobody fills it but the database.
    if (value === undefined) continue
    key += ` ${column.index}`
    columns.push(column)
    cells.push(toWrite(schema, column, value, call))
  }
  const { onConflict = 'raise' } = options
  if (onConflict === 'raise' && options.conflictTarget === undefined) {
    const statement = plannedStatement(plan, key, () => insertText(schema, columns, ''))
    return (await send({ statement, values: cells })).rows[0]
  }
  const text = new StatementText()
  text.values.push(...cells)
  const conflict = conflictClause(context, schema, options, call, text)
  const statement = plainStatement(insertText(schema, columns, conflict))
  return (await send({ statement, values: text.values })).rows[0]
}

function tenantOf(
  context: Context,
  schema: AnySchema,
  { name }: Column,
  value: unknown,
  call: string,
): unknown {
  return newRowOfTenant(context, schema, { [name]: value }, call)[name]
}

function insertText(schema: AnySchema, columns: readonly Column[], conflict: string): string {
  const cells = columns.map((_, index) => `$${index + 1}`).join(', ')
  const row = columns.length === 0 ? 'default values' : `(${columnList(columns)}) values (${cells})`
  return `insert into ${quoted(schema.source)} ${row}${conflict} returning ${columnList(schema.columns)}`
}

/** Whether an update of these changes would set a column, or refuse to; a forced one sets at least what the repo fills. */
export function writesColumns(schema: AnySchema, changes: object, isForced: boolean): boolean {
  const { updated, refused } = writePlan(schema)
  return (
    updated.some(({ name, fill }) => (isForced && fill) || Object.hasOwn(changes, name)) ||
    refused.update.some(({ name }) => Object.hasOwn(changes, name))
  )
}

/**
 * Sets these values in a row, and what the repo fills. Gives what the database has; nothing, where the
 * row is not there, or is not what the changeset's filters say.
 *
 * @throws ChangeError · PrimaryKeyError · TenantError
 */
export async function updateRow(
  { context, now, send }: Writer,
  { schema, row, filters }: AnyChangeset,
  given: Values,
): Promise<RawRow | undefined> {
  const call = 'repo.update()'
  const plan = writePlan(schema)
  const changes = schema.tenant
    ? changesOfTenant(context, { schema, state: EMPTY }, given, call)
    : given
  refuseUnwritable(schema, plan.refused.update, changes, call)
  const values = keyOf(schema, row, call)
  const columns: Column[] = []
  let key = 'update'
  for (const { column, name, fill } of plan.updated) {
    const value = Object.hasOwn(changes, name) ? changes[name] : fill?.(now)
    if (value === undefined) continue
    key += ` ${column.index}`
    columns.push(column)
    values.push(toWrite(schema, column, value, call))
  }
  const and = besideKey(context, schema, filters, values, call)
  const statement = plannedStatement(plan, key + and, () => {
    const start = schema.primaryKey.length + 1
    const sets = columns.map(({ column }, index) => `${quoted(column)} = $${start + index}`)
    return `update ${quoted(schema.source)} set ${sets.join(', ')} where ${byKey(schema)}${and} returning ${columnList(schema.columns)}`
  })
  const { rows, count } = await send({ statement, values })
  refuseSeveral(schema, row, count, call)
  return rows[0]
}

function refuseUnwritable(
  schema: AnySchema,
  columns: readonly Column[],
  changes: Values,
  call: string,
): void {
  const column = columns.find(({ name }) => Object.hasOwn(changes, name))
  if (!column) return
  throw new ChangeError(
    `${call} for ${titleOf(schema)} cannot write "${column.name}", which is writable('${column.field.whenWritable}').`,
  )
}

/** Deletes a row, and says whether it was there. @throws PrimaryKeyError · TenantError */
export async function deleteRow(
  { context, send }: Writer,
  { schema, row, filters }: AnyChangeset,
): Promise<boolean> {
  const call = 'repo.delete()'
  const values = keyOf(schema, row, call)
  const and = besideKey(context, schema, filters, values, call)
  const statement = plannedStatement(
    writePlan(schema),
    `delete${and}`,
    () => `delete from ${quoted(schema.source)} where ${byKey(schema)}${and}`,
  )
  const { count } = await send({ statement, values })
  refuseSeveral(schema, row, count, call)
  return count > 0
}

/** The values of the primary key, as the driver sends them. */
function keyOf(schema: AnySchema, row: object, call: string): unknown[] {
  if (schema.primaryKey.length === 0) {
    throw new PrimaryKeyError(
      `${call} finds a row of ${titleOf(schema)} by its primary key, and the schema has none. ` +
        `Add id: t.id(), or .primaryKey() to the fields that are it.`,
    )
  }
  return schema.primaryKey.map((column) => {
    const value: unknown = Reflect.get(row, column.name)
    if (value != null) return toWrite(schema, column, value, call)
    throw new PrimaryKeyError(
      `${call} was given a row of ${titleOf(schema)} without "${column.name}": it was never stored.`,
    )
  })
}

function byKey({ primaryKey }: AnySchema): string {
  return primaryKey.map(({ column }, index) => `${quoted(column)} = $${index + 1}`).join(' and ')
}

/** What else a row must be to be written to: what the filters say, and one of the repo's tenants'. */
function besideKey(
  context: Context,
  schema: AnySchema,
  filters: Values,
  values: unknown[],
  call: string,
): string {
  let text = ''
  for (const name of Object.keys(filters)) {
    const column = schema.columns.find((one) => one.name === name)
    // A filter of a virtual field asks the database nothing.
    if (!column) continue
    const value = filters[name]
    text +=
      value == null
        ? ` and ${quoted(column.column)} is null`
        : ` and ${quoted(column.column)} = $${values.push(toWrite(schema, column, value, call))}`
  }
  return text + andOwned(context, schema, values)
}

function refuseSeveral(schema: AnySchema, row: object, count: number, call: string): void {
  if (count <= 1) return
  const key = schema.primaryKey.map(({ name }) => `${name} ${String(Reflect.get(row, name))}`)
  throw new PrimaryKeyError(
    `${call} was to write one row of ${titleOf(schema)} and found ${count} with ${key.join(' and ')}: ` +
      `what the schema calls its primary key is none in the database.`,
  )
}
