import {
  type AnyChangeset,
  changesetOf,
  withChanges,
  withState,
} from '../../changeset/changeset.ts'
import { sameValue } from '../../changeset/put-field.ts'
import { relatedChangesets } from '../../changeset/related-changesets.ts'
import {
  type AnyRowOf,
  described,
  isUnstored,
  keyIn,
  ofAnySchema,
} from '../../changeset/relation.ts'
import { ChangesetError } from '../../errors.ts'
import { titleOf } from '../../names.ts'
import { type KeyedAssociation } from '../../schema/associations.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { tenantOfOwner } from '../../schema/tenant.ts'
import { type Writer } from './write-row.ts'
import { type WrittenAssociation } from './write-plan.ts'

/** What writing one changeset came to, with what is in its relations. */
export type Written =
  | { readonly ok: true; readonly row: AnyRowOf }
  | { readonly ok: false; readonly changeset: AnyChangeset }

/** A changeset that says by its action how it is to be written. */
export interface Item {
  readonly changeset: AnyChangeset
  /** Whether it may find no row to write to. */
  readonly allowStale: boolean
}

/** What the relations of a row are written with. */
export interface Tree {
  readonly writer: Writer
  readonly allowStale: boolean
  /** Writes one after the other, up to the first that fails. */
  readonly write: (items: readonly Item[]) => Promise<readonly Written[]>
}

/** A row whose relations are written: the changeset that says so, and what is stored of it. */
export interface Owner {
  readonly changeset: AnyChangeset
  readonly row: AnyRowOf
}

/** The change of a relation. */
export type Change = AnyChangeset | readonly AnyChangeset[] | null

/** What writing a relation came to: the rows that it has now; or its change, with what is wrong. */
export type RelationWritten =
  | { readonly ok: true; readonly value: AnyRowOf | readonly AnyRowOf[] | null }
  | { readonly ok: false; readonly change: Change }

/** Writes the rows of a `hasOne` or `hasMany`, which hold the key of the row that they belong to. */
export async function writeHas(
  tree: Tree,
  association: KeyedAssociation,
  owner: Owner,
): Promise<RelationWritten> {
  const { name, many } = association
  const given = relatedChangesets(owner.changeset, name)
  const previous = many ? undefined : previousOf(association, owner.changeset)
  if (previous) {
    // What it holds may have to be free for the new one.
    await tree.write([replacement(tree, association, changesetOf(previous))])
  }
  const items = given.flatMap((child, at) => {
    refuseMismatch(association, owner, child)
    const item = itemFor(tree, association, owner, child)
    return item ? [{ ...item, at }] : []
  })
  const written = await tree.write(items)
  const rows: AnyRowOf[] = []
  for (const [index, one] of written.entries()) {
    const { at = 0 } = items[index] ?? {}
    const child = given[at]
    if (!one.ok) return failedAt(given, at, many, one.changeset, association.targetKey.name)
    if (child && !isLeaving(child)) rows.push(one.row)
  }
  return { ok: true, value: many ? rows : (rows[0] ?? null) }
}

function itemFor(
  tree: Tree,
  association: KeyedAssociation,
  owner: Owner,
  child: AnyChangeset,
): Item | undefined {
  if (isLeaving(child) && isUnstored(child.row, association.target)) return undefined
  if (child.action === 'replace') return replacement(tree, association, child)
  if (child.action === 'delete') return { changeset: child, allowStale: tree.allowStale }
  const { ownerKey, targetKey } = association
  const keyed = withKey(child, targetKey.name, Reflect.get(owner.row, ownerKey.name))
  return {
    changeset: withTenantOf(owner.changeset.schema, owner.row, keyed),
    allowStale: tree.allowStale,
  }
}

/** How a row is written that is left out of a `has…`: deleted, or let go. */
function replacement(
  tree: Tree,
  { onReplace, targetKey }: KeyedAssociation,
  child: AnyChangeset,
): Item {
  const isDeleted = onReplace === 'delete' || onReplace === 'deleteIfExists'
  const left = ofAnySchema(isDeleted ? child : withKey(child, targetKey.name, null))
  return {
    changeset: withState(left, { action: isDeleted ? 'delete' : 'update' }),
    allowStale: tree.allowStale || onReplace === 'deleteIfExists',
  }
}

/** The row of a relation to one that its change puts another, or none, in the place of. */
export function previousOf(
  { name, target }: WrittenAssociation,
  { row, changes, action }: AnyChangeset,
): AnyRowOf | undefined {
  if (action === 'insert' || !Object.hasOwn(row, name)) return undefined
  // The association is one to one row, and the row holds it.
  const held = Reflect.get(row, name) as AnyRowOf | null
  const change = Reflect.get(changes, name) as AnyChangeset | null
  if (held === null || isUnstored(held, target)) return undefined
  return change && keyIn(target, change.row) === keyIn(target, held) ? undefined : held
}

/** A changeset that sets this key, unless its row has it already. */
function withKey(changeset: AnyChangeset, name: string, value: unknown): AnyChangeset {
  const { schema, row, changes, action } = changeset
  const field = schema.fields[name]
  const proposed: unknown = Object.hasOwn(changes, name)
    ? Reflect.get(changes, name)
    : Reflect.get(row, name)
  if (action !== 'insert' && field && sameValue(field, proposed, value)) return changeset
  return withChanges(ofAnySchema(changeset), { ...changes, [name]: value })
}

/** A changeset for a row of the same tenant as another row, where it is for a new one that does not say whose. */
export function withTenantOf(
  owner: AnySchema,
  ownerRow: object,
  changeset: AnyChangeset,
): AnyChangeset {
  const { schema, row, changes, action } = changeset
  if (action !== 'insert') return changeset
  const missing = Object.entries(tenantOfOwner(schema, owner, ownerRow)).filter(
    ([name]) =>
      (Object.hasOwn(changes, name) ? Reflect.get(changes, name) : Reflect.get(row, name)) == null,
  )
  if (missing.length === 0) return changeset
  return withChanges(ofAnySchema(changeset), { ...changes, ...Object.fromEntries(missing) })
}

export function isLeaving({ action }: AnyChangeset): boolean {
  return action === 'delete' || action === 'replace'
}

/** @throws ChangesetError for a row that is to leave a row which is only being made. */
export function refuseMismatch(
  { name, target }: { readonly name: string; readonly target: AnySchema },
  { changeset: { schema, action } }: Pick<Owner, 'changeset'>,
  child: AnyChangeset,
): void {
  if (action !== 'insert' || !isLeaving(child) || isUnstored(child.row, target)) return
  throw new ChangesetError(
    `cannot ${String(child.action)} ${described(child.row, target)} through "${name}" while inserting a row of ` +
      `${titleOf(schema)}, which has none yet. Use repo.delete() for it.`,
  )
}

/** The change of a relation in which the changeset at this place has failed. */
export function failedAt(
  given: readonly AnyChangeset[],
  at: number,
  many: boolean,
  failed: AnyChangeset,
  key?: string,
): RelationWritten {
  const change = given.map((child, index) => (index === at ? asGiven(child, failed, key) : child))
  return { ok: false, change: many ? change : (change[0] ?? null) }
}

/** What failed, without what the repo itself had added to it. */
export function asGiven(given: AnyChangeset, failed: AnyChangeset, key?: string): AnyChangeset {
  const whole = ofAnySchema(failed)
  const added = new Set([key, given.schema.tenant?.name])
  const own = (changes: object, isAdded: boolean) =>
    Object.entries(changes).filter(([name]) => added.has(name) === isAdded)
  const changes = Object.fromEntries([...own(failed.changes, false), ...own(given.changes, true)])
  return withState(withChanges(whole, changes), { action: given.action })
}
