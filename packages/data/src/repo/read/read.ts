import { MultipleResultsError, NotFoundError, QueryError } from '../../errors.ts'
import { compileSelect } from '../../query/compile.ts'
import { type Described } from '../../query/model.ts'
import { printClauses } from '../../query/print.ts'
import { type Source, sourceOf } from '../../query/source.ts'
import { addWhere } from '../../query/state.ts'
import { type Row } from '../../schema/row.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { hasJoinedRows } from './assemble.ts'
import { type Context, run } from '../context.ts'
import { ownRows } from '../preload/own-rows.ts'
import { prepared } from '../tenancy/prepare.ts'
import { loadTree } from '../preload/preload.ts'

export async function all<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
  clauses?: object,
): Promise<Row<S, Spec>[]> {
  return rowsOf(context, narrowed(sourceOf(source), clauses))
}

/** The row, when there is exactly one; undefined when there is none. */
export async function one<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
  clauses?: object,
): Promise<Row<S, Spec> | undefined> {
  const query = narrowed(sourceOf(source), clauses)
  const { schema, state } = query
  // A row whose joined rows are put together is one, however many rows the statement has.
  const atMost = hasJoinedRows(query) ? state.limit : (state.limit ?? 2)
  const rows = await rowsOf<S, Spec>(context, { schema, state: { ...state, limit: atMost } })
  if (rows.length > 1) throw new MultipleResultsError(schema, printClauses(query))
  return rows[0]
}

export async function oneOrThrow<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
  clauses?: object,
): Promise<Row<S, Spec>> {
  const row = await one(context, source, clauses)
  if (row !== undefined) return row
  const query = narrowed(sourceOf(source), clauses)
  throw new NotFoundError(query.schema, printClauses(query))
}

/** @throws QueryError without an id, and for a schema whose primary key is not one field. */
export function idClause<S extends AnySchema, Spec>(source: Source<S, Spec>, id: unknown): object {
  const { schema } = sourceOf(source)
  const [key, other] = schema.primaryKey
  if (!key || other) {
    const names = schema.primaryKey.map(({ name }) => name).join(', ')
    throw new QueryError(
      `repo.get() requires "${schema.source}" to have exactly one field as its primary key, and it has ${names === '' ? 'none' : names}. ` +
        `Use repo.getBy("${schema.source}", { … }) with the fields that tell its rows apart.`,
    )
  }
  if (id === null || id === undefined) {
    throw new QueryError(
      `cannot perform repo.get() on "${schema.source}" because the given id is ${String(id)}. ` +
        `Look at where it comes from: a row that was never stored, or a parameter that was not sent.`,
    )
  }
  return { [key.name]: id }
}

export async function exists<S extends AnySchema, Spec>(
  context: Context,
  source: Source<S, Spec>,
): Promise<boolean> {
  const { schema, state } = prepared(context, 'all', sourceOf(source))
  const { rows } = await run(context, compileSelect(schema, state, 'any'))
  return rows.length > 0
}

/** The rows of a query, with what it preloads. */
export async function rowsOf<S extends AnySchema, Spec>(
  context: Context,
  asked: Described & { readonly schema: S },
): Promise<Row<S, Spec>[]> {
  const query = prepared(context, 'all', asked)
  const loaded = await ownRows(context, query)
  const { schema, state } = query
  await loadTree(context, schema, loaded, state.preloads)
  // The tree was written from the preloads that Spec was inferred from.
  return loaded as unknown as Row<S, Spec>[]
}

function narrowed<Q extends Described>(query: Q, clauses: object | undefined): Q {
  return clauses ? { ...query, state: addWhere(query, [clauses]) } : query
}
