import {
  type Compilable,
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  sql,
  type SqlBool,
} from 'kysely'

import { QueryError } from '../errors.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'
import { type Condition, columnsRead, isInText, limitInText, type QueryState } from './state.ts'
import { preparedStatement, type Statement } from './statement.ts'
import { builder } from './tables.ts'

/** The columns that are read: all of the schema's, in its order; or how many rows; or whether any. */
export type Wanted = 'rows' | 'count' | 'any'

export interface BoundStatement {
  readonly statement: Statement
  readonly values: readonly unknown[]
}

// Table and column names come from schemas, whose types Query has already held the caller to.
type Untyped = Record<string, Record<string, unknown>>
const kysely: Kysely<Untyped> = builder<Untyped>()

const byShape = new Map<AnySchema, Map<string, Statement>>()

/** The statement of a query. Data forms are compiled once for each shape, expressions every time. */
export function compileSelect(
  schema: AnySchema,
  state: QueryState,
  wanted: Wanted,
): BoundStatement {
  return once(schema, state, wanted, () => select(schema, state, wanted))
}

export function compileDelete(schema: AnySchema, state: QueryState): BoundStatement {
  refuseUnusable(schema, state, 'deleteAll()')
  return once(schema, state, 'delete', () =>
    state.conditions.reduce(
      (query, condition) => query.where((eb) => toExpression(schema, condition, eb)),
      kysely.deleteFrom(schema.source),
    ),
  )
}

export function compileUpdate(
  schema: AnySchema,
  state: QueryState,
  set: Record<string, unknown>,
): BoundStatement {
  refuseUnusable(schema, state, 'updateAll()')
  const query = state.conditions.reduce(
    (narrowed, condition) => narrowed.where((eb) => toExpression(schema, condition, eb)),
    kysely.updateTable(schema.source).set(set),
  )
  return compile(query)
}

function once(
  schema: AnySchema,
  state: QueryState,
  wanted: string,
  build: () => Compilable,
): BoundStatement {
  if (state.key === undefined) return compile(build())
  const shapes = byShape.get(schema) ?? new Map<string, Statement>()
  byShape.set(schema, shapes)
  const key = [
    wanted,
    wanted === 'rows' && state.fields ? columnsRead(schema, state).map(({ index }) => index) : '*',
    limitInText(state) ?? (state.limit === undefined ? '' : '?'),
    state.offset === undefined ? '' : '?',
    state.key,
  ].join(' ')
  const known = shapes.get(key)
  if (known) return { statement: known, values: valuesOf(state) }
  const bound = compile(build())
  if (bound.statement.name !== undefined) shapes.set(key, bound.statement)
  return bound
}

/** An expression is compiled every time, but comes to the same text, which is prepared just as well. */
function compile(query: Compilable): BoundStatement {
  const { sql: text, parameters } = query.compile()
  return { statement: preparedStatement(text), values: parameters }
}

/** In the order in which Kysely numbers them: conditions, limit, offset. */
function valuesOf(state: QueryState): unknown[] {
  const values: unknown[] = []
  for (const condition of state.conditions) {
    if (condition.kind === 'tuple') values.push(...condition.values)
    else if (condition.kind === 'comparison' && !isInText(condition.value)) {
      values.push(condition.value)
    }
  }
  if (state.limit !== undefined && limitInText(state) === undefined) values.push(state.limit)
  if (state.offset !== undefined) values.push(state.offset)
  return values
}

function select(schema: AnySchema, state: QueryState, wanted: Wanted): Compilable {
  let query = kysely.selectFrom(schema.source)
  for (const condition of state.conditions) {
    query = query.where((eb) => toExpression(schema, condition, eb))
  }
  if (wanted === 'count' && state.limit === undefined && state.offset === undefined) {
    return query.select(sql`count(*)`.as('count'))
  }
  if (state.limit !== undefined) {
    const limit = limitInText(state)
    query = query.limit(limit === undefined ? state.limit : sql.lit(limit))
  }
  if (state.offset !== undefined) query = query.offset(state.offset)
  if (wanted === 'rows') {
    for (const [column, direction] of state.order) {
      query = query.orderBy(sql`${ref(schema, column)} ${sql.raw(direction)}`)
    }
    return query.select(
      columnsRead(schema, state).map((column) => ref(schema, column).as(column.name)),
    )
  }
  const rows = query.select(sql`1`.as('one'))
  if (wanted === 'any') return kysely.selectNoFrom(sql`exists (${rows})`.as('any'))
  return kysely.selectFrom(rows.as('rows')).select(sql`count(*)`.as('count'))
}

function ref(schema: AnySchema, column: Column) {
  return sql.ref(`${schema.source}.${column.name}`)
}

function toExpression(
  schema: AnySchema,
  condition: Condition,
  eb: ExpressionBuilder<Untyped, string>,
): Expression<SqlBool> {
  // The caller's function was written for the typed builder of this very schema.
  if (condition.kind === 'expression') return condition.build(eb as never)
  if (condition.kind === 'tuple') {
    const left = sql.join(condition.columns.map((column) => ref(schema, column)))
    return sql`(${left}) ${sql.raw(condition.operator)} (${sql.join(condition.values)})`
  }
  const { operator, value } = condition
  const left = ref(schema, condition.column)
  switch (operator) {
    case 'in':
      return sql`${left} = any(${value})`
    case 'not in':
      return sql`${left} <> all(${value})`
    case 'is':
      return sql`${left} is null`
    case 'is not':
      return sql`${left} is not null`
    default:
      return sql`${left} ${sql.raw(operator)} ${isInText(value) ? sql.lit(value) : value}`
  }
}

function refuseUnusable(schema: AnySchema, state: QueryState, call: string): void {
  const extra = [
    state.order.length > 0 && 'orderBy',
    state.limit !== undefined && 'limit',
    state.offset !== undefined && 'offset',
    state.fields !== undefined && 'select',
    Object.keys(state.preloads).length > 0 && 'preload',
  ].filter((name) => name !== false)
  if (extra.length === 0) return
  throw new QueryError(
    `${call} on "${schema.source}" takes a query with where() only, got also: ${extra.join(', ')}`,
  )
}
