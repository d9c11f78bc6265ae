import { QueryError } from '../../errors.ts'
import { queryOf } from '../../query/from.ts'
import { type Described } from '../../query/model.ts'
import { type Operator } from '../../query/conditions.ts'
import { sourceOf } from '../../query/source.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type Context } from '../context.ts'
import { recordQuery } from '../recording/recorded.ts'
import { scoped } from './tenancy.ts'

/** What a repo is about to do with a query. Everything that reads rows is `all`, but for a stream. */
export type QueryOperation = 'all' | 'stream' | 'updateAll' | 'deleteAll' | 'insertAll'

/** What the repo was told beside the query: by `defaultOptions`, and over them by `repo.withOptions`. */
export interface QueryOptions {
  /** Set where the query is none of the caller's own: it reads an association. */
  readonly purpose?: 'preload'
  readonly [name: string]: unknown
}

/** A query on any schema: what it is about is known when it is there. */
export interface AnyQuery {
  readonly schema: AnySchema
  where(field: string, operator: Operator, value: unknown): AnyQuery
  where(clauses: { readonly [field: string]: unknown }): AnyQuery
}

/** Looks at every query before it runs, and gives it back, or one on the same schema in its place. */
export type PrepareQuery = (
  operation: QueryOperation,
  query: AnyQuery,
  options: QueryOptions,
) => AnyQuery

/**
 * A query as it is to run: what `prepareQuery` makes of it, narrowed to the repo's tenants. Everything that
 * runs a query calls this once. The very query, where there is nothing to add.
 *
 * @throws TenantError
 */
export function prepared<Q extends Described>(
  context: Context,
  operation: QueryOperation,
  query: Q,
  purpose?: 'preload',
): Q {
  const { tenancy, prepareQuery } = context
  const asked = prepareQuery ? changed(context, prepareQuery, operation, query, purpose) : query
  const narrowed = scoped(tenancy, asked)
  if (operation === 'all' || operation === 'stream') recordQuery(context, narrowed)
  // Neither changes the schema, which is all that Q says beyond Described.
  return narrowed as Q
}

function changed(
  { options, defaultOptions }: Context,
  prepareQuery: PrepareQuery,
  operation: QueryOperation,
  { schema, state }: Described,
  purpose: 'preload' | undefined,
): Described {
  const told = { ...defaultOptions?.(operation), ...options, ...(purpose && { purpose }) }
  // At run time a query takes any field, and refuses what the schema does not have.
  const query = queryOf(schema, state) as unknown as AnyQuery
  const given: Described = sourceOf(prepareQuery(operation, query, told) as unknown as AnySchema)
  if (given.schema === schema) return given
  throw new QueryError(
    `prepareQuery() was given a query on "${schema.source}" and gave one on "${given.schema.source}". It has to be on the same.`,
  )
}
