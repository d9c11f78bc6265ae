import { QueryError } from '../errors.ts'
import { associationNamed } from '../schema/associations.ts'
import { schemaOf } from '../schema/instance.ts'
import {
  type AssociationName,
  type AssociationOf,
  type RowLoadedWith,
  type RowOf,
  type TargetOf,
} from '../schema/row.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'
import { associationConditions, compared } from './conditions.ts'
import { queryOf } from './from.ts'
import { joinTableConditions, joinTableOf } from './join-table.ts'
import { type Condition, type Described, EMPTY } from './model.ts'
import { Subquery } from './operands.ts'
import { type QueriedAssociation } from './preload-query.ts'
import { type Query } from './query.ts'

type Target<S extends AnySchema, N> = TargetOf<S, AssociationOf<S, N>>
type Given<S extends AnySchema, Spec> = RowLoadedWith<S, Spec> | readonly RowLoadedWith<S, Spec>[]

/**
 * The query for the rows of an association of these rows, each once and in no order, to be narrowed
 * further; or of an association of that: `assoc(episodes, 'episodeHosts', 'person')`. What the rows
 * have loaded does not matter.
 *
 * @throws UnknownAssociationError · QueryError without a row, and for rows of several schemas.
 */
export function assoc<S extends AnySchema, Spec, const N extends AssociationName<S>>(
  rows: Given<S, Spec>,
  association: N,
): Query<Target<S, N>>
export function assoc<
  S extends AnySchema,
  Spec,
  const N extends AssociationName<S>,
  const M extends AssociationName<Target<S, N>>,
>(rows: Given<S, Spec>, association: N, next: M): Query<Target<Target<S, N>, M>>
export function assoc<
  S extends AnySchema,
  Spec,
  const N extends AssociationName<S>,
  const M extends AssociationName<Target<S, N>>,
  const L extends AssociationName<Target<Target<S, N>, M>>,
>(rows: Given<S, Spec>, association: N, next: M, last: L): Query<Target<Target<Target<S, N>, M>, L>>
export function assoc(
  given: RowOf<AnySchema> | readonly RowOf<AnySchema>[],
  ...path: readonly string[]
): Query<AnySchema> {
  const rows = isList(given) ? given : [given]
  const schema = schemaOfAll(rows)
  const [first, ...rest] = stepsOf(schema, path)
  if (!first)
    throw new QueryError(`assoc() for "${schema.source}" takes the name of an association.`)
  const keys = rows
    .map((row): unknown => Reflect.get(row, first.ownerKey.name))
    .filter((key) => key !== null)
  let found: Described = ownedBy(first, [...new Set(keys)])
  for (const step of rest) found = ownedBy(step, keysOf(found, step.ownerKey))
  return queryOf(found.schema, found.state)
}

function isList<T>(given: T | readonly T[]): given is readonly T[] {
  return Array.isArray(given)
}

function schemaOfAll(rows: readonly RowOf<AnySchema>[]): AnySchema {
  const [first] = rows
  if (!first) {
    throw new QueryError(
      'assoc() was given no rows, so it cannot know of which schema. Ask for none before you call it.',
    )
  }
  const schema = schemaOf(first)
  const other = rows.map(schemaOf).find((one) => one !== schema)
  if (!other) return schema
  throw new QueryError(
    `assoc() takes rows of one schema, got: "${schema.source}" and "${other.source}"`,
  )
}

/** The associations on the way, one table after the other. */
function stepsOf(schema: AnySchema, path: readonly string[]): readonly QueriedAssociation[] {
  const [name, ...rest] = path
  if (name === undefined) return []
  const association = associationNamed(schema, name)
  if (association.kind === 'through') return stepsOf(schema, [...association.path, ...rest])
  return [association, ...stepsOf(association.target, rest)]
}

/** The rows of an association whose owners have these keys. */
function ownedBy(association: QueriedAssociation, keys: readonly unknown[] | Subquery): Described {
  const { target, targetKey, where } = association
  const own = associationConditions(target, undefined, where)
  if (association.kind !== 'manyToMany') {
    return queryFor(target, [isIn(target, targetKey, keys), ...own])
  }
  const { schema, owner, target: toTarget } = joinTableOf(association)
  const between = queryFor(schema, [
    isIn(schema, owner, keys),
    ...joinTableConditions(association, undefined),
  ])
  return queryFor(target, [isIn(target, targetKey, keysOf(between, toTarget)), ...own])
}

function queryFor(schema: AnySchema, conditions: readonly Condition[]): Described {
  return { schema, state: { ...EMPTY, conditions } }
}

function keysOf({ schema, state }: Described, key: Column): Subquery {
  return new Subquery(schema, { schema, state: { ...state, fields: [key] } }, 'one')
}

function isIn(schema: AnySchema, column: Column, keys: readonly unknown[] | Subquery): Condition {
  return compared(schema, 'assoc()', { alias: undefined, column }, 'in', keys)
}
