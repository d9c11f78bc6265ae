import { type Expression, type Kysely, type SelectQueryBuilder, sql, type SqlBool } from 'kysely'

import { QueryError } from '../errors.ts'
import { columnsRead, type JoinedRead, joinedReads } from './columns-read.ts'
import {
  built,
  columnExpression,
  conditionExpression,
  type Placed,
  sqlAlias,
  termExpression,
} from './expressions.ts'
import { limitInText } from './keys.ts'
import {
  type Described,
  type Join,
  type JoinStep,
  type JoinType,
  type OrderTerm,
  type QueryState,
  type Term,
} from './model.ts'
import { quoted } from './statement.ts'
import { plainBuilder } from './tables.ts'
import { existing } from './values.ts'

// Table and column names come from schemas, whose types Query has already held the caller to.
export type Untyped = Record<string, Record<string, unknown>>
export type Select = SelectQueryBuilder<Untyped, string, object>

export const kysely: Kysely<Untyped> = plainBuilder<Untyped>()

/** Everything of a query but what it selects. */
export function selectFrom(query: Placed, on: Kysely<Untyped> = kysely): Select {
  const { schema, state } = query
  const source = state.from
    ? rowsOf({ ...state.from, around: query.around }).as(schema.source)
    : schema.source
  // A table or a subquery: Kysely types the two apart, and neither by name here.
  let select = on.selectFrom(source as string) as Select
  for (const join of state.joins) select = joined(select, query, join)
  for (const condition of state.conditions) {
    select = select.where(conditionExpression(query, condition, innerQuery))
  }
  for (const term of state.group) select = select.groupBy(termExpression(query, term))
  for (const condition of state.having) {
    select = select.having(conditionExpression(query, condition, innerQuery))
  }
  if (state.distinct === true) select = select.distinct()
  else if (state.distinct) {
    select = select.distinctOn(state.distinct.map((term) => termExpression(query, term)))
  }
  for (const { by, direction } of orderOf(state)) {
    select = select.orderBy(sql`${termExpression(query, by)} ${sql.raw(direction)}`)
  }
  return limited(select, query)
}

function limited(given: Select, { schema, state }: Described): Select {
  let select = given
  if (state.limit !== undefined) {
    const limit = limitInText(state)
    select = select.limit(limit === undefined ? state.limit : sql.lit(limit))
  }
  if (state.offset !== undefined) select = select.offset(state.offset)
  if (state.lock === undefined) return select
  // Of a query with joins its own rows are locked; PostgreSQL refuses those that a left join may lack.
  const of = state.joins.length === 0 ? '' : ` of ${quoted(schema.source)}`
  const [, strength = '', wait = ''] = /^(.*?)( nowait| skip locked)?$/.exec(state.lock) ?? []
  return select.modifyEnd(sql.raw(`${strength}${of}${wait}`))
}

/** PostgreSQL wants what rows are told apart by to come first in their order. */
function orderOf({ distinct, order }: QueryState): readonly OrderTerm[] {
  if (distinct === undefined || distinct === true) return order
  const first = distinct.map(
    (term): OrderTerm => order.find(({ by }) => isSame(by, term)) ?? { by: term, direction: 'asc' },
  )
  return [...first, ...order.filter((term) => !first.includes(term))]
}

function isSame(left: Term, right: Term): boolean {
  if (left.kind === 'expression' || right.kind === 'expression') return left === right
  const { alias, column } = left.reference
  return alias === right.reference.alias && column === right.reference.column
}

/** A query with the columns of its rows, and after them those of the joins that preloads take. */
export function rowsOf(query: Placed): Select {
  const { schema, state } = query
  const uncertain = state.joins.find(({ type }) => type === 'right' || type === 'full')
  if (uncertain) {
    throw new QueryError(
      `the query on "${schema.source}" joins "${uncertain.alias}" by a ${uncertain.type} join, which gives rows without one of "${schema.source}". ` +
        `Begin with "${uncertain.schema.source}" and join the other way, or go on from toKysely().`,
    )
  }
  const computed = new Map(state.computed.map((one) => [one.column, one.build]))
  const columns = columnsRead(schema, state).map((column) => {
    const build = computed.get(column)
    const value = build
      ? built(query, build, undefined)
      : columnExpression(query, { alias: undefined, column })
    return sql`${value}`.as(column.column)
  })
  const beside = joinedReads(schema, state).flatMap((read) => joinedColumns(query, read))
  return selectFrom(query).select([...columns, ...beside])
}

function joinedColumns(query: Placed, { alias, columns, joined: below }: JoinedRead) {
  const own = columns.map((column) =>
    columnExpressionAs(query, alias, column.column, columnExpression(query, { alias, column })),
  )
  return [...own, ...below.flatMap((read): typeof own => joinedColumns(query, read))]
}

function columnExpressionAs(
  { schema }: Placed,
  alias: string,
  column: string,
  value: Expression<unknown>,
) {
  return sql`${value}`.as(`${sqlAlias(schema, alias)}.${column}`)
}

/** A query inside another. */
export function innerQuery(query: Placed, wanted: 'rows' | 'any'): Expression<unknown> {
  if (wanted === 'rows') return rowsOf(query)
  return selectFrom({ ...existing(query), around: query.around }).select(sql`1`.as('one'))
}

const JOIN_WITH = {
  inner: 'innerJoin',
  left: 'leftJoin',
  right: 'rightJoin',
  full: 'fullJoin',
  innerLateral: 'innerJoinLateral',
  leftLateral: 'leftJoinLateral',
} as const

function joined(select: Select, query: Placed, join: Join): Select {
  const { schema } = query
  if (join.steps.length > 0) {
    const last = join.steps.length - 1
    return join.steps.reduce<Select>((grown, step, index) => {
      const on = [...step.on, ...(index === last ? join.on : [])].map((condition) =>
        conditionExpression(query, condition, innerQuery),
      )
      const table = `${step.source} as ${sqlAlias(schema, step.alias)}`
      return joinWith(grown, join.type, table, [keysMeet(query, step), ...on])
    }, select)
  }
  const alias = sqlAlias(schema, join.alias)
  const table = join.query
    ? rowsOf({ ...join.query, around: query }).as(alias)
    : `${join.schema.source} as ${alias}`
  const on = join.on.map((condition) => conditionExpression(query, condition, innerQuery))
  // As in selectFrom: a table's name or a subquery with one.
  return joinWith(select, join.type, table as string, on)
}

function keysMeet({ schema }: Placed, step: JoinStep): Expression<SqlBool> {
  const left = `${quoted(sqlAlias(schema, step.alias))}.${quoted(step.column)}`
  const right = `${quoted(sqlAlias(schema, step.equals.alias))}.${quoted(step.equals.column)}`
  return sql.raw(`${left} = ${right}`)
}

function joinWith(
  select: Select,
  type: JoinType,
  table: string,
  on: readonly Expression<SqlBool>[],
): Select {
  if (type === 'cross') return select.crossJoin(table)
  const method = JOIN_WITH[type]
  // The methods differ in the columns they call nullable, of which nothing is known here.
  const joinBy = select[method].bind(select) as typeof select.innerJoin
  return joinBy(table, (join) =>
    on.length === 0 ? join.onTrue() : on.reduce((grown, one) => grown.on(one), join),
  )
}
