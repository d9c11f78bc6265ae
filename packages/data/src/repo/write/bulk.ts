import { type Expression } from 'kysely'

import { QueryError } from '../../errors.ts'
import { type BoundStatement } from '../../query/compile.ts'
import { columnText, conditionExpression, type Placed, sqlAlias } from '../../query/expressions.ts'
import { type Described, type Join } from '../../query/model.ts'
import { innerQuery, rowsOf } from '../../query/select.ts'
import { plainStatement, preparedStatement, quoted } from '../../query/statement.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { assignments } from './operations.ts'
import { StatementText } from './statement-text.ts'

/** The statement that changes every row of a query. */
export function compileUpdateAll(
  query: Described,
  given: object,
  returning: readonly Column[],
): BoundStatement {
  const call = 'updateAll()'
  refuseUnusable(query, call)
  const { schema } = query
  const text = new StatementText()
  const sets = assignments(query, given, call, text).join(', ')
  const rows = narrowed(query, 'from', call, text)
  return {
    // Not prepared: there are as many texts as sets of fields, and each connection would keep them.
    statement: plainStatement(
      `update ${quoted(schema.source)} set ${sets}${rows}${returned(schema, returning)}`,
    ),
    values: text.values,
  }
}

/** The statement that deletes every row of a query. */
export function compileDeleteAll(query: Described, returning: readonly Column[]): BoundStatement {
  const call = 'deleteAll()'
  refuseUnusable(query, call)
  const { schema } = query
  const text = new StatementText()
  const rows = narrowed(query, 'using', call, text)
  return {
    statement: preparedStatement(
      `delete from ${quoted(schema.source)}${rows}${returned(schema, returning)}`,
    ),
    values: text.values,
  }
}

/** ` returning "posts"."id"`, of the table's own columns, whatever is joined. */
export function returned({ source }: AnySchema, columns: readonly Column[]): string {
  if (columns.length === 0) return ''
  const list = columns.map(({ column }) => `${quoted(source)}.${quoted(column)}`)
  return ` returning ${list.join(', ')}`
}

/** Which rows: ` from "users" as "author" where …`. */
function narrowed(
  query: Described,
  beside: 'from' | 'using',
  call: string,
  text: StatementText,
): string {
  const { schema, state } = query
  const placed: Placed = { schema, state, around: undefined }
  if (!state.joins.every(isInner)) return byKey(placed, call, text)
  const tables = state.joins.map((join) => joinedTables(placed, join, text))
  const conditions = state.conditions.map((one) => conditionExpression(placed, one, innerQuery))
  const where = [
    ...tables.flatMap(({ on }) => on),
    ...conditions.map((one) => text.expression(one)),
  ]
  const names = tables.flatMap((table) => table.names)
  return (
    (names.length === 0 ? '' : ` ${beside} ${names.join(', ')}`) +
    (where.length === 0 ? '' : ` where ${where.join(' and ')}`)
  )
}

/** Only these may stand in a list, where each is joined to all others. */
function isInner({ type }: Join): boolean {
  return type === 'inner' || type === 'cross'
}

function joinedTables(
  query: Placed,
  join: Join,
  text: StatementText,
): { names: readonly string[]; on: readonly string[] } {
  const { schema, state } = query
  const about = (conditions: Join['on']): string[] =>
    conditions.map((one) => text.expression(conditionExpression(query, one, innerQuery)))
  const named = (table: string, alias: string): string =>
    `${table} as ${quoted(sqlAlias(schema, alias))}`
  if (join.steps.length === 0) {
    const table = join.query
      ? text.expression(rowsOf({ ...join.query, around: { schema, state, around: undefined } }))
      : quoted(join.schema.source)
    return { names: [named(table, join.alias)], on: about(join.on) }
  }
  const meet = join.steps.map(({ alias, column, equals }) => {
    const [left, right] = [sqlAlias(schema, alias), sqlAlias(schema, equals.alias)].map(quoted)
    return `${left}.${quoted(column)} = ${right}.${quoted(equals.column)}`
  })
  return {
    names: join.steps.map(({ source, alias }) => named(quoted(source), alias)),
    on: [...meet, ...join.steps.flatMap((step) => about(step.on)), ...about(join.on)],
  }
}

/** A row that a left join finds nothing for is one of the query's, so its rows are found first. */
function byKey(query: Placed, call: string, text: StatementText): string {
  const { schema, state } = query
  if (schema.primaryKey.length === 0) {
    throw new QueryError(
      `${call} on "${schema.source}" with other joins than inner ones finds its rows by their primary key, and there is none.`,
    )
  }
  const keys = schema.primaryKey.map((column) => columnText(query, { alias: undefined, column }))
  const rows: Expression<unknown> = rowsOf({
    ...query,
    state: { ...state, fields: schema.primaryKey },
  })
  return ` where (${keys.join(', ')}) in ${text.expression(rows)}`
}

/** @throws QueryError when the query says more than which rows there are. */
export function refuseUnusable(
  { schema, state }: Described,
  call: string,
  also: readonly string[] = [],
): void {
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
    also.includes('join') && state.joins.length > 0 && 'join',
  ].filter((name) => name !== false)
  if (extra.length === 0) return
  const taken = also.includes('join') ? 'where() only' : 'where() and join() only'
  throw new QueryError(
    `${call} on "${schema.source}" takes a query with ${taken}, got also: ${extra.join(', ')}`,
  )
}
