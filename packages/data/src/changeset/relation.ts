import { inspect } from 'node:util'

import { ChangesetError } from '../errors.ts'
import { titleOf } from '../names.ts'
import { associationNamed } from '../schema/associations.ts'
import { type OnReplace } from '../schema/field-type.ts'
import { build, stateOf } from '../schema/instance.ts'
import { type RowOf, type Values } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type AnyChangeset, type Changeset } from './changeset.ts'

/** A row of any schema. */
export type AnyRowOf = RowOf<AnySchema>

/** An association or embed, as far as changesets see it. */
export interface Relation {
  readonly kind: 'assoc' | 'embed'
  readonly name: string
  readonly owner: AnySchema
  readonly target: AnySchema
  readonly many: boolean
  readonly onReplace: OnReplace
  /** Whether one row may not stand in it twice. */
  readonly distinct: boolean
  /** What a new row of it holds from the start. */
  readonly defaults: object | ((owner: object) => object)
}

/** The association or embed of this name. @throws ChangesetError for one that goes through others. */
export function relationNamed(owner: AnySchema, name: string): Relation {
  const embed = Object.hasOwn(owner.fields, name) ? owner.fields[name]?.type.embed : undefined
  if (embed) {
    const { schema: target, many, onReplace } = embed
    return { kind: 'embed', name, owner, target, many, onReplace, distinct: true, defaults: {} }
  }
  const association = associationNamed(owner, name)
  if (association.kind === 'through') {
    throw new ChangesetError(
      `"${name}" of ${titleOf(owner)} goes through other associations (${association.path.join(', ')}) and is read only. ` +
        `Change those instead.`,
    )
  }
  const { kind, target, many, onReplace, defaults } = association
  const distinct = kind !== 'manyToMany' || association.join.unique
  return { kind: 'assoc', name, owner, target, many, onReplace, distinct, defaults }
}

/** Any changeset as one of any schema: only what TypeScript knows of it is different. */
export function ofAnySchema(changeset: AnyChangeset): Changeset<AnySchema> {
  return changeset as Changeset<AnySchema>
}

/**
 * The rows that a relation has, as the row of the changeset holds them. One that was never stored and
 * says nothing has none.
 *
 * @throws AssociationNotLoadedError for an association of a stored row that nobody preloaded.
 */
export function currentRows({ row }: AnyChangeset, { kind, name }: Relation): readonly AnyRowOf[] {
  const held = kind === 'embed' || Object.hasOwn(row, name) || stateOf(row) !== 'built'
  // Rows hold rows in their relations: reading and building see to it.
  const rows = held ? (Reflect.get(row, name) as AnyRowOf | readonly AnyRowOf[] | null) : null
  if (rows === null) return []
  return isList(rows) ? rows : [rows]
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value)
}

/** A new row for a relation, with what the association says new ones have. */
export function newRowOf({ target, defaults }: Relation, owner: AnyRowOf): AnyRowOf {
  const values = typeof defaults === 'function' ? defaults(owner) : defaults
  // The options of the association hold the defaults to the target's fields.
  return build(target, values as Values<AnySchema>)
}

/** What tells a row from others, as text; nothing, for one that has no value for it yet. */
function keyText(values: readonly unknown[]): string | undefined {
  if (values.length === 0 || values.some((value) => value == null)) return undefined
  return JSON.stringify(values, (_name, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
}

/** The key of a row, or of plain values by field. */
export function keyIn(target: AnySchema, values: object): string | undefined {
  return keyText(
    target.primaryKey.map(({ name }): unknown =>
      Object.hasOwn(values, name) ? Reflect.get(values, name) : undefined,
    ),
  )
}

/** The key in what came from outside: `"2"` is the id 2. */
export function keyInParams(target: AnySchema, params: object): string | undefined {
  return keyText(
    target.primaryKey.map(({ name, field }) => {
      const given: unknown = Object.hasOwn(params, name) ? Reflect.get(params, name) : undefined
      if (given == null) return undefined
      const done = field.type.cast(given)
      return done.ok ? done.value : given
    }),
  )
}

/** A row that no table can have: nobody stored it, and nothing tells it from others. */
export function isUnstored(row: AnyRowOf, target: AnySchema): boolean {
  return stateOf(row) === 'built' && keyIn(target, row) === undefined
}

/** A row, for a message. */
export function described(row: AnyRowOf, target: AnySchema): string {
  const key = target.primaryKey.map(({ name }) => `${name} ${inspect(Reflect.get(row, name))}`)
  return `the row of ${titleOf(target)}${key.length === 0 ? '' : ` with ${key.join(' and ')}`}`
}
