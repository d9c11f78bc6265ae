import { inspect } from 'node:util'

import { ChangesetError, UnknownFieldError } from '../errors.ts'
import { associationNamed, associationNames } from '../schema/associations.ts'
import { fallbackOf, loadedOn, rowWith, stateOf } from '../schema/instance.ts'
import {
  type AssociationName,
  type FieldName,
  type Row,
  type RowLoadedWith,
  SCHEMA,
} from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type AnyChangeset, type Attempted, type Changeset, withState } from './changeset.ts'
import { invalidChangeset } from './invalid-changeset.ts'
import { sameValue } from './put-field.ts'
import { isRelation, stayingChangesets } from './related-changesets.ts'

/**
 * The row as it would be, valid or not, and its associated and embedded rows as they would be: those
 * that would be deleted or replaced are gone. A row put in a `belongsTo` sets the foreign key; a
 * foreign key that leads elsewhere now leaves the association not loaded.
 */
export function applyChanges<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
): Row<S, Spec> {
  const { row } = changeset
  return rowWith(row, stateOf(row), appliedValues(changeset), leftBehind(changeset))
}

function appliedValues(changeset: AnyChangeset): Record<string, unknown> {
  const { schema, changes } = changeset
  const values: Record<string, unknown> = { ...changes }
  for (const name of Object.keys(changes)) {
    if (!isRelation(schema, name)) continue
    const rows = appliedRows(changeset, name)
    values[name] = rows
    const association = Object.hasOwn(schema.fields, name)
      ? undefined
      : associationNamed(schema, name)
    if (association?.kind !== 'belongsTo') continue
    values[association.ownerKey.name] =
      rows === null ? null : Reflect.get(rows, association.targetKey.name)
  }
  return values
}

/** What a relation would hold: the rows of its changesets with their changes, less those that go. */
export function appliedRows(
  changeset: AnyChangeset,
  name: string,
): object | readonly object[] | null {
  // A changeset of any schema is one of its own.
  const rows = stayingChangesets(changeset, name).map(
    (one) => applyChanges(one as Changeset<AnySchema>) as object,
  )
  return Array.isArray(Reflect.get(changeset.changes, name)) ? rows : (rows[0] ?? null)
}

/** The associations whose rows are no longer those that their foreign keys name. */
function leftBehind({ schema, row, changes }: AnyChangeset): string[] {
  return loadedOn(row).filter((name) => {
    const association = associationNamed(schema, name)
    if (association.kind !== 'belongsTo' || Object.hasOwn(changes, name)) return false
    const { ownerKey, targetKey } = association
    if (!Object.hasOwn(changes, ownerKey.name)) return false
    const loaded = Reflect.get(row, name) as object | null
    const key: unknown = loaded === null ? null : Reflect.get(loaded, targetKey.name)
    return !sameValue(ownerKey.field, Reflect.get(changes, ownerKey.name), key)
  })
}

/** What applying a changeset came to: the row as it would be, or the changeset with what is wrong. */
export type Applied<S extends AnySchema, Spec = unknown> =
  | { readonly ok: true; readonly value: Row<S, Spec> }
  | { readonly ok: false; readonly changeset: Changeset<S, Spec> }

/**
 * The row as it would be when the changeset is valid; or else the changeset, with the action set, so
 * that a form shows what is wrong. For data that no repo stores: a search form, a payload, a step.
 *
 * @throws ChangesetError for an action that is no word.
 */
export function applyAction<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  action: Attempted,
): Applied<S, Spec> {
  checkAction(action)
  return changeset.valid
    ? { ok: true, value: applyChanges(changeset) }
    : { ok: false, changeset: withState(changeset, { action }) }
}

function checkAction(action: unknown): void {
  if (typeof action === 'string') return
  throw new ChangesetError(
    `applyAction() takes the name of what was attempted, such as 'insert', got: ${inspect(action, { depth: 0 })}.`,
  )
}

/** @throws InvalidChangesetError, which says what is wrong, what was sent and what came of it. */
export function applyActionOrThrow<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  action: Attempted,
): Row<S, Spec> {
  const applied = applyAction(changeset, action)
  if (applied.ok) return applied.value
  throw invalidChangeset(applied.changeset, action)
}

/**
 * A copy of a row in which these fields are at their defaults, and these associations not loaded.
 *
 * @throws UnknownFieldError
 */
export function resetFields<S extends AnySchema, Spec>(
  row: RowLoadedWith<S, Spec>,
  names: readonly (FieldName<S> | AssociationName<S>)[],
): Row<S, Spec> {
  const schema = row[SCHEMA]
  const related = associationNames(schema)
  const fields = names.filter((name) => !related.includes(name))
  for (const name of fields) {
    if (!Object.hasOwn(schema.fields, name))
      throw new UnknownFieldError(schema, name, 'resetFields()')
  }
  const defaults = Object.fromEntries(fields.map((name) => [name, fallbackOf(schema, name)]))
  return rowWith(row, stateOf(row), defaults, names)
}
