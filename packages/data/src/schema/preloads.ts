import {
  type AssociationName,
  type AssociationOf,
  type EmbeddedIn,
  type EmbedName,
  type GivenRows,
  type Narrowed,
  type Row,
  type RowOf,
  type SCHEMA,
  type SpecOfRow,
  type TargetOf,
} from './row.ts'
import { type ColumnType } from './field.ts'
import { type AnySchema } from './schema.ts'

/**
 * What `preload` takes: a name, or names with what to preload on their rows in turn, and how to find
 * those: by a query, a function, or a join of the query itself.
 */
export type Preload<S extends AnySchema, Joins extends Joinable = {}> =
  AssociationName<S> | PreloadMap<S, Joins>

type PreloadMap<S extends AnySchema, Joins extends Joinable> = NotAnOption & {
  readonly [K in AssociationName<S> | EmbedName<S>]?: K extends AssociationName<S>
    ? Below<S, K, Joins> | readonly Below<S, K, Joins>[]
    : BelowEmbed<EmbeddedIn<ColumnType<S['fields'][K]>>, Joins>
}

/** Keeps `{ parallel: false }`, which ends a call of `repo.preload`, out of the tree itself. */
interface NotAnOption {
  readonly parallel?: never
  readonly force?: never
}

/** What a query has joined. */
type Joinable = { readonly [alias: string]: AnySchema }

type Below<S extends AnySchema, K, Joins extends Joinable> =
  | Preload<TargetOf<S, AssociationOf<S, K>>, Joins>
  | RowsWanted<TargetOf<S, AssociationOf<S, K>>>
  | RowsJoined<TargetOf<S, AssociationOf<S, K>>, Joins>
  | RowsLoader<S, K>

type BelowEmbed<E extends AnySchema, Joins extends Joinable> =
  Preload<E, Joins> | readonly Preload<E, Joins>[]

/** A query, for what the compiler needs to know of one here. */
interface RowsWanted<Target extends AnySchema> {
  readonly schema: Target
  readonly spec?: unknown
  toSQL(): object
}

/** Made by `joined`. */
interface RowsJoined<Target extends AnySchema, Joins extends Joinable> {
  readonly alias: AliasOf<Target, Joins>
  readonly nested: readonly Preload<Target, Joins>[]
}

type AliasOf<Target extends AnySchema, Joins extends Joinable> = {
  [A in keyof Joins & string]: Joins[A] extends Target ? A : never
}[keyof Joins & string]

/**
 * Finds the rows of an association for the keys of their owners, of `belongsTo` for their own. Of
 * manyToMany each comes in a pair, after the key of its owner.
 */
type RowsLoader<S extends AnySchema, K> = (
  keys: readonly KeyOf<S, K>[],
  association: LoadedAssociation,
) => RowsFound<S, K> | Promise<RowsFound<S, K>>

/** The association that a function is to find the rows of. */
export interface LoadedAssociation {
  readonly kind: string
  readonly name: string
  readonly owner: AnySchema
  readonly target: AnySchema
  /** Whose values the keys are: a field of the owner. */
  readonly ownerKey: { readonly name: string }
  /** Where a row holds such a key; of manyToMany, where it holds its own. */
  readonly targetKey: { readonly name: string }
}

type RowsFound<S extends AnySchema, K> =
  | (KindOf<S, K> extends 'manyToMany' ? never : readonly RowFound<S, K>[])
  | (KindOf<S, K> extends 'manyToMany' | 'through'
      ? readonly (readonly [owner: unknown, row: RowFound<S, K>])[]
      : never)

type KindOf<S extends AnySchema, K> =
  AssociationOf<S, K> extends { readonly kind: infer Kind } ? Kind : never

/** A row of the association's schema, or some other object; no row of another schema, and no list. */
type RowFound<S extends AnySchema, K> = RowOf<TargetOf<S, AssociationOf<S, K>>> | Plain

type Plain = object & { readonly [SCHEMA]?: never; readonly [Symbol.iterator]?: never }

type KeyOf<S extends AnySchema, K> =
  AssociationOf<S, K> extends { readonly kind: 'through'; readonly path: infer Path }
    ? KeyAt<S, Path>
    : KindOf<S, K> extends 'belongsTo'
      ? IdOf<TargetOf<S, AssociationOf<S, K>>>
      : IdOf<S>

/** Of the last step, whose rows they are. */
type KeyAt<S extends AnySchema, Path> = Path extends readonly [infer Only]
  ? KeyOf<S, Only>
  : Path extends readonly [infer Head, ...infer Rest]
    ? KeyAt<TargetOf<S, AssociationOf<S, Head>>, Rest>
    : never

type IdOf<S extends AnySchema> = S['fields'] extends { readonly id: infer Id }
  ? ColumnType<Id>
  : unknown

/** Preloads as a tree of names, in which the order and the way of writing no longer matter. */
export type Spec<P> = P extends string
  ? { readonly [K in P]: unknown }
  : P extends readonly unknown[]
    ? SpecOfList<P>
    : P extends { readonly spec?: infer Own; toSQL(): object }
      ? Own & Narrowed
      : P extends {
            readonly alias: string
            readonly nested: infer Nested extends readonly unknown[]
          }
        ? SpecOfList<Nested>
        : P extends (...given: never[]) => infer Rows
          ? SpecOfFound<Awaited<Rows>>
          : { readonly [K in keyof P]: Spec<P[K]> }

export type SpecOfList<P extends readonly unknown[]> = P extends readonly [
  infer Head,
  ...infer Rest,
]
  ? Spec<Head> & SpecOfList<Rest>
  : unknown

type SpecOfFound<Rows> = Rows extends readonly (infer One)[]
  ? SpecOfOne<One extends readonly [unknown, infer R] ? R : One>
  : unknown

type SpecOfOne<One> = Narrowed & (One extends RowOf<AnySchema> ? SpecOfRow<One> : GivenRows<One>)

/** `Loaded<typeof Episode, ['podcast', { episodeHosts: ['person'] }]>`: a row with these preloaded. */
export type Loaded<S extends AnySchema, Preloads extends Preload<S> | readonly Preload<S>[]> = Row<
  S,
  Spec<Preloads>
>
