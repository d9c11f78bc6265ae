import { type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'

import { CastError, QueryError, UnknownFieldError } from '../errors.ts'
import { type Direction } from '../schema/association.ts'
import { associationNames } from '../schema/associations.ts'
import { type ColumnType } from '../schema/field.ts'
import { type FieldName, type Preload, type SpecOfList } from '../schema/row.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'
import { mergePreloads, type PreloadTree } from './preload-tree.ts'
import { type TablesAround } from './tables.ts'

type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like' | 'ilike'
export type Operator = Comparison | 'in' | 'not in' | 'is' | 'is not'

type Operand<Value, O> = O extends 'in' | 'not in'
  ? readonly NonNullable<Value>[]
  : O extends 'is' | 'is not'
    ? null
    : NonNullable<Value>

/** What a named query function takes and gives: a description of a read. Nothing runs until a repo gets it. */
export interface Query<S extends AnySchema, Spec = unknown> {
  readonly schema: S
  /** Says which associations the rows have: see Row. Never set. */
  readonly spec?: Spec
  /** Rows whose fields equal all of these. */
  where(values: { readonly [F in FieldName<S>]?: NonNullable<ColumnType<S['fields'][F]>> }): Query<
    S,
    Spec
  >
  /** Rows whose field compares so. `'is', null` and `'is not', null` ask for absence and presence. */
  where<F extends FieldName<S>, O extends Operator>(
    field: F,
    operator: O,
    value: Operand<ColumnType<S['fields'][F]>, O>,
  ): Query<S, Spec>
  /** Rows for which a Kysely expression is true. Columns have their camelCase names. */
  where(
    expression: (
      eb: ExpressionBuilder<TablesAround<S>, S['source'] & keyof TablesAround<S>>,
    ) => Expression<SqlBool>,
  ): Query<S, Spec>
  /** Appended to the order there is. */
  orderBy(order: { readonly [F in FieldName<S>]?: Direction }): Query<S, Spec>
  limit(count: number): Query<S, Spec>
  offset(count: number): Query<S, Spec>
  /** Loads these associations with the rows, one query for each, however many rows. */
  preload<const P extends readonly Preload<S>[]>(...preloads: P): Query<S, Spec & SpecOfList<P>>
  /** `q.pipe(published, newestFirst)` is `newestFirst(published(q))`. */
  pipe<A>(first: (query: Query<S, Spec>) => A): A
  pipe<A, B>(first: (query: Query<S, Spec>) => A, second: (query: A) => B): B
  pipe<A, B, C>(
    first: (query: Query<S, Spec>) => A,
    second: (query: A) => B,
    third: (query: B) => C,
  ): C
  /** The SQL it stands for, for tests and for the curious. */
  toSQL(): { readonly sql: string; readonly parameters: readonly unknown[] }
}

/** A condition of a query: data, which is compiled once for all values, or a Kysely expression. */
export type Condition =
  | {
      readonly kind: 'comparison'
      readonly column: Column
      readonly operator: Operator
      readonly value: unknown
    }
  | { readonly kind: 'expression'; readonly expression: (eb: never) => Expression<SqlBool> }

/** What a query is made of. */
export interface QueryState {
  readonly conditions: readonly Condition[]
  readonly order: readonly (readonly [Column, Direction])[]
  readonly limit: number | undefined
  readonly offset: number | undefined
  readonly preloads: PreloadTree
  /** The query's shape without its values; undefined when an expression makes it unique. */
  readonly key: string | undefined
}

export const EMPTY: QueryState = {
  conditions: [],
  order: [],
  limit: undefined,
  offset: undefined,
  preloads: {},
  key: '',
}

const OPERATORS: ReadonlySet<string> = new Set<Operator>([
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'like',
  'ilike',
  'in',
  'not in',
  'is',
  'is not',
])
const DIRECTIONS: ReadonlySet<string> = new Set<Direction>([
  'asc',
  'desc',
  'asc nulls first',
  'asc nulls last',
  'desc nulls first',
  'desc nulls last',
])

export function addWhere(
  schema: AnySchema,
  state: QueryState,
  given: readonly unknown[],
): QueryState {
  const [first, operator, value] = given
  if (typeof first === 'function') {
    // The overloads of `where` take no other function.
    const expression = first as (eb: never) => Expression<SqlBool>
    return addCondition(state, { kind: 'expression', expression }, undefined)
  }
  if (typeof first === 'string') return addComparison(schema, state, first, operator, value)
  return Object.entries(first ?? {}).reduce(
    (narrowed, [name, equal]) => addComparison(schema, narrowed, name, '=', equal),
    state,
  )
}

function addComparison(
  schema: AnySchema,
  state: QueryState,
  name: string,
  operator: unknown,
  value: unknown,
): QueryState {
  const column = columnNamed(schema, name)
  if (!isOperator(operator)) {
    throw new QueryError(
      `where() does not know the operator ${String(operator)}. Known: ${[...OPERATORS].join(', ')}.`,
    )
  }
  const condition = {
    kind: 'comparison',
    column,
    operator,
    value: castOperand(schema, column, operator, value),
  } as const
  return addCondition(state, condition, `w${column.index}${operator}`)
}

function addCondition(
  state: QueryState,
  condition: Condition,
  key: string | undefined,
): QueryState {
  return {
    ...state,
    conditions: [...state.conditions, condition],
    key: key === undefined || state.key === undefined ? undefined : `${state.key} ${key}`,
  }
}

function isOperator(operator: unknown): operator is Operator {
  return typeof operator === 'string' && OPERATORS.has(operator)
}

function castOperand(
  schema: AnySchema,
  column: Column,
  operator: Operator,
  value: unknown,
): unknown {
  if (operator === 'is' || operator === 'is not') {
    if (value === null) return null
    throw new QueryError(
      `where('${column.name}', '${operator}', …) compares with null only. Use '=' or '!=' for a value.`,
    )
  }
  if (operator === 'in' || operator === 'not in') {
    if (!Array.isArray(value))
      throw new CastError(`where('${column.name}', '${operator}', …) takes a list.`)
    return value.map((item) => castValue(schema, column, item))
  }
  return castValue(schema, column, value)
}

/** Casts what is compared with a column, so that `'42'` from an address finds row 42. */
export function castValue(schema: AnySchema, column: Column, value: unknown): unknown {
  if (value == null) {
    throw new QueryError(
      `${String(value)} given for "${column.name}" of "${schema.source}". Comparison with null is never true in SQL. ` +
        `Use where('${column.name}', 'is', null) to ask for absence.`,
    )
  }
  const done = column.field.type.cast(value)
  if (done.ok) return dumped(column, done.value)
  throw new CastError(
    `the value ${JSON.stringify(value)} for "${column.name}" of "${schema.source}" cannot be cast to ${column.field.type.name}.`,
  )
}

export function dumped(column: Column, value: unknown): unknown {
  const { type } = column.field
  return value === null || type.dump === undefined ? value : type.dump(value)
}

export function addOrder(schema: AnySchema, state: QueryState, order: object): QueryState {
  return Object.entries(order).reduce<QueryState>((ordered, [name, direction]) => {
    if (!isDirection(direction)) {
      throw new QueryError(
        `orderBy() does not know the direction ${String(direction)}. Known: ${[...DIRECTIONS].join(', ')}.`,
      )
    }
    const column = columnNamed(schema, name, 'orderBy()')
    return {
      ...ordered,
      order: [...ordered.order, [column, direction]],
      key: ordered.key === undefined ? undefined : `${ordered.key} o${column.index}${direction}`,
    }
  }, state)
}

function isDirection(direction: unknown): direction is Direction {
  return typeof direction === 'string' && DIRECTIONS.has(direction)
}

export function addPreloads(
  schema: AnySchema,
  state: QueryState,
  preloads: readonly unknown[],
): QueryState {
  return { ...state, preloads: mergePreloads(schema, state.preloads, preloads) }
}

export function checkCount(call: string, count: number): number {
  if (Number.isSafeInteger(count) && count >= 0) return count
  throw new QueryError(`${call} takes a whole number that is not negative, got: ${count}`)
}

function columnNamed(schema: AnySchema, name: string, call = 'where()'): Column {
  const column = schema.columns.find((candidate) => candidate.name === name)
  if (column) return column
  if (associationNames(schema).includes(name)) {
    throw new QueryError(
      `"${name}" given to ${call} for "${schema.source}" is an association, not a field. Did you mean "${name}Id"?`,
    )
  }
  throw new UnknownFieldError(schema, name, call)
}
