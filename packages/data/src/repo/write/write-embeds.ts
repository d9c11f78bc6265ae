import { type AnyChangeset, changesetOf, withState } from '../../changeset/changeset.ts'
import { relatedChangesets } from '../../changeset/related-changesets.ts'
import { type AnyRowOf, described, isUnstored, ofAnySchema } from '../../changeset/relation.ts'
import { ChangesetError, PrimaryKeyError } from '../../errors.ts'
import { titleOf } from '../../names.ts'
import { rowWith, stateOf } from '../../schema/instance.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { toWrite } from './dump.ts'
import { type Writable, writePlan } from './write-plan.ts'

/** What is done with the row around. */
type OwnerAction = 'insert' | 'update'

/**
 * The changes of a changeset, with rows in the place of the changesets of its embeds: their ids made,
 * their timestamps set. The changes themselves where no embed changes.
 *
 * @throws ChangesetError for an embedded row that would be updated or deleted inside a new row ·
 * PrimaryKeyError · ChangeError
 */
export function withEmbeddedRows(
  changeset: AnyChangeset,
  action: OwnerAction,
  now: Date,
): { readonly [name: string]: unknown } {
  const { schema, changes } = changeset
  const { embeds } = writePlan(schema)
  const changed = embeds.filter(
    (column) =>
      Object.hasOwn(changes, column.name) || (action === 'insert' && isNew(changeset, column)),
  )
  if (changed.length === 0) return changes as { readonly [name: string]: unknown }
  const rows = changed.map(
    (column) => [column.name, embeddedRows(changeset, column, action, now)] as const,
  )
  return { ...changes, ...Object.fromEntries(rows) }
}

/** Whether the embed holds rows as they were built, whose ids are yet to be made. */
function isNew({ row }: AnyChangeset, { name }: Column): boolean {
  return rowsIn(Reflect.get(row, name)).some((one) => stateOf(one) === 'built')
}

function rowsIn(value: unknown): readonly AnyRowOf[] {
  if (value == null) return []
  // Fields with an embed hold its rows: reading, building and changesets see to it.
  return Array.isArray(value) ? (value as AnyRowOf[]) : [value as AnyRowOf]
}

function embeddedRows(
  changeset: AnyChangeset,
  { name, field }: Column,
  action: OwnerAction,
  now: Date,
): unknown {
  const { row, changes } = changeset
  const related = Object.hasOwn(changes, name)
    ? relatedChangesets(changeset, name)
    : rowsIn(Reflect.get(row, name)).map((one) => withState(changesetOf(one), { action: 'insert' }))
  const rows = related.flatMap((one) => embeddedRow(one, name, action, now) ?? [])
  return field.type.embed?.many ? rows : (rows[0] ?? null)
}

/** The row of an embed as it will be stored; nothing, where it is deleted. */
function embeddedRow(
  changeset: AnyChangeset,
  name: string,
  ownerAction: OwnerAction,
  now: Date,
): AnyRowOf | undefined {
  const { schema, row, changes, action } = changeset
  const isNew = isUnstored(row, schema)
  if (ownerAction === 'insert' && action !== 'insert' && !isNew) {
    throw new ChangesetError(
      `cannot ${String(action)} ${described(row, schema)} in "${name}" while inserting the row around it, which has none yet.`,
    )
  }
  if (action === 'delete' || action === 'replace') return undefined
  if (action === 'update' && Object.keys(changes).length === 0) return row
  if (action === 'update') checkKey(row, schema)
  const { inserted, updated } = writePlan(schema)
  const kind = action === 'update' ? 'update' : 'insert'
  const own = { ...withEmbeddedRows(changeset, kind, now), ...foreignKeys(changeset) }
  const values = filled(row, schema, own, kind === 'insert' ? inserted : updated, kind, now)
  return rowWith(row, 'loaded', values)
}

function filled(
  row: AnyRowOf,
  schema: AnySchema,
  changes: { readonly [name: string]: unknown },
  columns: readonly Writable[],
  action: OwnerAction,
  now: Date,
): object {
  const values: Record<string, unknown> = {}
  for (const { name } of schema.virtuals) {
    if (Object.hasOwn(changes, name)) values[name] = changes[name]
  }
  for (const { column, name, fill } of columns) {
    const isChange = Object.hasOwn(changes, name)
    const isMissing = action === 'update' || Reflect.get(row, name) == null
    const value = isChange ? changes[name] : isMissing ? fill?.(now) : undefined
    if (value === undefined) continue
    toWrite(schema, column, value, 'writing an embed')
    values[name] = value
  }
  return values
}

/** The keys of the rows that were put in the `belongsTo`s of an embedded row. */
function foreignKeys(changeset: AnyChangeset): object {
  const { schema, changes } = changeset
  const keys: Record<string, unknown> = {}
  for (const { name, kind, ownerKey, targetKey } of writePlan(schema).associations) {
    if (!Object.hasOwn(changes, name)) continue
    const [child] = relatedChangesets(changeset, name)
    const isStored =
      !child || (child.action === 'update' && Object.keys(child.changes).length === 0)
    if (kind !== 'belongsTo' || !isStored) {
      throw new ChangesetError(
        `the association "${name}" of ${titleOf(schema)} would have rows written, which an embed does not do: ` +
          `it keeps the foreign key of a stored row. Write the row before, and put it there as it is.`,
      )
    }
    keys[ownerKey.name] = child ? Reflect.get(child.row, targetKey.name) : null
  }
  return keys
}

function checkKey(row: AnyRowOf, schema: AnySchema): void {
  for (const { name } of schema.primaryKey) {
    if (Reflect.get(row, name) != null) continue
    throw new PrimaryKeyError(
      `an embedded row of ${titleOf(schema)} is to be updated that has no "${name}": it was never stored.`,
    )
  }
}

/** Whether a row in an embed, however deep, has functions to run before it is written. */
export function hasPreparedEmbeds(changeset: AnyChangeset): boolean {
  return writePlan(changeset.schema).embeds.some(({ name }) =>
    relatedChangesets(changeset, name).some(
      (one) => one.prepare.length > 0 || hasPreparedEmbeds(one),
    ),
  )
}

/** The changeset, with the functions run that the rows in its embeds are to be prepared with. */
export async function withPreparedEmbeds(
  changeset: AnyChangeset,
  prepare: (embedded: AnyChangeset) => Promise<AnyChangeset>,
): Promise<AnyChangeset> {
  if (!hasPreparedEmbeds(changeset)) return changeset
  let { changes, valid }: { changes: object; valid: boolean } = changeset
  for (const { name, field } of writePlan(changeset.schema).embeds) {
    const prepared: AnyChangeset[] = []
    for (const one of relatedChangesets(changeset, name)) {
      prepared.push(await withPreparedEmbeds(await prepare(one), prepare))
    }
    if (prepared.length === 0) continue
    valid &&= prepared.every((one) => one.valid)
    changes = { ...changes, [name]: field.type.embed?.many ? prepared : prepared[0] }
  }
  const whole = ofAnySchema(changeset)
  return withState(whole, { changes, valid })
}
