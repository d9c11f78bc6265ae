import { inspect } from 'node:util'

import { QueryError } from '../errors.ts'
import { type AnySchema, type TableSchema } from '../schema/schema.ts'
import { compileSelect } from './compile.ts'
import { joinOf } from './joins.ts'
import { Description, EMPTY, type QueryState } from './model.ts'
import { Subquery } from './operands.ts'
import { printQuery } from './print.ts'
import { type JoinMap, type Query } from './query.ts'
import { refuseUnqueryable } from './source.ts'
import {
  addComputed,
  addGroup,
  addHaving,
  addOrder,
  addOrHaving,
  addOrWhere,
  addPreloads,
  addSelect,
  addWhere,
  checkCount,
  exclude,
  prependOrder,
  setDistinct,
  setLock,
} from './state.ts'

type Given = readonly unknown[]

/**
 * A query for all rows of a schema, to be narrowed; or for the rows of a subquery, as if they were the
 * table: `from(subquery(newest.limit(10))).orderBy({ title: 'asc' })`.
 *
 * @throws QueryError for an embedded schema, which has no table.
 */
export function from<S extends TableSchema>(schema: S): Query<S>
export function from<S extends AnySchema, Spec>(rows: Subquery<S, Spec>): Query<S, Spec>
export function from(source: AnySchema | Subquery): Query<AnySchema> {
  if (source instanceof Subquery) {
    return queryOf(source.schema, { ...EMPTY, from: source.query })
  }
  refuseUnqueryable(source)
  return queryOf(source, EMPTY)
}

/** A query of this state, which has to be one that its types describe. */
export function queryOf<S extends AnySchema, Spec, Joins extends JoinMap>(
  schema: S,
  state: QueryState,
): Query<S, Spec, Joins> {
  // The methods check at run time what Query's overloads promise the compiler.
  return new BuiltQuery(schema, state) as unknown as Query<S, Spec, Joins>
}

/** A class, because a page makes dozens of these and each would otherwise make thirty functions. */
class BuiltQuery extends Description {
  where(...given: Given): BuiltQuery {
    return this.#with(addWhere(this, given))
  }

  orWhere(...given: Given): BuiltQuery {
    return this.#with(addOrWhere(this, given))
  }

  join(target: unknown, options?: unknown): BuiltQuery {
    const join = joinOf(this, target, options)
    return join ? this.#with({ ...this.state, joins: [...this.state.joins, join] }) : this
  }

  hasNamedJoin(name: string): boolean {
    return this.state.joins.some(({ alias }) => alias === name)
  }

  withNamedJoin(name: string, add: (query: BuiltQuery) => BuiltQuery): BuiltQuery {
    if (this.hasNamedJoin(name)) return this
    const joined = add(this)
    if (joined.hasNamedJoin(name)) return joined
    throw new QueryError(
      `the function given to withNamedJoin('${name}', …) for "${this.schema.source}" has to join something under that name. ` +
        `Joins: ${joined.state.joins.map(({ alias }) => alias).join(', ') || 'none'}.`,
    )
  }

  groupBy(...given: Given): BuiltQuery {
    return this.#with(addGroup(this, given))
  }

  having(...given: Given): BuiltQuery {
    return this.#with(addHaving(this, given))
  }

  orHaving(...given: Given): BuiltQuery {
    return this.#with(addOrHaving(this, given))
  }

  orderBy(...given: Given): BuiltQuery {
    return this.#with(addOrder(this, given))
  }

  prependOrderBy(...given: Given): BuiltQuery {
    return this.#with(prependOrder(this, given))
  }

  distinct(...given: Given): BuiltQuery {
    return this.#with(setDistinct(this, given))
  }

  limit(count: number): BuiltQuery {
    return this.#with({ ...this.state, limit: checkCount('limit()', count) })
  }

  offset(count: number): BuiltQuery {
    return this.#with({ ...this.state, offset: checkCount('offset()', count) })
  }

  lock(how: string): BuiltQuery {
    return this.#with(setLock(this, how))
  }

  select(...fields: readonly string[]): BuiltQuery {
    return this.#with(addSelect(this, fields))
  }

  selectMerge(computed: unknown): BuiltQuery {
    return this.#with(addComputed(this, computed))
  }

  preload(...preloads: Given): BuiltQuery {
    return this.#with(addPreloads(this, preloads))
  }

  exclude(...parts: Given): BuiltQuery {
    return this.#with(exclude(this, parts))
  }

  pipe(...steps: readonly ((query: unknown) => unknown)[]): unknown {
    return steps.reduce<unknown>((query, step) => step(query), this)
  }

  toSQL(): { sql: string; parameters: readonly unknown[] } {
    const { statement, values } = compileSelect(this.schema, this.state, 'rows')
    return { sql: statement.text, parameters: values }
  }

  [inspect.custom](): string {
    return `Query<${printQuery(this)}>`
  }

  #with(state: QueryState): BuiltQuery {
    return new BuiltQuery(this.schema, state)
  }
}
