import { type AnyChangeset, changesetOf, withState } from '../../changeset/changeset.ts'
import { relatedChangesets } from '../../changeset/related-changesets.ts'
import { type AnyRowOf, isUnstored, keyIn } from '../../changeset/relation.ts'
import { dumped } from '../../query/cast-value.ts'
import { preparedStatement, quoted } from '../../query/statement.ts'
import { type JoinTable, type ManyToManyAssociation } from '../../schema/associations.ts'
import { build } from '../../schema/instance.ts'
import { type Values } from '../../schema/row.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { refused } from './attempt.ts'
import { StatementText } from './statement-text.ts'
import { andOwned, refuseForeignRows } from '../tenancy/tenant-writes.ts'
import { insertRow, type Writer } from './write-row.ts'
import {
  failedAt,
  isLeaving,
  type Owner,
  refuseMismatch,
  type RelationWritten,
  type Tree,
  withTenantOf,
  type Written,
} from './write-related.ts'

/**
 * Writes the rows of a `manyToMany`, and those between the two. A row that leaves is no longer joined;
 * itself it stays.
 */
export async function writeManyToMany(
  tree: Tree,
  association: ManyToManyAssociation,
  owner: Owner,
): Promise<RelationWritten> {
  const { name, target } = association
  const given = relatedChangesets(owner.changeset, name)
  for (const child of given) refuseMismatch(association, owner, child)
  const leaving = given.filter((child) => isLeaving(child) && !isUnstored(child.row, target))
  await Promise.all(leaving.map((child) => unjoin(tree.writer, association, owner.row, child.row)))
  const staying = given.flatMap((child, at) => (isLeaving(child) ? [] : [{ child, at }]))
  const written = await tree.write(
    staying.map(({ child }) => ({
      changeset: withTenantOf(owner.changeset.schema, owner.row, child),
      allowStale: tree.allowStale,
    })),
  )
  const rows: AnyRowOf[] = []
  for (const [index, one] of written.entries()) {
    const { at = 0 } = staying[index] ?? {}
    if (!one.ok) return failedAt(given, at, true, one.changeset)
    rows.push(one.row)
  }
  const joined = await Promise.allSettled(
    staying.map(({ child }, index) => joinRow(tree.writer, association, owner, child, rows[index])),
  )
  for (const [index, one] of joined.entries()) {
    if (one.status === 'rejected') throw one.reason
    if (!one.value.ok) {
      return failedAt(given, staying[index]?.at ?? 0, true, one.value.changeset)
    }
  }
  return { ok: true, value: rows }
}

/** Puts a row between the two, unless there is one. */
async function joinRow(
  writer: Writer,
  association: ManyToManyAssociation,
  owner: Owner,
  child: AnyChangeset,
  row: AnyRowOf | undefined,
): Promise<Written> {
  if (!row || isJoined(association, owner, child)) return { ok: true, row: row ?? child.row }
  const { join, ownerKey, targetKey, target } = association
  refuseForeignRows(
    writer.context,
    target,
    [row],
    `the association "${association.name}" was given`,
  )
  const keys = {
    [join.owner.name]: Reflect.get(owner.row, ownerKey.name),
    [join.target.name]: Reflect.get(row, targetKey.name),
  }
  try {
    await (join.schema
      ? insertJoin(writer, association, join.schema, owner, keys)
      : insertIntoTable(writer, association, keys))
  } catch (error) {
    const { constraints } = owner.changeset
    return { ok: false, changeset: refused(error, child, 'insert', constraints, join.source) }
  }
  return { ok: true, row }
}

/** Whether there is a row between the two already. */
function isJoined(
  { name, target }: ManyToManyAssociation,
  { changeset: { row, action } }: Owner,
  child: AnyChangeset,
): boolean {
  if (action === 'insert' || child.action === 'insert' || !Object.hasOwn(row, name)) return false
  // The association is one to rows, and the row holds it.
  const held = Reflect.get(row, name) as readonly AnyRowOf[]
  const key = keyIn(target, child.row)
  return held.some((one) => keyIn(target, one) === key)
}

async function insertJoin(
  writer: Writer,
  { join }: ManyToManyAssociation,
  schema: AnySchema,
  owner: Owner,
  keys: Readonly<Record<string, unknown>>,
): Promise<void> {
  const defaults = typeof join.defaults === 'function' ? join.defaults(owner.row) : join.defaults
  // The options of the association hold these to the join schema's fields.
  const values = { ...plainValues(join.where), ...defaults } as Values<AnySchema>
  const options = join.onConflict === 'nothing' ? { onConflict: 'nothing' as const } : {}
  const joining = withState(changesetOf(build(schema, values)), { action: 'insert' })
  const { changes } = withTenantOf(owner.changeset.schema, owner.row, joining)
  await insertRow(writer, joining, { ...changes, ...keys }, options)
}

/** What each row between the two has to be as well, as far as it says one value. */
function plainValues(where: { readonly [field: string]: unknown }): { [field: string]: unknown } {
  return Object.fromEntries(
    Object.entries(where).filter(
      ([, value]) => typeof value !== 'object' || value === null || value instanceof Date,
    ),
  )
}

async function insertIntoTable(
  writer: Writer,
  { join, ownerKey, targetKey }: ManyToManyAssociation,
  keys: { readonly [column: string]: unknown },
): Promise<void> {
  const types: { readonly [column: string]: Column } = {
    [join.owner.column]: ownerKey,
    [join.target.column]: targetKey,
  }
  const cells = Object.entries({ ...plainValues(join.where), ...keys }).map(([column, value]) => {
    const type = types[column]
    return [column, type ? dumped(type, value) : value] as const
  })
  const columns = cells.map(([column]) => quoted(column)).join(', ')
  const values = cells.map((_, index) => `$${index + 1}`).join(', ')
  const conflict = join.onConflict === 'nothing' ? ' on conflict do nothing' : ''
  await writer.send({
    statement: preparedStatement(
      `insert into ${quoted(join.source)} (${columns}) values (${values})${conflict}`,
    ),
    values: cells.map(([, value]) => value),
  })
}

async function unjoin(
  writer: Writer,
  association: ManyToManyAssociation,
  owner: AnyRowOf,
  row: AnyRowOf,
): Promise<void> {
  const { join, targetKey } = association
  const key = dumped(targetKey, Reflect.get(row, targetKey.name))
  await deleteJoins(
    writer,
    association,
    owner,
    (text) => ` and ${quoted(join.target.column)} = ${text.value(key)}`,
  )
}

/** Deletes the rows between a row and others: all of them, or those that `also` says. */
export async function deleteJoins(
  { context, send }: Writer,
  { join, ownerKey }: ManyToManyAssociation,
  owner: AnyRowOf,
  also: (text: StatementText) => string = () => '',
): Promise<void> {
  const text = new StatementText()
  const key = dumped(ownerKey, Reflect.get(owner, ownerKey.name))
  const where = `${quoted(join.owner.column)} = ${text.value(key)}${also(text)}${andWhere(join, text)}`
  const owned = join.schema ? andOwned(context, join.schema, text.values) : ''
  await send({
    statement: preparedStatement(`delete from ${quoted(join.source)} where ${where}${owned}`),
    values: text.values,
  })
}

/** ` and "role" = $3`: rows between the two that are of another association stay. */
function andWhere({ schema, where }: JoinTable, text: StatementText): string {
  const conditions = Object.entries(plainValues(where)).map(([name, value]) => {
    const column = schema?.columns.find((one) => one.name === name)
    const place = quoted(column?.column ?? name)
    if (value === null) return ` and ${place} is null`
    return ` and ${place} = ${text.value(column ? dumped(column, value) : value)}`
  })
  return conditions.join('')
}
