import { type Expression, type SqlBool } from 'kysely'

import { QueryError, UnknownFieldError } from '../errors.ts'
import { type Direction } from '../schema/association.ts'
import { associationNamed, associationNames } from '../schema/associations.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'
import { castValue } from './cast-value.ts'
import { mergePreloads, type PreloadTree } from './preload-tree.ts'

const TUPLE_OPERATORS = ['=', '<', '<=', '>', '>='] as const
const OPERATORS = [
  ...TUPLE_OPERATORS,
  '!=',
  'like',
  'ilike',
  'in',
  'not in',
  'is',
  'is not',
] as const
const DIRECTIONS: readonly Direction[] = [
  'asc',
  'desc',
  'asc nulls first',
  'asc nulls last',
  'desc nulls first',
  'desc nulls last',
]

export type Operator = (typeof OPERATORS)[number]
export type TupleOperator = (typeof TUPLE_OPERATORS)[number]
type Build = (eb: never) => Expression<SqlBool>

/** A condition of a query: data, which is compiled once for all values, or a Kysely expression. */
export type Condition =
  | {
      readonly kind: 'comparison'
      readonly column: Column
      readonly operator: Operator
      /** As the driver sends it. */
      readonly value: unknown
    }
  | {
      readonly kind: 'tuple'
      readonly columns: readonly Column[]
      readonly operator: TupleOperator
      readonly values: readonly unknown[]
    }
  | { readonly kind: 'expression'; readonly build: Build }

/** What a query is made of. */
export interface QueryState {
  readonly conditions: readonly Condition[]
  readonly order: readonly (readonly [Column, Direction])[]
  readonly limit: number | undefined
  readonly offset: number | undefined
  readonly preloads: PreloadTree
  /** All, when undefined. */
  readonly fields: readonly Column[] | undefined
  /** The query's shape without its values; undefined when an expression makes it unique. */
  readonly key: string | undefined
}

export const EMPTY: QueryState = {
  conditions: [],
  order: [],
  limit: undefined,
  offset: undefined,
  preloads: {},
  fields: undefined,
  key: '',
}

/** What `where` was given, in any of its forms. */
export function addWhere(
  schema: AnySchema,
  state: QueryState,
  [first, operator, value]: readonly unknown[],
): QueryState {
  if (typeof first === 'string') return addComparison(schema, state, first, operator, value)
  if (typeof first === 'function') {
    // The overloads of `where` take no other function.
    return addCondition(state, { kind: 'expression', build: first as Build }, undefined)
  }
  if (Array.isArray(first)) return addTuple(schema, state, first, operator, value)
  return addEquals(schema, state, first ?? {})
}

export function addEquals(schema: AnySchema, state: QueryState, clauses: object): QueryState {
  let narrowed = state
  for (const [name, value] of Object.entries(clauses)) {
    narrowed = addComparison(schema, narrowed, name, '=', value)
  }
  return narrowed
}

function addComparison(
  schema: AnySchema,
  state: QueryState,
  name: string,
  operator: unknown,
  value: unknown,
): QueryState {
  const column = columnNamed(schema, name, 'where()')
  const known = knownAmong(OPERATORS, operator, 'where()')
  const condition: Condition = {
    kind: 'comparison',
    column,
    operator: known,
    value: castOperand(schema, column, known, value),
  }
  const inText = isInText(condition.value) ? String(condition.value) : ''
  return addCondition(state, condition, `${column.index}${known}${inText}`)
}

/**
 * Values that stand in the SQL itself. Null has its own syntax; and PostgreSQL uses an index `where
 * published` only for a plan in which it can read that it may.
 */
export function isInText(value: unknown): value is boolean | null {
  return value === null || typeof value === 'boolean'
}

const MOST_IN_TEXT = 50

/** A small limit stands in the SQL as well: a plan for "some" rows is not the plan for one. */
export function limitInText({ limit }: QueryState): number | undefined {
  return limit !== undefined && limit <= MOST_IN_TEXT ? limit : undefined
}

function addTuple(
  schema: AnySchema,
  state: QueryState,
  names: readonly unknown[],
  operator: unknown,
  values: unknown,
): QueryState {
  if (!Array.isArray(values) || values.length !== names.length) {
    throw new QueryError(`where([${names.join(', ')}], …) takes a list of ${names.length} values`)
  }
  const columns = names.map((name) => columnNamed(schema, String(name), 'where()'))
  const known = knownAmong(TUPLE_OPERATORS, operator, 'where([…])')
  const condition: Condition = {
    kind: 'tuple',
    columns,
    operator: known,
    values: columns.map((column, index) => castValue(schema, column, values[index])),
  }
  return addCondition(state, condition, `(${columns.map(({ index }) => index).join()})${known}`)
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

function castOperand(
  schema: AnySchema,
  column: Column,
  operator: Operator,
  value: unknown,
): unknown {
  const call = `where('${column.name}', '${operator}', …)`
  if (operator === 'is' || operator === 'is not') {
    if (value === null) return null
    throw new QueryError(`${call} compares with null only. Use '=' or '!=' for a value.`)
  }
  if (operator === 'in' || operator === 'not in') {
    if (!Array.isArray(value)) throw new QueryError(`${call} takes a list.`)
    return value.map((item) => castValue(schema, column, item))
  }
  return castValue(schema, column, value)
}

export function addOrder(schema: AnySchema, state: QueryState, order: object): QueryState {
  let ordered = state
  for (const [name, given] of Object.entries(order)) {
    const direction = knownAmong(DIRECTIONS, given, 'orderBy()')
    const column = columnNamed(schema, name, 'orderBy()')
    ordered = {
      ...ordered,
      order: [...ordered.order, [column, direction]],
      key: ordered.key === undefined ? undefined : `${ordered.key} ${column.index}${direction}`,
    }
  }
  return ordered
}

export function addSelect(
  schema: AnySchema,
  state: QueryState,
  names: readonly string[],
): QueryState {
  if (state.fields) {
    throw new QueryError(
      `select() was called twice for "${schema.source}". Name all fields in one.`,
    )
  }
  return { ...state, fields: names.map((name) => columnNamed(schema, name, 'select()')) }
}

/** The columns that are read: all, or those selected and the keys that preloads go by. */
export function columnsRead(
  schema: AnySchema,
  { fields, preloads }: QueryState,
): readonly Column[] {
  if (!fields) return schema.columns
  const read = new Set(fields)
  for (const name of Object.keys(preloads)) {
    const association = associationNamed(schema, name)
    if (association.kind !== 'through') read.add(association.ownerKey)
  }
  return schema.columns.filter((column) => read.has(column))
}

export function addPreloads(
  schema: AnySchema,
  state: QueryState,
  preloads: readonly unknown[],
): QueryState {
  return { ...state, preloads: mergePreloads(schema, state.preloads, preloads) }
}

/** @throws QueryError when it is not a whole number from 0. */
export function checkCount(call: string, count: number): number {
  if (Number.isSafeInteger(count) && count >= 0) return count
  throw new QueryError(`${call} takes a whole number that is not negative, got: ${count}`)
}

function knownAmong<Known extends string>(
  known: readonly Known[],
  given: unknown,
  call: string,
): Known {
  const found = known.find((one) => one === given)
  if (found !== undefined) return found
  throw new QueryError(`${call} does not know "${String(given)}". Known: ${known.join(', ')}.`)
}

function columnNamed(schema: AnySchema, name: string, call: string): Column {
  const column = schema.columns.find((candidate) => candidate.name === name)
  if (column) return column
  if (associationNames(schema).includes(name)) {
    throw new QueryError(
      `"${name}" given to ${call} for "${schema.source}" is an association, not a field. Did you mean "${name}Id"?`,
    )
  }
  throw new UnknownFieldError(schema, name, call)
}
