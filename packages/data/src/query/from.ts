import { type AnySchema } from '../schema/schema.ts'
import { compileSelect } from './compile.ts'
import { type Query } from './query.ts'
import {
  addOrder,
  addPreloads,
  addSelect,
  addWhere,
  checkCount,
  EMPTY,
  type QueryState,
} from './state.ts'

/** A query for all rows of a schema, to be narrowed. */
export function from<S extends AnySchema>(schema: S): Query<S> {
  return queryOf<S, unknown>(schema, EMPTY)
}

/** What a repo function takes where it takes a query: a query, or a schema for all of its rows. */
export type Source<S extends AnySchema, Spec> = S | Query<S, Spec>

/** The schema and the state behind a query or a schema. */
export function sourceOf<S extends AnySchema, Spec>(
  source: Source<S, Spec>,
): { readonly schema: S; readonly state: QueryState } {
  // A BuiltQuery is only ever made for a Query<S>, and what is none is the schema itself.
  return source instanceof BuiltQuery
    ? { schema: source.schema as S, state: source.state }
    : { schema: source as S, state: EMPTY }
}

function queryOf<S extends AnySchema, Spec>(schema: S, state: QueryState): Query<S, Spec> {
  // The methods check at run time what Query's overloads promise the compiler.
  return new BuiltQuery(schema, state) as unknown as Query<S, Spec>
}

/** A class, because a page makes dozens of these and each would otherwise make ten functions. */
class BuiltQuery {
  readonly schema: AnySchema
  readonly state: QueryState

  constructor(schema: AnySchema, state: QueryState) {
    this.schema = schema
    this.state = state
  }

  where(...given: readonly unknown[]): BuiltQuery {
    return new BuiltQuery(this.schema, addWhere(this.schema, this.state, given))
  }

  orderBy(order: object): BuiltQuery {
    return new BuiltQuery(this.schema, addOrder(this.schema, this.state, order))
  }

  limit(count: number): BuiltQuery {
    return new BuiltQuery(this.schema, { ...this.state, limit: checkCount('limit()', count) })
  }

  offset(count: number): BuiltQuery {
    return new BuiltQuery(this.schema, { ...this.state, offset: checkCount('offset()', count) })
  }

  select(...fields: readonly string[]): BuiltQuery {
    return new BuiltQuery(this.schema, addSelect(this.schema, this.state, fields))
  }

  preload(...preloads: readonly unknown[]): BuiltQuery {
    return new BuiltQuery(this.schema, addPreloads(this.schema, this.state, preloads))
  }

  pipe(...steps: readonly ((query: unknown) => unknown)[]): unknown {
    return steps.reduce<unknown>((query, step) => step(query), this)
  }

  toSQL(): { sql: string; parameters: readonly unknown[] } {
    const { statement, values } = compileSelect(this.schema, this.state, 'rows')
    return { sql: statement.text, parameters: values }
  }
}
