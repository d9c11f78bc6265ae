import {
  addError,
  type AnyChangeset,
  isChangeset,
  type Preparation,
  withChanges,
  withState,
} from '../../changeset/changeset.ts'
import { sameValue } from '../../changeset/put-field.ts'
import { relatedChange } from '../../changeset/put-relation.ts'
import { type AnyRowOf, ofAnySchema, relationNamed } from '../../changeset/relation.ts'
import { ChangesetError, QueryError } from '../../errors.ts'
import { titleOf } from '../../names.ts'
import { associationNamed } from '../../schema/associations.ts'
import { loadedOn, rowWith, stateOf } from '../../schema/instance.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { refused } from './attempt.ts'
import { stale } from './stale.ts'
import { refuseForeignRows } from '../tenancy/tenant-writes.ts'
import { type RawRow } from '../connection/wire.ts'
import { deleteAssociated } from './write-deleted.ts'
import { hasPreparedEmbeds, withEmbeddedRows, withPreparedEmbeds } from './write-embeds.ts'
import { writeManyToMany } from './write-many-to-many.ts'
import { type AnyInsertOptions, type DeleteOptions, type UpdateOptions } from './write-options.ts'
import { deleteLeaving, type Failure, writeParents } from './write-parents.ts'
import { writePlan } from './write-plan.ts'
import { type Item, type Tree, type Written, writeHas } from './write-related.ts'
import { deleteRow, insertRow, updateRow, type Writer, writesColumns } from './write-row.ts'

/** What the three writes may be told; each looks at its own. */
export type RowOptions = AnyInsertOptions & UpdateOptions & DeleteOptions

/**
 * Writes what a changeset says, by its action, and everything in its relations: what it belongs to
 * first, then its own row, then what belongs to it. A failure comes back as the changeset that was
 * given, with what failed in its place; whoever calls this undoes the rest.
 */
export async function writeTree(
  writer: Writer,
  given: AnyChangeset,
  options: RowOptions,
): Promise<Written> {
  if (isIdle(given, options)) return { ok: true, row: given.row }
  // What hangs on a row is written although the row itself need not be, so that is looked at first.
  if (given.action !== 'insert' && !isLeaf(given)) {
    refuseForeignRows(writer.context, given.schema, [given.row], `repo.${given.action}() was given`)
  }
  const prepared = await prepare(given)
  if (!prepared.valid) return { ok: false, changeset: prepared }
  writer.onPrepared?.(given, prepared)
  if (given.action === 'delete') {
    await deleteAssociated(writer, prepared)
    return writeOwn(writer, given, prepared, options)
  }
  const tree = treeOf(writer, options.allowStale === true)
  const parents = await writeParents(tree, prepared)
  if (!parents.ok) return failedIn(given, parents)
  const own = await writeOwn(writer, given, parents.changeset, options)
  if (!own.ok) return own
  refuseUnstored(prepared, own.row)
  const kept = await deleteLeaving(tree, parents.leaving)
  if (kept) return failedIn(given, kept)
  const children = await writeChildren(tree, prepared, own.row)
  if ('change' in children) return failedIn(given, children)
  const related = { ...parents.rows, ...children.rows }
  if (Object.keys(related).length === 0) return own
  return { ok: true, row: rowWith(own.row, 'loaded', related) }
}

/** @throws QueryError where rows would hang on one that a conflict kept out. */
function refuseUnstored({ schema, changes, action }: AnyChangeset, row: AnyRowOf): void {
  if (action !== 'insert' || stateOf(row) !== 'built') return
  const child = writePlan(schema).associations.find(
    ({ name, kind }) => kind !== 'belongsTo' && Object.hasOwn(changes, name),
  )
  if (!child) return
  throw new QueryError(
    `onConflict: 'nothing' left the row of ${titleOf(schema)} out, so there is none for the rows of "${child.name}". ` +
      `Insert the row alone, look at what is there, and update that.`,
  )
}

function treeOf(writer: Writer, allowStale: boolean): Tree {
  return { writer, allowStale, write: (items) => writeInOrder(writer, items) }
}

/**
 * Writes one after the other, up to the first that fails. Those that are one statement each are sent
 * together: they arrive in order, and after one that fails the database takes no other.
 */
async function writeInOrder(writer: Writer, items: readonly Item[]): Promise<readonly Written[]> {
  const all = items.map((item) => ({ ...item, changeset: surfaced(item.changeset) }))
  const written: Written[] = []
  while (written.length < all.length) {
    const rest = all.slice(written.length)
    const [first] = rest
    const end = rest.findIndex(({ changeset }) => !isLeaf(changeset))
    const leaves = end === -1 ? rest : rest.slice(0, end)
    const settled = await Promise.allSettled(
      leaves.length > 0 || !first
        ? leaves.map(({ changeset, allowStale }) =>
            writeOwn(writer, changeset, changeset, { allowStale }),
          )
        : [writeTree(writer, first.changeset, { allowStale: first.allowStale })],
    )
    for (const one of settled) {
      if (one.status === 'rejected') throw one.reason
      written.push(one.value)
      if (!one.value.ok) return written
    }
  }
  return written
}

/** Whether writing it is one statement at most. An invalid one is for `writeTree` to give back. */
export function isLeaf(changeset: AnyChangeset): boolean {
  const { schema, changes, valid, prepare: preparations, action } = changeset
  if (!valid || preparations.length > 0) return false
  const { associations, onDelete, embeds } = writePlan(schema)
  if (action === 'delete') return onDelete.length === 0
  return (
    associations.every(({ name }) => !Object.hasOwn(changes, name)) &&
    (embeds.length === 0 || !hasPreparedEmbeds(changeset))
  )
}

/** Whether more than one statement may have to be undone together. */
export function needsTransaction(changeset: AnyChangeset): boolean {
  const { schema, row, changes, prepare: preparations, action } = changeset
  if (preparations.length > 0 || action === 'delete' || hasPreparedEmbeds(changeset)) return true
  return writePlan(schema).associations.some(({ name, kind, onReplace }) => {
    if (!Object.hasOwn(changes, name)) return false
    const change: unknown = Reflect.get(changes, name)
    if (action === 'insert' && (change === null || (Array.isArray(change) && change.length === 0)))
      return false
    // Only its own foreign key changes, where it is put a row that is there.
    const isKept = onReplace === 'raise' || onReplace === 'nilify' || !Object.hasOwn(row, name)
    if (kind !== 'belongsTo' || !isKept) return true
    return change !== null && !(isChangeset(change) && isIdle(change, {}))
  })
}

/** An update that changes nothing. */
export function isIdle({ action, changes, force }: AnyChangeset, options: UpdateOptions): boolean {
  return (
    action === 'update' && !force && options.force !== true && Object.keys(changes).length === 0
  )
}

/** A changeset for an insert, with the rows that its row holds in associations among its changes. */
export function surfaced(changeset: AnyChangeset): AnyChangeset {
  const { schema, row, changes, action } = changeset
  if (action !== 'insert') return changeset
  let whole = ofAnySchema(changeset)
  for (const { name, many } of writePlan(schema).associations) {
    if (!Object.hasOwn(row, name) || Object.hasOwn(changes, name)) continue
    const held: unknown = Reflect.get(row, name)
    if (held === null || (Array.isArray(held) && held.length === 0)) continue
    const related = relatedChange(whole, relationNamed(schema, name), held, [])
    if (related.kind === 'changed') {
      whole = withState(withChanges(whole, { ...whole.changes, [name]: related.change }), {
        valid: whole.valid && related.valid,
      })
    } else if (related.kind === 'invalid') {
      whole = addError(whole, name, 'is invalid', { type: many ? 'array of map' : 'map' })
    }
  }
  return whole
}

async function prepare(given: AnyChangeset): Promise<AnyChangeset> {
  const prepared = await withPreparations(given)
  return prepared.valid ? withPreparedEmbeds(prepared, withPreparations) : prepared
}

async function withPreparations(given: AnyChangeset): Promise<AnyChangeset> {
  let changeset = given
  for (const preparation of given.prepare) {
    changeset = checkPrepared(given.schema, await preparation(changeset))
    if (!changeset.valid) return changeset
  }
  return changeset
}

function checkPrepared(
  schema: AnySchema,
  changeset: unknown,
): ReturnType<Preparation> & AnyChangeset {
  if (isChangeset(changeset) && changeset.schema === schema) return changeset
  throw new ChangesetError(
    `a function given to prepareChanges() for ${titleOf(schema)} must give a changeset of it back, ` +
      `and gave ${isChangeset(changeset) ? `one of ${titleOf(changeset.schema)}` : String(changeset)}.`,
  )
}

/** Writes the row itself. Sends its statement before it waits for anything. */
export async function writeOwn(
  writer: Writer,
  given: AnyChangeset,
  changeset: AnyChangeset,
  options: RowOptions,
): Promise<Written> {
  const { action, constraints } = changeset
  const kind = action === 'insert' ? 'insert' : action === 'delete' ? 'delete' : 'update'
  try {
    const row = await WRITES[kind](writer, changeset, options)
    if (row) return { ok: true, row }
  } catch (error) {
    return { ok: false, changeset: refused(error, given, kind, constraints) }
  }
  const saved = stale(ofAnySchema(given), kind, options)
  return saved.ok ? { ok: true, row: given.row } : saved
}

const WRITES = { insert: inserted, update: updated, delete: deleted }

async function inserted(
  writer: Writer,
  changeset: AnyChangeset,
  options: RowOptions,
): Promise<AnyRowOf | undefined> {
  const changes = withEmbeddedRows(changeset, 'insert', writer.now)
  const raw = await insertRow(writer, changeset, changes, options)
  if (raw) return savedRow(changeset, changes, raw)
  if (options.onConflict !== 'nothing') return undefined
  return rowWith(changeset.row, stateOf(changeset.row), ownValues(changeset.schema, changes))
}

async function updated(
  writer: Writer,
  changeset: AnyChangeset,
  { force, allowStale }: RowOptions,
): Promise<AnyRowOf | undefined> {
  const { schema, row } = changeset
  const changes = withEmbeddedRows(changeset, 'update', writer.now)
  const isForced = changeset.force || force === true
  if (!writesColumns(schema, changes, isForced)) {
    const virtual = ownValues(schema, changes)
    return Object.keys(virtual).length === 0 ? row : rowWith(row, stateOf(row), virtual)
  }
  const raw = await updateRow(writer, changeset, changes)
  if (raw) return savedRow(changeset, changes, raw)
  return allowStale === true ? rowWith(row, stateOf(row), ownValues(schema, changes)) : undefined
}

async function deleted(
  writer: Writer,
  changeset: AnyChangeset,
  { allowStale }: RowOptions,
): Promise<AnyRowOf | undefined> {
  const isDone = await deleteRow(writer, changeset)
  return isDone || allowStale === true ? rowWith(changeset.row, 'deleted') : undefined
}

/** The changes of fields, without those of associations. */
function ownValues({ fields }: AnySchema, changes: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(changes).filter(([name]) => Object.hasOwn(fields, name)))
}

/** The row as the database has it now, and what only the changeset knows: virtual fields and what was loaded. */
function savedRow(
  { schema, row, changes: given }: AnyChangeset,
  changes: { readonly [name: string]: unknown },
  raw: RawRow,
): AnyRowOf {
  const { fromText, embeds } = writePlan(schema)
  const fresh = fromText(raw)
  const loaded = loadedOn(row)
  if (loaded.length === 0 && schema.virtuals.length === 0 && embeds.length === 0) {
    // It has the prototype of this schema.
    return fresh as unknown as AnyRowOf
  }
  for (const { name } of schema.virtuals) {
    fresh[name] = Object.hasOwn(changes, name) ? changes[name] : Reflect.get(row, name)
  }
  for (const { name } of embeds) if (Object.hasOwn(changes, name)) fresh[name] = changes[name]
  const leftBehind = loaded.filter((name) => {
    const association = associationNamed(schema, name)
    if (association.kind !== 'belongsTo' || Object.hasOwn(given, name)) return false
    const { ownerKey, targetKey } = association
    const held: unknown = Reflect.get(row, name)
    const key: unknown = held == null ? null : Reflect.get(Object(held), targetKey.name)
    return !sameValue(ownerKey.field, fresh[ownerKey.name], key)
  })
  return rowWith(row, 'loaded', fresh, leftBehind)
}

/** Writes the rows that belong to a row, association by association. */
async function writeChildren(
  tree: Tree,
  changeset: AnyChangeset,
  row: AnyRowOf,
): Promise<{ readonly rows: object } | Failure> {
  const rows: Record<string, unknown> = {}
  const owner = { changeset, row }
  for (const association of writePlan(changeset.schema).associations) {
    const { name, kind } = association
    if (kind === 'belongsTo' || !Object.hasOwn(changeset.changes, name)) continue
    const written =
      kind === 'manyToMany'
        ? await writeManyToMany(tree, association, owner)
        : await writeHas(tree, association, owner)
    if (!written.ok) return { ok: false, name, change: written.change }
    rows[name] = written.value
  }
  return { rows }
}

/** The changeset that was given, with what failed in its place. */
function failedIn(given: AnyChangeset, { name, change }: Failure): Written {
  const whole = ofAnySchema(given)
  const changes = { ...given.changes, [name]: change }
  return { ok: false, changeset: withState(withChanges(whole, changes), { valid: false }) }
}
