import { type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'

import { type Direction } from '../schema/association.ts'
import { type ColumnType } from '../schema/field.ts'
import {
  type AssociationName,
  type AssociationOf,
  type ColumnName,
  type Columns,
  type Selection,
  type TargetOf,
  type VirtualName,
} from '../schema/row.ts'
import { type Preload, type SpecOfList } from '../schema/preloads.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Operator, type TupleOperator } from './conditions.ts'
import { type Holds } from './dynamic.ts'
import { type JoinType } from './model.ts'
import { type Parent, type Subquery } from './operands.ts'
import { type Lock, type Part } from './state.ts'
import { type TablesAround } from './tables.ts'

/** What a query has joined, by the names it has for them. */
export type JoinMap = { readonly [alias: string]: AnySchema }

/** For the compiler alone: that a row of a join may not be there. */
declare const ABSENT: unique symbol
interface Absent {
  readonly [ABSENT]: true
}

/** The names of fields that a query knows: `title`, and of a join `reviews.stars`. */
export type NameIn<S extends AnySchema, Joins extends JoinMap> =
  | ColumnName<S>
  | { [A in keyof Joins & string]: `${A}.${ColumnName<Joins[A]>}` }[keyof Joins & string]

/** A field's value where it is compared: null is asked for with `'is'`. */
type Given<S extends AnySchema, F> =
  F extends ColumnName<S> ? NonNullable<ColumnType<S['fields'][F]>> : never

type GivenIn<S extends AnySchema, Joins extends JoinMap, N> =
  N extends ColumnName<S>
    ? Given<S, N>
    : N extends `${infer A}.${infer F}`
      ? A extends keyof Joins
        ? Given<Joins[A], F>
        : never
      : never

/** What `repo.aggregate` makes of a field. */
export type Aggregated<S extends AnySchema, Joins extends JoinMap, N> = GivenIn<S, Joins, N>

type Operand<Value, O> = O extends 'in' | 'not in'
  ? readonly Value[] | SubqueryOf<Value>
  : O extends 'is' | 'is not'
    ? null
    : Value | SubqueryOf<Value> | Parent

type SubqueryOf<Value> = Subquery<AnySchema, unknown, Value>

/** Fields and the value each has to equal. */
export type Clauses<S extends AnySchema> = { readonly [F in ColumnName<S>]?: Given<S, F> }

type ClausesIn<S extends AnySchema, Joins extends JoinMap> = {
  readonly [N in NameIn<S, Joins>]?:
    GivenIn<S, Joins, N> | SubqueryOf<GivenIn<S, Joins, N>> | Parent
}

/** The tables an expression in a query may name: those around its schema, and its joins. */
export type Scope<S extends AnySchema, Joins extends JoinMap> = {
  [T in keyof TablesAround<S> | keyof Joins]: T extends keyof Joins
    ? JoinedColumns<Joins[T]>
    : T extends keyof TablesAround<S>
      ? TablesAround<S>[T]
      : never
}

type JoinedColumns<T extends AnySchema> = T extends Absent
  ? { readonly [C in keyof Columns<T>]: Columns<T>[C] | null }
  : Columns<T>

/** The names under which a query reads rows. */
export type ReadBy<S extends AnySchema, Joins extends JoinMap> = (S['source'] | keyof Joins) &
  keyof Scope<S, Joins>

/** Builds a Kysely expression over a query's own columns and those of its joins. */
export type ExpressionOver<S extends AnySchema, Joins extends JoinMap, Value = unknown> = (
  eb: ExpressionBuilder<Scope<S, Joins>, ReadBy<S, Joins>>,
) => Expression<Value>

/** The ways to say a condition. A method's type, so that a query with joins serves where one without is wanted. */
interface Conditions<S extends AnySchema, Joins extends JoinMap, Result> {
  /** Rows whose field compares so. `'is', null` and `'is not', null` ask for absence and presence. */
  of<N extends NameIn<S, Joins>, O extends Operator>(
    field: N,
    operator: O,
    value: Operand<GivenIn<S, Joins, N>, O>,
  ): Result
  /** Compares several fields as one, the first before the second: what comes after a given row. */
  of<const Fields extends readonly NameIn<S, Joins>[]>(
    fields: Fields,
    operator: TupleOperator,
    values: { readonly [I in keyof Fields]: GivenIn<S, Joins, Fields[I]> },
  ): Result
  /** Rows for which a Kysely expression is true. Columns have their camelCase names. */
  of(expression: ExpressionOver<S, Joins, SqlBool>): Result
  /** Rows for which a dynamic holds: see `dynamic`, `exists` and `notExists`. */
  of(condition: Holds<S, Joins>): Result
  /** Rows whose fields equal all of these. */
  of(clauses: ClausesIn<S, Joins>): Result
}

/** Takes a condition in any of the ways there are. */
export type TakesCondition<S extends AnySchema, Joins extends JoinMap, Result> = Conditions<
  S,
  Joins,
  Result
>['of']

/** What is joined, and how. */
interface JoinOptions<S extends AnySchema, Joins extends JoinMap, T extends AnySchema, As, Type> {
  /** What the query calls it; the association's name unless said. */
  readonly as?: As
  readonly type?: Type
  /** Holds besides the keys: fields of what is joined, a dynamic for it, or an expression over everything. */
  readonly on?: Clauses<T> | Holds<T> | ExpressionOver<S, WithJoin<Joins, As, T, 'inner'>, SqlBool>
}

type KeyedJoin = Exclude<JoinType, 'cross' | 'innerLateral' | 'leftLateral'>

type WithJoin<Joins extends JoinMap, As, T extends AnySchema, Type> = Joins & {
  readonly [A in As & string]: Type extends 'left' | 'full' | 'leftLateral' ? T & Absent : T
}

type Target<S extends AnySchema, N> = TargetOf<S, AssociationOf<S, N>>

type PartIn<P> = P extends readonly (infer One)[] ? PartIn<One> : P

type SpecWithout<Spec, P> = 'select' extends P
  ? 'preload' extends P
    ? unknown
    : Omit<Spec, keyof Selection<string>>
  : 'preload' extends P
    ? Spec extends Selection<infer F>
      ? Selection<F>
      : unknown
    : Spec

type JoinsWithout<Joins extends JoinMap, P> = Extract<P, `${string}oin`> extends never ? Joins : {}

/** A selection with more fields in it. */
type Merged<Spec, N extends string> =
  Spec extends Selection<infer F> ? Omit<Spec, keyof Selection<string>> & Selection<F | N> : Spec

/**
 * A description of a read. It is a value: each method gives a new one, and nothing runs until a repo
 * gets it. Named query functions take one and give one: `<Q extends Query<typeof Book>>(books: Q): Q`
 * keeps what is selected, preloaded and joined.
 */
// Methods whose result is another query take what `this` is as parameters of their own: so a query with
// joins is one without them to the compiler, which would otherwise look through every next query first.
export interface Query<S extends AnySchema, Spec = unknown, Joins extends JoinMap = {}> {
  readonly schema: S
  /** For the compiler: which associations the rows hold. Never set. */
  readonly spec?: Spec
  /**
   * For the compiler: what is joined. Never set. As a mapped type, over which the compiler looks at two
   * queries themselves, and finds that one with more joins serves where fewer are wanted.
   */
  readonly joins?: { readonly [A in keyof Joins]: Joins[A] }
  /** Narrows: all of `where` so far, and this. */
  where: Conditions<S, Joins, this>['of']
  /** Widens: all of `where` so far, or this. */
  orWhere: Conditions<S, Joins, this>['of']

  /**
   * Joins an association by its name, under that name or `as`. The same join again is the same query;
   * another one under the same name throws. An association's own `where` holds in it.
   *
   * @throws UnknownAssociationError · QueryError
   */
  join<
    Mine,
    J extends JoinMap,
    N extends AssociationName<S>,
    As extends string = N,
    Type extends KeyedJoin = 'inner',
  >(
    this: Query<S, Mine, J>,
    association: N,
    options?: JoinOptions<S, J, Target<S, N>, As, Type>,
  ): Query<S, Mine, WithJoin<J, As, Target<S, N>, Type>>
  /** An association of what was joined as `from`. */
  join<
    Mine,
    J extends JoinMap,
    From extends keyof J & string,
    N extends AssociationName<J[From]>,
    As extends string = N,
    Type extends KeyedJoin = 'inner',
  >(
    this: Query<S, Mine, J>,
    association: N,
    options: { readonly from: From } & JoinOptions<S, J, Target<J[From], N>, As, Type>,
  ): Query<S, Mine, WithJoin<J, As, Target<J[From], N>, Type>>
  /** Any schema, query or subquery, where `on` says. A `lateral` one may name fields of this query by `parent`. */
  join<
    Mine,
    J extends JoinMap,
    T extends AnySchema,
    Theirs,
    const As extends string,
    Type extends JoinType = 'inner',
  >(
    this: Query<S, Mine, J>,
    other: T | Query<T, Theirs> | Subquery<T, Theirs>,
    options: { readonly as: As } & JoinOptions<S, J, T, As, Type>,
  ): Query<S, Mine, WithJoin<J, As, T, Type>>
  hasNamedJoin(name: string): boolean
  /** Joins by the function what is not joined yet. @throws QueryError when the function does not join it. */
  withNamedJoin<R>(name: string, add: (query: this) => R): R

  /** Rows that are alike in these become one. What is selected has to be one of these, or computed by `selectMerge`. */
  groupBy(...terms: readonly (NameIn<S, Joins> | ExpressionOver<S, Joins>)[]): this
  /** Of the groups. All of `having` so far, and this. */
  having: Conditions<S, Joins, this>['of']
  /** All of `having` so far, or this. */
  orHaving: Conditions<S, Joins, this>['of']
  /** Comes after the order there is. */
  orderBy(order: { readonly [N in NameIn<S, Joins>]?: Direction }): this
  orderBy(expression: ExpressionOver<S, Joins>, direction?: Direction): this
  /** Comes before the order there is. */
  prependOrderBy(order: { readonly [N in NameIn<S, Joins>]?: Direction }): this
  prependOrderBy(expression: ExpressionOver<S, Joins>, direction?: Direction): this
  /** Each row once; or of the rows alike in these fields, the first in the order, which then begins with them. */
  distinct(all?: boolean): this
  distinct(...terms: readonly (NameIn<S, Joins> | ExpressionOver<S, Joins>)[]): this
  /** The last one given holds. */
  limit(count: number): this
  /** The last one given holds. */
  offset(count: number): this
  /** Locks the rows of this schema until the transaction ends. The last one given holds. */
  lock(how: Lock): this

  /**
   * Reads these fields only, where rows are long and many. A field that was not selected is not in the
   * type, and throws FieldNotSelectedError at run time.
   */
  select<Mine, J extends JoinMap, F extends ColumnName<S>>(
    this: Query<S, Mine, J>,
    ...fields: readonly F[]
  ): Query<S, Mine & Selection<F>, J>
  /** Fills virtual fields with what the database computes: `{ reviewCount: (eb) => eb.fn.countAll() }`. */
  selectMerge<
    Mine,
    J extends JoinMap,
    const C extends { readonly [N in VirtualName<S>]?: ExpressionOver<S, J> },
  >(
    this: Query<S, Mine, J>,
    computed: C,
  ): Query<S, Merged<Mine, keyof C & string>, J>
  /** Loads these associations with the rows, one query for each, however many rows. See also `joined`. */
  preload<Mine, J extends JoinMap, const P extends readonly Preload<S, J>[]>(
    this: Query<S, Mine, J>,
    ...preloads: P
  ): Query<S, Mine & SpecOfList<P>, J>
  /** Without these clauses. `join`, or one kind of join, has the compiler forget all joins. */
  exclude<Mine, J extends JoinMap, const P extends readonly (Part | readonly Part[])[]>(
    this: Query<S, Mine, J>,
    ...parts: P
  ): Query<S, SpecWithout<Mine, PartIn<P>>, JoinsWithout<J, PartIn<P>>>

  /** `q.pipe(published, newestFirst)` is `newestFirst(published(q))`. */
  pipe<A>(first: (query: this) => A): A
  pipe<A, B>(first: (query: this) => A, second: (query: A) => B): B
  pipe<A, B, C>(first: (query: this) => A, second: (query: A) => B, third: (query: B) => C): C
  pipe<A, B, C, D>(
    first: (query: this) => A,
    second: (query: A) => B,
    third: (query: B) => C,
    fourth: (query: C) => D,
  ): D
  /** The SQL it stands for, for tests and for the curious. */
  toSQL(): { readonly sql: string; readonly parameters: readonly unknown[] }
}
