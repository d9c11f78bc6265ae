import { QueryError } from '../errors.ts'
import { type Direction } from '../schema/association.ts'
import { type ColumnName } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { queryOf } from './from.ts'
import { type Described, type OrderTerm } from './model.ts'
import { type JoinMap, type Query } from './query.ts'
import { namesOf, referenceNamed } from './references.ts'
import { type Source, sourceOf } from './source.ts'

const REVERSED: { readonly [D in Direction]: Direction } = {
  asc: 'desc',
  desc: 'asc',
  'asc nulls first': 'desc nulls last',
  'asc nulls last': 'desc nulls first',
  'desc nulls first': 'asc nulls last',
  'desc nulls last': 'asc nulls first',
}

/**
 * The first row by the order there is and this field after it, or by the primary key where there is neither.
 *
 * @throws QueryError where nothing says what is first.
 */
export function first<S extends AnySchema, Spec = unknown, Joins extends JoinMap = {}>(
  source: Source<S, Spec, Joins>,
  field?: ColumnName<NoInfer<S>>,
): Query<S, Spec, Joins> {
  return firstOf(ordered(sourceOf(source), field))
}

/** The last row by the order there is and this field after it, or by the primary key where there is neither. */
export function last<S extends AnySchema, Spec = unknown, Joins extends JoinMap = {}>(
  source: Source<S, Spec, Joins>,
  field?: ColumnName<NoInfer<S>>,
): Query<S, Spec, Joins> {
  const { schema, state } = ordered(sourceOf(source), field)
  return firstOf({ schema, state: { ...state, order: state.order.map(reversed) } })
}

/** The other way round: every direction, nulls with them. Without an order, the primary key downwards. */
export function reverseOrder<S extends AnySchema, Spec = unknown, Joins extends JoinMap = {}>(
  source: Source<S, Spec, Joins>,
): Query<S, Spec, Joins> {
  const { schema, state } = ordered(sourceOf(source), undefined)
  return queryOf(schema, { ...state, order: state.order.map(reversed) })
}

function firstOf<S extends AnySchema, Spec, Joins extends JoinMap>({
  schema,
  state,
}: Described): Query<S, Spec, Joins> {
  // The schema is that of the Source<S> it was taken from.
  return queryOf(schema as S, { ...state, limit: 1 })
}

function ordered<D extends Described>(query: D, field: string | undefined): D {
  const { schema, state } = query
  const ascending = (by: OrderTerm['by']): OrderTerm => ({ by, direction: 'asc' })
  if (field !== undefined) {
    const reference = referenceNamed(namesOf(query), field, 'first() or last()')
    const order = [...state.order, ascending({ kind: 'column', reference })]
    return { ...query, state: { ...state, order } }
  }
  if (state.order.length > 0) return query
  if (schema.primaryKey.length === 0) {
    throw new QueryError(
      `the query on "${schema.source}" has no order, and the schema no primary key to order by. Add .orderBy({ … }).`,
    )
  }
  const order = schema.primaryKey.map((column) =>
    ascending({ kind: 'column', reference: { alias: undefined, column } }),
  )
  return { ...query, state: { ...state, order } }
}

function reversed({ by, direction }: OrderTerm): OrderTerm {
  return { by, direction: REVERSED[direction] }
}
