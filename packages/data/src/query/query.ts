import { type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'

import { type Direction } from '../schema/association.ts'
import { type ColumnType } from '../schema/field.ts'
import { type FieldName, type Preload, type Selection, type SpecOfList } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Operator, type TupleOperator } from './state.ts'
import { type TablesAround } from './tables.ts'

/** A field's value where it is compared: null is asked for with `'is'`. */
type Given<S extends AnySchema, F> =
  F extends FieldName<S> ? NonNullable<ColumnType<S['fields'][F]>> : never

type Operand<Value, O> = O extends 'in' | 'not in'
  ? readonly Value[]
  : O extends 'is' | 'is not'
    ? null
    : Value

/** Fields and the value each has to equal. */
export type Clauses<S extends AnySchema> = { readonly [F in FieldName<S>]?: Given<S, F> }

/**
 * A description of a read. It is a value: each method gives a new one, and nothing runs until a repo
 * gets it. Named query functions take one and give one.
 */
export interface Query<S extends AnySchema, Spec = unknown> {
  readonly schema: S
  /** For the compiler: which associations the rows hold. Never set. */
  readonly spec?: Spec
  /** Rows whose field compares so. `'is', null` and `'is not', null` ask for absence and presence. */
  where<F extends FieldName<S>, O extends Operator>(
    field: F,
    operator: O,
    value: Operand<Given<S, F>, O>,
  ): Query<S, Spec>
  /** Compares several fields as one, the first before the second: what comes after a given row. */
  where<const Fields extends readonly FieldName<S>[]>(
    fields: Fields,
    operator: TupleOperator,
    values: { readonly [I in keyof Fields]: Given<S, Fields[I]> },
  ): Query<S, Spec>
  /** Rows for which a Kysely expression is true. Columns have their camelCase names. */
  where(
    expression: (
      eb: ExpressionBuilder<TablesAround<S>, S['source'] & keyof TablesAround<S>>,
    ) => Expression<SqlBool>,
  ): Query<S, Spec>
  /** Rows whose fields equal all of these. */
  where(clauses: Clauses<S>): Query<S, Spec>
  /** Comes after the order there is. */
  orderBy(order: { readonly [F in FieldName<S>]?: Direction }): Query<S, Spec>
  /** The last one given holds. */
  limit(count: number): Query<S, Spec>
  /** The last one given holds. */
  offset(count: number): Query<S, Spec>
  /**
   * Reads these fields only, where rows are long and many. A field that was not selected is not in the
   * type, and throws FieldNotSelectedError at run time.
   */
  select<F extends FieldName<S>>(...fields: readonly F[]): Query<S, Spec & Selection<F>>
  /** Loads these associations with the rows, one query for each, however many rows. */
  preload<const P extends readonly Preload<S>[]>(...preloads: P): Query<S, Spec & SpecOfList<P>>
  /** `q.pipe(published, newestFirst)` is `newestFirst(published(q))`. */
  pipe<A>(first: (query: Query<S, Spec>) => A): A
  pipe<A, B>(first: (query: Query<S, Spec>) => A, second: (query: A) => B): B
  pipe<A, B, C>(
    first: (query: Query<S, Spec>) => A,
    second: (query: A) => B,
    third: (query: B) => C,
  ): C
  /** The SQL it stands for, for tests and for the curious. */
  toSQL(): { readonly sql: string; readonly parameters: readonly unknown[] }
}
