import { type Compilable, sql } from 'kysely'

import { QueryError } from '../errors.ts'
import { type AnySchema } from '../schema/schema.ts'
import { columnsRead } from './columns-read.ts'
import { columnExpression, columnText, type Placed } from './expressions.ts'
import { referenceKey, shapeKey, type Wanted } from './keys.ts'
import { type Described, type QueryState, type Reference } from './model.ts'
import { kysely, rowsOf, selectFrom } from './select.ts'
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
  if (distinct === true) refuseUnread({ schema, state }, reference)
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

/** @throws QueryError: rows that are alike in what is read are one, and then only that is known of them. */
function refuseUnread({ schema, state }: Described, reference: Reference | undefined): void {
  if (!reference) return
  const { alias, column } = reference
  if (alias === undefined && columnsRead(schema, state).includes(column)) return
  const name = alias === undefined ? column.name : `${alias}.${column.name}`
  throw new QueryError(
    `cannot aggregate "${name}" of a query on "${schema.source}" with distinct(), which does not read it. ` +
      `Select it, or aggregate with toKysely().`,
  )
}

function valueOf(column: string) {
  return sql.raw(column === '*' ? '1' : column).as('value')
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
