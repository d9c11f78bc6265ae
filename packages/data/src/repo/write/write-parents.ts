import {
  type AnyChangeset,
  changesetOf,
  withChanges,
  withState,
} from '../../changeset/changeset.ts'
import { sameValue } from '../../changeset/put-field.ts'
import { relatedChangesets } from '../../changeset/related-changesets.ts'
import { type AnyRowOf, isUnstored, ofAnySchema } from '../../changeset/relation.ts'
import { ChangesetError } from '../../errors.ts'
import { titleOf } from '../../names.ts'
import { type KeyedAssociation } from '../../schema/associations.ts'
import { refuseForeignRows } from '../tenancy/tenant-writes.ts'
import { writePlan } from './write-plan.ts'
import {
  asGiven,
  type Change,
  isLeaving,
  type Item,
  previousOf,
  refuseMismatch,
  type Tree,
  withTenantOf,
} from './write-related.ts'

/** What came of the rows that a row belongs to: the row's changeset, with their keys; or what failed, and where. */
export type ParentsWritten =
  | {
      readonly ok: true
      readonly changeset: AnyChangeset
      readonly rows: { readonly [name: string]: AnyRowOf | null }
      /** To be deleted once the row no longer leads to them. */
      readonly leaving: readonly Leaving[]
    }
  | Failure

export interface Failure {
  readonly ok: false
  readonly name: string
  readonly change: Change
}

interface Leaving {
  readonly name: string
  readonly item: Item
  readonly given: AnyChangeset | null
}

/** Writes the rows that a row belongs to, and gives the row their keys. */
export async function writeParents(tree: Tree, changeset: AnyChangeset): Promise<ParentsWritten> {
  let keyed = changeset
  const rows: Record<string, AnyRowOf | null> = {}
  const leaving: Leaving[] = []
  for (const association of writePlan(changeset.schema).associations) {
    const { name, kind } = association
    if (kind !== 'belongsTo' || !Object.hasOwn(changeset.changes, name)) continue
    const [child] = relatedChangesets(changeset, name)
    if (child) refuseMismatch(association, { changeset }, child)
    leaving.push(...leavingOf(tree, association, changeset, child))
    let row: AnyRowOf | null = null
    if (child && !isLeaving(child)) {
      const [written] = await tree.write([{ changeset: child, allowStale: tree.allowStale }])
      if (written && !written.ok) {
        return { ok: false, name, change: asGiven(child, written.changeset) }
      }
      row = written?.row ?? null
      if (row) {
        refuseForeignRows(
          tree.writer.context,
          association.target,
          [row],
          `the association "${name}" was given`,
        )
      }
    }
    rows[name] = row
    keyed = withForeignKey(keyed, association, row)
    if (row) keyed = withTenantOf(association.target, row, keyed)
  }
  return { ok: true, changeset: keyed, rows, leaving }
}

/** Deletes the rows that a row belonged to, where the association says so. */
export async function deleteLeaving(
  tree: Tree,
  leaving: readonly Leaving[],
): Promise<Failure | undefined> {
  for (const { name, item, given } of leaving) {
    const [written] = await tree.write([item])
    if (!written || written.ok) continue
    return { ok: false, name, change: given && asGiven(given, written.changeset) }
  }
  return undefined
}

function leavingOf(
  tree: Tree,
  association: KeyedAssociation,
  changeset: AnyChangeset,
  child: AnyChangeset | undefined,
): readonly Leaving[] {
  const { name, onReplace, target } = association
  if (child?.action === 'delete') {
    if (isUnstored(child.row, target)) return []
    return [{ name, item: { changeset: child, allowStale: tree.allowStale }, given: child }]
  }
  const previous = previousOf(association, changeset)
  if (!previous || (onReplace !== 'delete' && onReplace !== 'deleteIfExists')) return []
  const item = {
    changeset: withState(changesetOf(previous), { action: 'delete' }),
    allowStale: tree.allowStale || onReplace === 'deleteIfExists',
  }
  return [{ name, item, given: child ?? null }]
}

function withForeignKey(
  changeset: AnyChangeset,
  { name, ownerKey, targetKey }: KeyedAssociation,
  parent: AnyRowOf | null,
): AnyChangeset {
  const { schema, row, changes, action } = changeset
  const key: unknown = parent === null ? null : Reflect.get(parent, targetKey.name)
  const held: unknown = Reflect.get(row, ownerKey.name)
  const isChanged = Object.hasOwn(changes, ownerKey.name)
  const said: unknown = isChanged ? Reflect.get(changes, ownerKey.name) : held
  const isSaid = isChanged || (action === 'insert' && held != null)
  if (isSaid && !sameValue(ownerKey.field, said, key)) {
    throw new ChangesetError(
      `cannot change the association "${name}" of ${titleOf(schema)}, as its foreign key "${ownerKey.name}" is set to ` +
        `${JSON.stringify(said)} as well, which is another row. Change one of the two.`,
    )
  }
  if (sameValue(ownerKey.field, held, key)) return changeset
  return withChanges(ofAnySchema(changeset), { ...changes, [ownerKey.name]: key })
}
