import { type Expression, type SqlBool } from 'kysely'

import { type Direction } from '../schema/association.ts'
import { type ResolvedAssociation } from '../schema/associations.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'

/** A query as data: the schema it reads and what is asked of it. */
export interface Described {
  readonly schema: AnySchema
  readonly state: QueryState
}

/** What every query is an instance of, so that it is told from everything else. */
export class Description implements Described {
  readonly schema: AnySchema
  readonly state: QueryState

  constructor(schema: AnySchema, state: QueryState) {
    this.schema = schema
    this.state = state
  }
}

/** What a query is made of. Every part is data, but for the functions that build Kysely expressions. */
export interface QueryState {
  /** Rows come from this query, when it is not the table. */
  readonly from: Described | undefined
  readonly joins: readonly Join[]
  /** All of them have to hold. */
  readonly conditions: readonly Condition[]
  readonly group: readonly Term[]
  readonly having: readonly Condition[]
  readonly order: readonly OrderTerm[]
  /** Whole rows, or the first of those that are alike in these. */
  readonly distinct: true | readonly Term[] | undefined
  readonly limit: number | undefined
  readonly offset: number | undefined
  readonly lock: string | undefined
  readonly preloads: PreloadTree
  /** All, when undefined. */
  readonly fields: readonly Column[] | undefined
  /** Virtual fields, and what the database is to compute for them. */
  readonly computed: readonly Computed[]
}

/** A column of the query's own schema, or of the one joined as `alias`. */
export interface Reference {
  readonly alias: string | undefined
  readonly column: Column
}

/** What a query is ordered, grouped or made distinct by. */
export type Term =
  | { readonly kind: 'column'; readonly reference: Reference }
  | { readonly kind: 'expression'; readonly build: Build<unknown> }

export interface OrderTerm {
  readonly by: Term
  readonly direction: Direction
}

export interface Computed {
  readonly column: Column
  readonly build: Build<unknown>
}

/** A caller's function, which was written for the typed builder of the very query it was given to. */
export type Build<Value = SqlBool> = (eb: never) => Expression<Value>

/** A condition: data, which is compiled once for all values, or a Kysely expression. */
export type Condition =
  | {
      readonly kind: 'comparison'
      readonly reference: Reference
      readonly operator: string
      readonly operand: Operand
      readonly key: Key
    }
  | {
      readonly kind: 'tuple'
      readonly references: readonly Reference[]
      readonly operator: string
      /** As the driver sends them. */
      readonly values: readonly unknown[]
      readonly key: Key
    }
  | {
      readonly kind: 'all' | 'any'
      readonly of: readonly Condition[]
      readonly key: Key
    }
  | { readonly kind: 'not'; readonly condition: Condition; readonly key: Key }
  | { readonly kind: 'exists'; readonly query: Described; readonly key: Key }
  | {
      readonly kind: 'expression'
      readonly build: Build
      /** What the query calls the table that the expression was written for. */
      readonly alias: string | undefined
      readonly key: undefined
    }

/** What a column is compared with. */
export type Operand =
  /** As the driver sends it. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** A column of the query around this one, found when that is known. */
  | { readonly kind: 'parent'; readonly name: string }
  | {
      readonly kind: 'query'
      readonly query: Described
      readonly quantity: 'one' | 'any' | 'all'
    }

/** The shape without its values; undefined when an expression makes it unique. */
export type Key = string | undefined

export const JOIN_TYPES = [
  'inner',
  'left',
  'right',
  'full',
  'cross',
  'innerLateral',
  'leftLateral',
] as const
export type JoinType = (typeof JOIN_TYPES)[number]

/** Rows of another schema beside the query's own. */
export interface Join {
  /** What the query calls them. */
  readonly alias: string
  readonly type: JoinType
  readonly schema: AnySchema
  /** What leads to them; undefined where `on` says it all. */
  readonly steps: readonly JoinStep[]
  /** The query they come from, when it is not the schema's table. */
  readonly query: Described | undefined
  /** Holds beside the keys of the steps. */
  readonly on: readonly Condition[]
  readonly key: Key
  /** The association that was joined, and whose it is. */
  readonly association: { readonly name: string; readonly from: string | undefined } | undefined
}

/** One table on the way to the joined rows: its rows are those whose key equals one of the table before. */
export interface JoinStep {
  readonly alias: string
  readonly source: string
  /** Of the table; undefined for a join table that has none. */
  readonly schema: AnySchema | undefined
  readonly column: string
  readonly equals: { readonly alias: string | undefined; readonly column: string }
  readonly on: readonly Condition[]
}

/** Which associations to load, and which on their rows in turn. Steps of a `through` are spelled out. */
export interface PreloadTree {
  readonly [association: string]: PreloadNode
}

export interface PreloadNode {
  readonly nested: PreloadTree
  /** How its rows are found, where it is not by the association's own query. */
  readonly how?: PreloadHow
}

export type PreloadHow =
  /** By this query, narrowed to the rows wanted. Its preloads are in `nested` already. */
  | { readonly kind: 'query'; readonly query: Described }
  /** By a function of the caller's. */
  | { readonly kind: 'function'; readonly load: LoadRows }
  /** They come with the rows they belong to, from the join of this name. */
  | { readonly kind: 'joined'; readonly alias: string }
  /** They stand in the rows themselves, in a field. */
  | { readonly kind: 'embedded' }

/** Finds the rows of an association for these keys of its owners. */
export type LoadRows = (
  keys: readonly unknown[],
  association: Exclude<ResolvedAssociation, { readonly kind: 'through' }>,
) => unknown

/** The state of a query for all rows. */
export const EMPTY: QueryState = {
  from: undefined,
  joins: [],
  conditions: [],
  group: [],
  having: [],
  order: [],
  distinct: undefined,
  limit: undefined,
  offset: undefined,
  lock: undefined,
  preloads: {},
  fields: undefined,
  computed: [],
}

/** A condition by itself: see `dynamic`. No condition is no condition: it neither narrows nor widens. */
export class FreeCondition {
  /** Undefined where it names no field of the query it goes into. */
  readonly schema: AnySchema | undefined
  readonly joins: readonly Join[]
  readonly condition: Condition | undefined

  constructor(
    schema: AnySchema | undefined,
    joins: readonly Join[],
    condition: Condition | undefined,
  ) {
    this.schema = schema
    this.joins = joins
    this.condition = condition
  }
}
