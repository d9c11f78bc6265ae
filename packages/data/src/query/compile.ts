import { type Compilable, type Expression, sql } from 'kysely'

import { QueryError } from '../errors.ts'
import { type AnySchema } from '../schema/schema.ts'
import { columnExpression, columnText, conditionExpression, type Placed } from './expressions.ts'
import { referenceKey, shapeKey, type Wanted } from './keys.ts'
import { type Described, type QueryState, type Reference } from './model.ts'
import { innerQuery, kysely, rowsOf, selectFrom } from './select.ts'
import { preparedStatement, quoted, type Statement } from './statement.ts'
import { existing, valuesOf } from './values.ts'

export interface BoundStatement {
  readonly statement: Statement
  readonly values: readonly unknown[]
}

export const AGGREGATES = ['count', 'sum', 'avg', 'min', 'max'] as const
export type Aggregate = (typeof AGGREGATES)[number]

const byShape = new Map<AnySchema, Map<string, Statement>>()

/**
 * The statement of a query, for its rows or for whether there is any. Data forms are compiled once for
 * each shape, expressions every time.
 */
export function compileSelect(
  schema: AnySchema,
  state: QueryState,
  wanted: 'rows' | 'any',
): BoundStatement {
  if (wanted === 'rows') return once({ schema, state }, wanted, rowsOf)
  const { state: asked } = existing({ schema, state })
  const first = { schema, state: { ...asked, limit: state.limit === 0 ? 0 : 1 } }
  return once(first, wanted, (query) => selectFrom(query).select(sql`1`.as('one')))
}

/** The statement of a query for its rows, each with this column of a join after its own. */
export function compileOwned(query: Described, owner: Reference): BoundStatement {
  return once(query, `rows of ${referenceKey(owner)}`, (placed) =>
    rowsOf(placed).select(columnExpression(placed, owner).as('owner')),
  )
}

/**
 * One value made of all rows. Where only some of them count, they are found first.
 *
 * @throws QueryError for grouped rows, which have a value for each group.
 */
export function compileAggregate(
  { schema, state }: Described,
  aggregate: Aggregate,
  reference: Reference | undefined,
): BoundStatement {
  if (state.group.length > 0) {
    throw new QueryError(
      `cannot aggregate on a query on "${schema.source}" with groupBy: there is a value for each group. ` +
        `Select them with selectMerge(), or with toKysely().`,
    )
  }
  const { distinct, limit, offset } = state
  const partial = distinct !== undefined || limit !== undefined || offset !== undefined
  const asked = { schema, state: { ...state, preloads: {}, order: partial ? state.order : [] } }
  const named = reference ? `${reference.alias ?? ''}.${reference.column.column}` : '*'
  return once(asked, `${partial ? 'some' : 'all'} ${aggregate} ${named}`, (query) => {
    const column = reference ? columnText(query, reference) : '*'
    if (!partial) return selectFrom(query).select(sql.raw(`${aggregate}(${column})`).as(aggregate))
    const rows = distinct === true ? rowsOf(query) : selectFrom(query).select(valueOf(column))
    const value = distinct === true && reference ? quoted(reference.column.column) : '"value"'
    const argument = reference ? `"rows".${value}` : '*'
    return kysely
      .selectFrom(rows.as('rows'))
      .select(sql.raw(`${aggregate}(${argument})`).as(aggregate))
  })
}

function valueOf(column: string) {
  return sql.raw(column === '*' ? '1' : column).as('value')
}

export function compileDelete(schema: AnySchema, state: QueryState): BoundStatement {
  const query = { schema, state }
  refuseUnusable(query, 'deleteAll()')
  return once(query, 'delete', (placed) =>
    narrowing(placed).reduce(
      (narrowed, condition) => narrowed.where(condition),
      kysely.deleteFrom(schema.source),
    ),
  )
}

/** `set` names fields; its values are as the driver sends them, or Kysely expressions. */
export function compileUpdate(
  schema: AnySchema,
  state: QueryState,
  set: Record<string, unknown>,
): BoundStatement {
  const query = { schema, state, around: undefined }
  refuseUnusable(query, 'updateAll()')
  const columns = schema.columns.filter(({ name }) => Object.hasOwn(set, name))
  const values = columns.map(({ name, column }) => [column, set[name]])
  const update = narrowing(query).reduce(
    (narrowed, condition) => narrowed.where(condition),
    kysely.updateTable(schema.source).set(Object.fromEntries(values)),
  )
  return compile(update)
}

/** The conditions of a query, for a statement on its table alone. */
function narrowing(query: Placed): readonly Expression<boolean>[] {
  const { schema, state } = query
  if (state.joins.length === 0) {
    return state.conditions.map((one) =>
      conditionExpression(query, one, innerQuery),
    ) as Expression<boolean>[]
  }
  const keys = schema.primaryKey.map((column) => columnText(query, { alias: undefined, column }))
  const rows = rowsOf({ ...query, state: { ...state, fields: schema.primaryKey } })
  return [sql<boolean>`(${sql.raw(keys.join(', '))}) in ${rows}`]
}

function once(
  query: Described,
  wanted: Wanted,
  build: (query: Placed) => Compilable,
): BoundStatement {
  const { schema, state } = query
  const key = shapeKey(query, wanted)
  const placed = { schema, state, around: undefined }
  if (key === undefined) return compile(build(placed))
  const shapes = byShape.get(schema) ?? new Map<string, Statement>()
  byShape.set(schema, shapes)
  const known = shapes.get(key)
  if (known) return { statement: known, values: valuesOf(query) }
  const bound = compile(build(placed))
  if (bound.statement.name !== undefined) shapes.set(key, bound.statement)
  return bound
}

/** An expression is compiled every time, but comes to the same text, which is prepared just as well. */
function compile(query: Compilable): BoundStatement {
  const { sql: text, parameters } = query.compile()
  return { statement: preparedStatement(text), values: parameters }
}

function refuseUnusable({ schema, state }: Described, call: string): void {
  const extra = [
    state.order.length > 0 && 'orderBy',
    state.limit !== undefined && 'limit',
    state.offset !== undefined && 'offset',
    state.distinct !== undefined && 'distinct',
    state.group.length > 0 && 'groupBy',
    state.having.length > 0 && 'having',
    state.lock !== undefined && 'lock',
    state.from !== undefined && 'a subquery to read from',
    state.fields !== undefined && 'select',
    state.computed.length > 0 && 'selectMerge',
    Object.keys(state.preloads).length > 0 && 'preload',
  ].filter((name) => name !== false)
  if (extra.length === 0) return
  throw new QueryError(
    `${call} on "${schema.source}" takes a query with where() and join() only, got also: ${extra.join(', ')}`,
  )
}
