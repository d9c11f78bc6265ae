import { type ManyToManyAssociation } from '../schema/associations.ts'
import { type AnyField } from '../schema/field.ts'
import { type AnySchema, type Column, schema as schemaOf } from '../schema/schema.ts'
import { betweenConditions } from './joins.ts'
import { type Condition } from './model.ts'

/** The table between the two schemas of a manyToMany, as a query reads it. */
export interface JoinTableRead {
  readonly schema: AnySchema
  /** Holds the key of the association's owner. */
  readonly owner: Column
  /** Holds the key of its target. */
  readonly target: Column
}

const known = new WeakMap<ManyToManyAssociation, JoinTableRead>()

/** The join table with its two keys: by its schema, or by one of these keys alone where it was given by name. */
export function joinTableOf(association: ManyToManyAssociation): JoinTableRead {
  const found = known.get(association)
  if (found) return found
  const { join, ownerKey, targetKey } = association
  const schema =
    join.schema ??
    schemaOf(join.source, {
      [join.owner.name]: foreignKey(ownerKey, join.owner.column),
      [join.target.name]: foreignKey(targetKey, join.target.column),
    })
  const fresh = {
    schema,
    owner: columnOf(schema, join.owner.name),
    target: columnOf(schema, join.target.name),
  }
  known.set(association, fresh)
  return fresh
}

/** The conditions of `joinWhere`, under the name that the query has for the table; undefined for its own. */
export function joinTableConditions(
  { join }: ManyToManyAssociation,
  alias: string | undefined,
): readonly Condition[] {
  return betweenConditions(join, alias)
}

/** Of the type of the key it refers to. */
function foreignKey({ field }: Column, column: string): AnyField {
  return { ...field, sourceName: column, generator: undefined, filledBy: 'nobody' }
}

function columnOf({ columns }: AnySchema, name: string): Column {
  const column = columns.find((candidate) => candidate.name === name)
  // Resolving the association has looked the two up, or they have just been made.
  if (!column) throw new Error(`the join table has no column "${name}"`)
  return column
}
