import { type Association, type Filtered, type ManyToMany, type Through } from './association.ts'
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
      : F extends TenantName<S>
        ? never
        : F
}[FieldName<S>]

type TenantName<S extends AnySchema> = S['tenant'] extends { readonly name: infer Name }
  ? Name
  : never

/**
 * What a new row must be given to be stored as it is: every column that is not null and has no default.
 * The tenant may be left to a repo of one tenant, which fills it.
 */
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
  Spec extends Selection<infer F>
    ? Pick<FieldsLoaded<S, Spec>, F>
    : FieldsLoaded<S, Spec> & RowLoadedWith<S, Spec>

/** Fields, with what is loaded on the rows that some of them hold. */
type FieldsLoaded<S extends AnySchema, Spec> = [keyof Spec & keyof S['fields']] extends [never]
  ? Fields<S>
  : {
      readonly [F in keyof S['fields']]: F extends keyof Spec
        ? EmbeddedLoaded<ColumnType<S['fields'][F]>, Spec[F]>
        : ColumnType<S['fields'][F]>
    }

type EmbeddedLoaded<Value, Nested> =
  Value extends RowOf<infer E>
    ? Row<E, Nested>
    : Value extends readonly RowOf<infer E>[]
      ? readonly Row<E, Nested>[]
      : Value

/** A row, with the associations of `Spec` loaded and every other NotLoaded. */
export type Row<S extends AnySchema, Spec = unknown> = Selected<S, Spec> & {
  readonly [K in AssociationName<S>]: K extends keyof Spec
    ? LoadedValue<S, K, Spec[K]>
    : NotLoaded<K> | NullOf<S, K>
}

type Associations<S extends AnySchema> = ReturnType<S['associations']>
export type AssociationName<S extends AnySchema> = keyof Associations<S> & string
export type AssociationOf<S extends AnySchema, K> = K extends keyof Associations<S>
  ? Associations<S>[K]
  : never

/** For the compiler alone: in a Spec, that not every row of the association need have been found. */
declare const NARROWED: unique symbol

/** What a query or function in a preload adds to the Spec of its rows. */
export interface Narrowed {
  readonly [NARROWED]: true
}

/** For the compiler alone: in a Spec, what a function gave in the place of rows. */
declare const GIVEN: unique symbol

/** What a function in a preload adds to a Spec that gives something else than whole rows. */
export interface GivenRows<One> {
  readonly [GIVEN]: One
}

/** What an association holds when it is loaded. */
export type LoadedValue<S extends AnySchema, K, Nested> =
  IsMany<S, AssociationOf<S, K>> extends true
    ? readonly LoadedRow<TargetOf<S, AssociationOf<S, K>>, Nested>[]
    : | LoadedRow<TargetOf<S, AssociationOf<S, K>>, Nested>
      | NullOf<S, K>
      | (Nested extends Narrowed ? null : never)

type LoadedRow<Target extends AnySchema, Nested> =
  Nested extends GivenRows<infer One>
    ? One & {
        readonly [K in keyof Nested & AssociationName<Target>]: LoadedValue<Target, K, Nested[K]>
      }
    : Row<Target, Nested>

/** `null` where the association may be absent, `never` where it may not or is a list. */
type NullOf<S extends AnySchema, K> =
  IsMany<S, AssociationOf<S, K>> extends true
    ? never
    : OneIsNullable<S, K> extends true
      ? null
      : never

type OneIsNullable<S extends AnySchema, K> =
  AssociationOf<S, K> extends Filtered
    ? true
    : AssociationOf<S, K> extends Association<'belongsTo', AnySchema, infer ForeignKey>
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
/** What a row has loaded. */
export type SpecOfRow<One> = [One] extends [never]
  ? // Built with an empty list.
    unknown
  : One extends { readonly [SPEC]?: infer Spec }
    ? Spec
    : unknown
