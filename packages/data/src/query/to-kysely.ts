import { type SelectQueryBuilder } from 'kysely'

import { type Columns, type Selection } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { columnsRead } from './columns-read.ts'
import { columnExpression } from './expressions.ts'
import { type JoinMap, type ReadBy, type Scope } from './query.ts'
import { selectFrom } from './select.ts'
import { type Source, sourceOf } from './source.ts'
import { builder } from './tables.ts'

type Chosen<S extends AnySchema, Spec> =
  Spec extends Selection<infer F> ? Pick<Columns<S>, F & keyof Columns<S>> : {}

/**
 * The query as Kysely's builder, with its joins, conditions and order, and with what `select` named: to
 * go on with, and to give to `repo.run`. What it preloads is left behind.
 */
export function toKysely<S extends AnySchema, Spec = unknown, Joins extends JoinMap = {}>(
  source: Source<S, Spec, Joins>,
): SelectQueryBuilder<Scope<S, Joins>, ReadBy<S, Joins>, Chosen<S, Spec>> {
  const { schema, state } = sourceOf(source)
  const query = { schema, state: { ...state, preloads: {} }, around: undefined }
  const rows = selectFrom(query, builder())
  const columns = state.fields === undefined ? [] : columnsRead(schema, query.state)
  const chosen = columns.map((column) =>
    columnExpression(query, { alias: undefined, column }).as(column.column),
  )
  // Joins and fields are the ones that the types of the query were made from.
  return rows.select(chosen) as unknown as SelectQueryBuilder<
    Scope<S, Joins>,
    ReadBy<S, Joins>,
    Chosen<S, Spec>
  >
}
