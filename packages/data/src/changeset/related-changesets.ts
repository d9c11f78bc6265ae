import { associationNames } from '../schema/associations.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type AnyChangeset } from './changeset.ts'

/** Whether the name is that of an association or embed, whose change is the changesets of its rows. */
export function isRelation(schema: AnySchema, name: string): boolean {
  const field = Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined
  return field ? field.type.embed !== undefined : associationNames(schema).includes(name)
}

/** The changesets that are proposed for an association or embed, in their order; none for a field. */
export function relatedChangesets(
  { schema, changes }: AnyChangeset,
  name: string,
): readonly AnyChangeset[] {
  if (!Object.hasOwn(changes, name) || !isRelation(schema, name)) return []
  // What changes a relation is changesets: putting and casting see to it.
  const change = Reflect.get(changes, name) as AnyChangeset | readonly AnyChangeset[] | null
  if (change === null) return []
  return isList(change) ? change : [change]
}

/** Those of them whose rows would be there: not those that would be deleted, replaced or ignored. */
export function stayingChangesets(changeset: AnyChangeset, name: string): readonly AnyChangeset[] {
  return relatedChangesets(changeset, name).filter(
    ({ action }) => action !== 'delete' && action !== 'replace' && action !== 'ignore',
  )
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value)
}
