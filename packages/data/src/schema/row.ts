import {
  type AnyAssociation,
  type Association,
  type ManyToMany,
  type Through,
} from './association.ts'
import { type ColumnType } from './field.ts'
import { type AnySchema } from './schema.ts'

/** Where a row's prototype keeps its schema. */
export const SCHEMA: unique symbol = Symbol('schema')
/** Where a row's prototype keeps whether it is in the database. */
export const STATE: unique symbol = Symbol('state')

/** `built` in memory; `loaded` from the database, or just written to it; `deleted` from it. */
export type RowState = 'built' | 'loaded' | 'deleted'

/** Any row of this schema, whatever is loaded. */
export interface RowOf<S extends AnySchema> {
  readonly [SCHEMA]: S
}

/** Every field, virtual ones too. */
export type FieldName<S extends AnySchema> = keyof S['fields'] & string

type IsVirtual<F> = F extends { readonly isVirtual: true } ? true : false

/** The fields that are columns of the table. */
export type ColumnName<S extends AnySchema> = {
  [F in FieldName<S>]: IsVirtual<S['fields'][F]> extends true ? never : F
}[FieldName<S>]

/** The fields that are in no table. */
export type VirtualName<S extends AnySchema> = Exclude<FieldName<S>, ColumnName<S>>

/** A row's fields, as TypeScript sees them. */
export type Fields<S extends AnySchema> = {
  readonly [F in keyof S['fields']]: ColumnType<S['fields'][F]>
}

/** The table's columns, as Kysely sees them: by their camelCase names, which `.source()` may make another than the field's. */
export type Columns<S extends AnySchema> = {
  readonly [
    F in keyof S['fields'] as IsVirtual<S['fields'][F]> extends true
      ? never
      : KyselyName<S['fields'][F], F>
  ]: ColumnType<S['fields'][F]>
}

type KyselyName<F, Name> = F extends { readonly sourceName: infer Source extends string }
  ? CamelCase<Source>
  : Name

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name

/** What a new row may be given in memory: any of its fields. */
export type Values<S extends AnySchema> = {
  readonly [F in FieldName<S>]?: ColumnType<S['fields'][F]>
}

type Required<S extends AnySchema> = {
  [F in FieldName<S>]: S['fields'][F] extends { readonly isOptional: true }
    ? never
    : null extends ColumnType<S['fields'][F]>
      ? never
      : F
}[FieldName<S>]

/** What a new row must be given to be stored as it is: every column that is not null and has no default. */
export type NewRow<S extends AnySchema> = {
  readonly [F in ColumnName<S>]?: ColumnType<S['fields'][F]>
} & {
  readonly [F in Required<S>]: ColumnType<S['fields'][F]>
}

/** The fields that hold rows of an embedded schema. */
export type EmbedName<S extends AnySchema> = {
  [F in FieldName<S>]: EmbeddedIn<ColumnType<S['fields'][F]>> extends never ? never : F
}[FieldName<S>]

/** The schema of the rows that a field's value is or holds. */
export type EmbeddedIn<Value> =
  NonNullable<Value> extends RowOf<infer E>
    ? E
    : NonNullable<Value> extends readonly RowOf<infer E>[]
      ? E
      : never

/**
 * What is in the place of an association that was not preloaded. It has no member of a row or a list,
 * so touching one does not compile; at run time it throws AssociationNotLoadedError.
 *
 * It has only what every object has, and no brand, so that a row with more loaded is a row with less.
 */
export interface NotLoaded<_Association extends string> {
  toString(): string
}

/** For the compiler alone: which associations a row has loaded. No row has it. */
declare const SPEC: unique symbol

/** Any row of this schema, with what it has loaded to be found out. */
export interface RowLoadedWith<S extends AnySchema, Spec> extends RowOf<S> {
  readonly [SPEC]?: Spec
}

/** For the compiler alone: in a Spec, the fields that were selected. */
declare const FIELDS: unique symbol

/** What `select` adds to a Spec. */
export interface Selection<F extends string> {
  readonly [FIELDS]: F
}

/**
 * The columns of a row as it was selected. One with some of them only is no row of its schema: it
 * cannot be changed, and does not serve where a row is asked for.
 */
type Selected<S extends AnySchema, Spec> =
  Spec extends Selection<infer F> ? Pick<Fields<S>, F> : Fields<S> & RowLoadedWith<S, Spec>

/** A row, with the associations of `Spec` loaded and every other NotLoaded. */
export type Row<S extends AnySchema, Spec = unknown> = Selected<S, Spec> & {
  readonly [K in AssociationName<S>]: K extends keyof Spec
    ? LoadedValue<S, K, Spec[K]>
    : NotLoaded<K> | NullOf<S, K>
}

/** `Loaded<typeof Episode, ['podcast', { episodeHosts: ['person'] }]>`: a row with these preloaded. */
export type Loaded<S extends AnySchema, Preloads extends Preload<S> | readonly Preload<S>[]> = Row<
  S,
  Spec<Preloads>
>

type Associations<S extends AnySchema> = ReturnType<S['associations']>
export type AssociationName<S extends AnySchema> = keyof Associations<S> & string
export type AssociationOf<S extends AnySchema, K> = K extends keyof Associations<S>
  ? Associations<S>[K]
  : never

type LoadedValue<S extends AnySchema, K, Nested> =
  IsMany<S, AssociationOf<S, K>> extends true
    ? readonly Row<TargetOf<S, AssociationOf<S, K>>, Nested>[]
    : Row<TargetOf<S, AssociationOf<S, K>>, Nested> | NullOf<S, K>

/** `null` where the association may be absent, `never` where it may not or is a list. */
type NullOf<S extends AnySchema, K> =
  IsMany<S, AssociationOf<S, K>> extends true
    ? never
    : OneIsNullable<S, K> extends true
      ? null
      : never

type OneIsNullable<S extends AnySchema, K> =
  AssociationOf<S, K> extends Association<'belongsTo', AnySchema, infer ForeignKey>
    ? null extends ColumnType<S['fields'][ForeignKeyName<K, ForeignKey>]>
      ? true
      : false
    : true

type ForeignKeyName<K, ForeignKey> = ForeignKey extends string ? ForeignKey : `${K & string}Id`

/** The schema at the end of an association. */
export type TargetOf<S extends AnySchema, A> = A extends
  Association<infer _Kind, infer Target> | ManyToMany<infer Target>
  ? Target
  : A extends Through<infer Path>
    ? EndOf<S, Path>
    : never

type EndOf<S extends AnySchema, Path extends readonly string[]> = Path extends readonly [
  infer Head,
  ...infer Rest extends readonly string[],
]
  ? EndOf<TargetOf<S, AssociationOf<S, Head>>, Rest>
  : S

export type IsMany<S extends AnySchema, A> = A extends { readonly kind: 'manyToMany' }
  ? true
  : A extends Association<infer Kind, AnySchema>
    ? Kind extends 'hasMany'
      ? true
      : false
    : A extends Through<infer Path>
      ? PathIsMany<S, Path>
      : false

type PathIsMany<S extends AnySchema, Path extends readonly string[]> = Path extends readonly [
  infer Head,
  ...infer Rest extends readonly string[],
]
  ? IsMany<S, AssociationOf<S, Head>> extends true
    ? true
    : PathIsMany<TargetOf<S, AssociationOf<S, Head>>, Rest>
  : false

/** What `preload` takes: a name, or names with what to preload on their rows in turn, and how to find those. */
export type Preload<S extends AnySchema> =
  | AssociationName<S>
  | (NotAnOption & {
      readonly [K in AssociationName<S>]?: Nested<S, K> | readonly Nested<S, K>[]
    })

/** Keeps `{ parallel: false }`, which ends a call of `repo.preload`, out of the tree itself. */
interface NotAnOption {
  readonly parallel?: never
}

type Nested<S extends AnySchema, K> =
  | Preload<TargetOf<S, AssociationOf<S, K>>>
  | RowsWanted<TargetOf<S, AssociationOf<S, K>>>
  | RowsJoined
  | RowsLoader<S, K>

/** A query, for what the compiler needs to know of one here. */
interface RowsWanted<Target extends AnySchema> {
  readonly schema: Target
  readonly spec?: unknown
  toSQL(): object
}

/** Made by `joined`. */
interface RowsJoined {
  readonly alias: string
  readonly nested: readonly unknown[]
}

/** Finds rows for these keys of their owners, of `belongsTo` for their own; of manyToMany with the owner's key before each. */
type RowsLoader<S extends AnySchema, K> = (
  keys: readonly KeyOf<S, K>[],
  association: { readonly name: string },
) => Found<TargetOf<S, AssociationOf<S, K>>> | Promise<Found<TargetOf<S, AssociationOf<S, K>>>>

type Found<Target extends AnySchema> =
  readonly RowOf<Target>[] | readonly (readonly [key: unknown, row: RowOf<Target>])[]

type KeyOf<S extends AnySchema, K> =
  AssociationOf<S, K> extends { readonly kind: 'belongsTo' }
    ? IdOf<TargetOf<S, AssociationOf<S, K>>>
    : IdOf<S>

type IdOf<S extends AnySchema> = S['fields'] extends { readonly id: infer Id }
  ? ColumnType<Id>
  : unknown

/** Preloads as a tree of names, in which the order and the way of writing no longer matter. */
export type Spec<P> = P extends string
  ? { readonly [K in P]: unknown }
  : P extends readonly unknown[]
    ? SpecOfList<P>
    : P extends { readonly spec?: infer Own; toSQL(): object }
      ? Own
      : P extends {
            readonly alias: string
            readonly nested: infer Below extends readonly unknown[]
          }
        ? SpecOfList<Below>
        : P extends (...given: never[]) => infer Rows
          ? SpecOfFound<Awaited<Rows>>
          : { readonly [K in keyof P]: Spec<P[K]> }

type SpecOfFound<Rows> = Rows extends readonly (infer One)[]
  ? SpecOfRow<One extends readonly [unknown, infer Row] ? Row : One>
  : unknown

export type SpecOfList<P extends readonly unknown[]> = P extends readonly [
  infer Head,
  ...infer Rest,
]
  ? Spec<Head> & SpecOfList<Rest>
  : unknown

/** The associations that a changeset can change: those that walk no other. */
export type RelationName<S extends AnySchema> = {
  [K in AssociationName<S>]: AssociationOf<S, K> extends { readonly kind: 'through' } ? never : K
}[AssociationName<S>]

/** The associated rows that a row in memory may be built with. */
export type RelatedRows<S extends AnySchema> = {
  readonly [K in RelationName<S>]?: IsMany<S, AssociationOf<S, K>> extends true
    ? readonly RowOf<TargetOf<S, AssociationOf<S, K>>>[]
    : RowOf<TargetOf<S, AssociationOf<S, K>>> | null
}

/** What a row has loaded that was built with these associated rows. */
export type SpecOfGiven<S extends AnySchema, Given> = {
  readonly [K in keyof Given & AssociationName<S>]: SpecOfRows<Given[K]>
}

type SpecOfRows<Rows> = Rows extends readonly (infer One)[]
  ? SpecOfRow<One>
  : SpecOfRow<NonNullable<Rows>>
type SpecOfRow<One> = One extends { readonly [SPEC]?: infer Spec } ? Spec : unknown

/** An association as the schema's function gives it. */
export type AssociationMap = { readonly [name: string]: AnyAssociation }
