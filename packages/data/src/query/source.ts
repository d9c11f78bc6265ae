import { QueryError } from '../errors.ts'
import { type AnySchema } from '../schema/schema.ts'
import { Description, EMPTY, type Described } from './model.ts'
import { type JoinMap, type Query } from './query.ts'

/** What a repo function takes where it takes a query: a query, or a schema for all of its rows. */
export type Source<S extends AnySchema, Spec, Joins extends JoinMap = {}> =
  S | Query<S, Spec, Joins>

/**
 * The schema and the state behind a query or a schema.
 *
 * @throws QueryError for a schema without a table, and for what is neither.
 */
export function sourceOf<S extends AnySchema, Spec, Joins extends JoinMap>(
  source: Source<S, Spec, Joins>,
): Described & { readonly schema: S } {
  // A Description is only ever made for a Query<S>, and what is none is the schema itself.
  if (source instanceof Description) return source as Described & { readonly schema: S }
  refuseUnqueryable(source)
  return { schema: source as S, state: EMPTY }
}

/** @throws QueryError */
export function refuseUnqueryable(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null || !('kind' in schema)) {
    const hint =
      typeof schema === 'string'
        ? ' A table without a schema is read by repo.run(), with SQL or Kysely.'
        : ''
    throw new QueryError(`a query or a schema is wanted, got: ${String(schema)}.${hint}`)
  }
  if (schema.kind === 'table') return
  throw new QueryError(
    `an embedded schema has no table, so it cannot be queried: its rows live in a field of another. ` +
      `Query the schema that holds them, or make this one with schema('table', …).`,
  )
}
