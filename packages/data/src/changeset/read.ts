import { ChangesetError, UnknownFieldError } from '../errors.ts'
import { titleOf } from '../names.ts'
import { associationNamed } from '../schema/associations.ts'
import { type ColumnType } from '../schema/field.ts'
import { stateOf } from '../schema/instance.ts'
import { type FieldName } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { appliedRows } from './apply.ts'
import {
  type AnyChangeset,
  type ChangeAt,
  type Changeset,
  fieldNamed,
  type Related,
  type RowsAt,
} from './changeset.ts'
import { isEmpty } from './empty.ts'
import { sameValue } from './put-field.ts'
import { isRelation, relatedChangesets } from './related-changesets.ts'

/**
 * The value as it would be: the change, or else what the row has, or else the fallback. Of an
 * association or embed, its rows with their changes applied, less those that would be deleted or replaced.
 *
 * @throws AssociationNotLoadedError for an association of a stored row that nobody preloaded.
 */
export function getField<S extends AnySchema, K extends Related<S>>(
  changeset: Changeset<S>,
  relation: K,
): RowsAt<S, K>
export function getField<S extends AnySchema, F extends FieldName<S>>(
  changeset: Changeset<S>,
  field: F,
): ColumnType<S['fields'][F]> | null
export function getField<S extends AnySchema, F extends FieldName<S>, Fallback>(
  changeset: Changeset<S>,
  field: F,
  fallback: Fallback,
): NonNullable<ColumnType<S['fields'][F]>> | Fallback
export function getField(changeset: AnyChangeset, name: string, fallback: unknown = null): unknown {
  return fieldValue(changeset, name) ?? fallback
}

/** The proposed value, or else the fallback. Of an association or embed, the changesets of its rows. */
export function getChange<S extends AnySchema, K extends Related<S>>(
  changeset: Changeset<S>,
  relation: K,
): ChangeAt<S, K> | undefined
export function getChange<S extends AnySchema, F extends FieldName<S>>(
  changeset: Changeset<S>,
  field: F,
): ColumnType<S['fields'][F]> | undefined
export function getChange<S extends AnySchema, F extends FieldName<S>, Fallback>(
  changeset: Changeset<S>,
  field: F,
  fallback: Fallback,
): ColumnType<S['fields'][F]> | Fallback
export function getChange({ changes }: AnyChangeset, name: string, fallback?: unknown): unknown {
  return Object.hasOwn(changes, name) ? Reflect.get(changes, name) : fallback
}

/** A value, and whether it is proposed or what the row has. */
export interface Fetched<Value> {
  readonly from: 'changes' | 'row'
  readonly value: Value
}

/** As `getField`, and says where the value is from. Undefined when there is no such field. */
export function fetchField<S extends AnySchema, K extends Related<S>>(
  changeset: Changeset<S>,
  relation: K,
): Fetched<RowsAt<S, K>> | undefined
export function fetchField<S extends AnySchema, F extends FieldName<S>>(
  changeset: Changeset<S>,
  field: F,
): Fetched<ColumnType<S['fields'][F]> | null> | undefined
export function fetchField(changeset: AnyChangeset, name: string): Fetched<unknown> | undefined {
  const { schema, changes } = changeset
  if (!isRelation(schema, name) && !Object.hasOwn(schema.fields, name)) return undefined
  const from = Object.hasOwn(changes, name) ? 'changes' : 'row'
  return { from, value: fieldValue(changeset, name) }
}

/** The value of `fetchField`. @throws UnknownFieldError */
export function fetchFieldOrThrow<S extends AnySchema, K extends Related<S>>(
  changeset: Changeset<S>,
  relation: K,
): RowsAt<S, K>
export function fetchFieldOrThrow<S extends AnySchema, F extends FieldName<S>>(
  changeset: Changeset<S>,
  field: F,
): ColumnType<S['fields'][F]> | null
export function fetchFieldOrThrow(changeset: Changeset<AnySchema>, name: string): unknown {
  const fetched = fetchField(changeset, name)
  if (fetched) return fetched.value
  throw new UnknownFieldError(changeset.schema, name, 'fetchFieldOrThrow()')
}

/** The proposed value, which may be null; undefined when nothing is proposed. */
export function fetchChange<S extends AnySchema, K extends Related<S>>(
  changeset: Changeset<S>,
  relation: K,
): { readonly value: ChangeAt<S, K> } | undefined
export function fetchChange<S extends AnySchema, F extends FieldName<S>>(
  changeset: Changeset<S>,
  field: F,
): { readonly value: ColumnType<S['fields'][F]> } | undefined
export function fetchChange({ changes }: AnyChangeset, name: string): unknown {
  return Object.hasOwn(changes, name) ? { value: Reflect.get(changes, name) } : undefined
}

/** The proposed value. @throws ChangesetError when nothing is proposed. */
export function fetchChangeOrThrow<S extends AnySchema, K extends Related<S>>(
  changeset: Changeset<S>,
  relation: K,
): ChangeAt<S, K>
export function fetchChangeOrThrow<S extends AnySchema, F extends FieldName<S>>(
  changeset: Changeset<S>,
  field: F,
): ColumnType<S['fields'][F]>
export function fetchChangeOrThrow({ schema, changes }: AnyChangeset, name: string): unknown {
  if (Object.hasOwn(changes, name)) return Reflect.get(changes, name)
  throw new ChangesetError(
    `the changeset of ${titleOf(schema)} does not change "${name}". ` +
      `It changes: ${Object.keys(changes).join(', ') || 'nothing'}.`,
  )
}

/**
 * Whether a field would change; with `from` and `to`, whether it would change from and to these. An
 * association or embed changes when a row comes, goes or changes itself.
 *
 * @throws UnknownFieldError · ChangesetError for `from` and `to` of an association or embed.
 */
export function changed<S extends AnySchema>(changeset: Changeset<S>, relation: Related<S>): boolean
export function changed<S extends AnySchema, F extends FieldName<S>>(
  changeset: Changeset<S>,
  field: F,
  options?: {
    readonly from?: ColumnType<S['fields'][F]> | null
    readonly to?: ColumnType<S['fields'][F]> | null
  },
): boolean
export function changed(
  changeset: AnyChangeset,
  name: string,
  options: { readonly from?: unknown; readonly to?: unknown } = {},
): boolean {
  const { schema, row, changes } = changeset
  if (isRelation(schema, name)) return relationChanged(changeset, name, options)
  const field = fieldNamed(schema, name, 'changed()')
  if (!Object.hasOwn(changes, name)) return false
  const { from = Reflect.get(row, name), to = Reflect.get(changes, name) } = options
  return (
    sameValue(field, from, Reflect.get(row, name)) &&
    sameValue(field, to, Reflect.get(changes, name))
  )
}

function relationChanged(changeset: AnyChangeset, name: string, options: object): boolean {
  if (Object.keys(options).length > 0) {
    throw new ChangesetError(
      `changed() takes no from and to for "${name}" of ${titleOf(changeset.schema)}: it holds rows, not a value.`,
    )
  }
  if (!Object.hasOwn(changeset.changes, name)) return false
  const related = relatedChangesets(changeset, name)
  return (
    related.length === 0 ||
    related.some(({ action, changes }) => action !== 'update' || Object.keys(changes).length > 0)
  )
}

/**
 * Whether a field would hold nothing: null, or what counts as empty. A relation to many rows is
 * missing when it would have none.
 *
 * @throws UnknownFieldError · AssociationNotLoadedError
 */
export function fieldMissing<S extends AnySchema>(
  changeset: Changeset<S>,
  field: FieldName<S> | Related<S>,
): boolean {
  return isMissing(changeset, field, 'fieldMissing()')
}

export function isMissing(changeset: AnyChangeset, name: string, call: string): boolean {
  const { schema } = changeset
  const type = isRelation(schema, name) ? undefined : fieldNamed(schema, name, call).type
  const value = fieldValue(changeset, name)
  if (value == null) return true
  return type ? isEmpty(changeset, type, value) : Array.isArray(value) && value.length === 0
}

function fieldValue(changeset: AnyChangeset, name: string): unknown {
  const { schema, row, changes } = changeset
  const related = isRelation(schema, name)
  if (Object.hasOwn(changes, name)) {
    return related ? appliedRows(changeset, name) : Reflect.get(changes, name)
  }
  const isHeld = Object.hasOwn(row, name) || !related || stateOf(row) !== 'built'
  if (isHeld) return Reflect.get(row, name)
  // What was never stored has no rows elsewhere.
  return associationNamed(schema, name).many ? [] : null
}
