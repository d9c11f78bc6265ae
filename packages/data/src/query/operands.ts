import { inspect } from 'node:util'

import { type Fields, type Selection } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Described } from './model.ts'
import { printQuery } from './print.ts'
import { type Source, sourceOf } from './source.ts'

/** For the compiler alone: what one row of a subquery comes to where it is compared. */
declare const VALUE: unique symbol

/** A query inside another: see `subquery`, `anyOf` and `allOf`. */
export class Subquery<S extends AnySchema = AnySchema, Spec = unknown, Value = unknown> {
  declare readonly [VALUE]?: Value
  declare readonly spec?: Spec
  readonly schema: S
  readonly query: Described
  readonly quantity: 'one' | 'any' | 'all'

  constructor(schema: S, query: Described, quantity: 'one' | 'any' | 'all') {
    this.schema = schema
    this.query = query
    this.quantity = quantity
  }

  [inspect.custom](): string {
    return `subquery(${printQuery(this.query)})`
  }
}

/** A field of the query around a subquery: see `parent`. */
export class Parent<Name extends string = string> {
  readonly name: Name

  constructor(name: Name) {
    this.name = name
  }
}

/** The value of the one field that was selected; unknown, which compares with nothing, where none was. */
type Compared<S extends AnySchema, Spec> =
  Spec extends Selection<infer F> ? NonNullable<Fields<S>[F & keyof Fields<S>]> : unknown

/**
 * A query to stand inside another: in `where('id', 'in', subquery(…))`, which takes one that selects one
 * field; as a value, `where('pages', '=', subquery(…))`, when it has one row at most; as the rows of
 * another query, `from(subquery(…))`; and to be joined.
 */
export function subquery<S extends AnySchema, Spec = unknown>(
  source: Source<S, Spec>,
): Subquery<S, Spec, Compared<S, Spec>> {
  return subqueryOf(source, 'one')
}

/** `where('pages', '>', anyOf(q))`: more pages than at least one of these. */
export function anyOf<S extends AnySchema, Spec = unknown>(
  source: Source<S, Spec>,
): Subquery<S, Spec, Compared<S, Spec>> {
  return subqueryOf(source, 'any')
}

/** `where('pages', '>', allOf(q))`: more pages than every one of these. */
export function allOf<S extends AnySchema, Spec = unknown>(
  source: Source<S, Spec>,
): Subquery<S, Spec, Compared<S, Spec>> {
  return subqueryOf(source, 'all')
}

function subqueryOf<S extends AnySchema, Spec>(
  source: Source<S, Spec>,
  quantity: Subquery['quantity'],
): Subquery<S, Spec, Compared<S, Spec>> {
  const { schema, state } = sourceOf(source)
  return new Subquery(schema, { schema, state: { ...state, preloads: {} } }, quantity)
}

/**
 * In a subquery, a field of the query around it: `exists(from(Review).where({ bookId: parent('id') }))`.
 * `parent('reviews.id')` is one of a join of it.
 */
export function parent<const Name extends string>(name: Name): Parent<Name> {
  return new Parent(name)
}
