import { type Order } from '../schema/association.ts'
import { type KeyedAssociation, type ManyToManyAssociation } from '../schema/associations.ts'
import { type AnySchema } from '../schema/schema.ts'
import { dumped } from './cast-value.ts'
import { associationConditions } from './conditions.ts'
import { joinTableConditions, joinTableOf } from './join-table.ts'
import { describedKey, isInText, referenceKey } from './keys.ts'
import {
  type Condition,
  type Described,
  EMPTY,
  type Join,
  type OrderTerm,
  type PreloadTree,
  type QueryState,
  type Reference,
} from './model.ts'
import { columnNamed } from './references.ts'

/** An association whose rows are found by one statement. */
export type QueriedAssociation = KeyedAssociation | ManyToManyAssociation

/** What is the same in every statement for the rows of an association. */
interface Base extends Pick<QueryState, 'conditions' | 'joins' | 'order'> {
  /** Where a row, or the join table beside it, says whose it is. */
  readonly owner: Reference
}

const bases = new WeakMap<QueriedAssociation, Base>()

/**
 * The query for the rows of an association that belong to the owners with these keys: all of them, or
 * those of a query of the caller's, whose order then holds instead of the association's.
 */
export function preloadQuery(
  association: QueriedAssociation,
  keys: readonly unknown[],
  given: Described | undefined,
  nested: PreloadTree,
): Described {
  const { schema, state } = given ?? { schema: association.target, state: EMPTY }
  const { conditions, joins, order, owner } = baseOf(association)
  return {
    schema,
    state: {
      ...state,
      preloads: nested,
      // Rows cannot be told to their owners without it.
      fields: state.fields && [...state.fields, association.targetKey],
      joins: joins.length === 0 ? state.joins : [...state.joins, ...joins],
      conditions: [...state.conditions, ...conditions, isOneOf(owner, keys)],
      order: state.order.length === 0 ? order : state.order,
    },
  }
}

/** The column of the join table that says whose a row is, in the queries of `preloadQuery`. */
export function ownerOf(association: ManyToManyAssociation): Reference {
  return baseOf(association).owner
}

function baseOf(association: QueriedAssociation): Base {
  const known = bases.get(association)
  if (known) return known
  const { target, targetKey, where } = association
  const shared = {
    conditions: associationConditions(target, undefined, where),
    order: orderOf(target, association.order),
  }
  const fresh =
    association.kind === 'manyToMany'
      ? { ...shared, ...between(association) }
      : { ...shared, joins: [], owner: { alias: undefined, column: targetKey } }
  bases.set(association, fresh)
  return fresh
}

/** The join table, beside the rows that it leads to. */
function between(association: ManyToManyAssociation): Pick<Base, 'joins' | 'owner'> {
  const { name, join, targetKey } = association
  const { schema, owner } = joinTableOf(association)
  const alias = `of__${name}`
  const beside: Join = {
    alias,
    type: 'inner',
    schema,
    steps: [
      {
        alias,
        source: join.source,
        schema: join.schema,
        column: join.target.column,
        equals: { alias: undefined, column: targetKey.column },
        on: joinTableConditions(association, alias),
      },
    ],
    query: undefined,
    on: [],
    key: `of ${describedKey({ schema: association.owner, state: EMPTY })}${name}`,
    association: undefined,
  }
  return { joins: [beside], owner: { alias, column: owner } }
}

function isOneOf(reference: Reference, keys: readonly unknown[]): Condition {
  const { column } = reference
  const values = column.field.type.dump ? keys.map((key) => dumped(column, key)) : keys
  const [only] = values
  const alone = values.length === 1 && !isInText(only)
  const operator = alone ? '=' : 'in'
  return {
    kind: 'comparison',
    reference,
    operator,
    operand: { kind: 'value', value: alone ? only : values },
    key: `${referenceKey(reference)}${operator}`,
  }
}

function orderOf(target: AnySchema, order: Order): readonly OrderTerm[] {
  return Object.entries(order).map(([name, direction]) => ({
    by: {
      kind: 'column',
      reference: { alias: undefined, column: columnNamed(target, name, 'order') },
    },
    direction,
  }))
}
