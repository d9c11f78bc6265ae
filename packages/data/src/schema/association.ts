import { type AnySchema } from './schema.ts'

/** A row of another schema, found by a key: the other table's (`belongsTo`) or this one's. */
export interface Association<
  Kind extends 'belongsTo' | 'hasOne' | 'hasMany',
  Target extends AnySchema,
  ForeignKey extends string | undefined = string | undefined,
> {
  readonly kind: Kind
  readonly target: Target
  readonly foreignKey: ForeignKey
  readonly order: Order
}

/** Rows reached by walking other associations, one after the other. Read only. */
export interface Through<Path extends readonly string[]> {
  readonly kind: 'through'
  readonly path: Path
}

export type AnyAssociation =
  Association<'belongsTo' | 'hasOne' | 'hasMany', AnySchema> | Through<readonly string[]>

export type Direction =
  'asc' | 'desc' | 'asc nulls first' | 'asc nulls last' | 'desc nulls first' | 'desc nulls last'

/** Field to direction, the first field first: `{ publishedAt: 'desc', id: 'desc' }`. */
export type Order = { readonly [field: string]: Direction }

type OrderOf<Target extends AnySchema> = { readonly [F in keyof Target['fields']]?: Direction }

/**
 * This row holds the other's id, in the field `<association>Id` unless `foreignKey` says otherwise.
 * When that field is nullable, so is the association.
 */
export function belongsTo<
  Target extends AnySchema,
  const ForeignKey extends string | undefined = undefined,
>(
  target: Target,
  options?: { readonly foreignKey?: ForeignKey },
): Association<'belongsTo', Target, ForeignKey> {
  return association('belongsTo', target, options)
}

/**
 * Rows of the other schema hold this row's id: in the field named after this table (`episodeId` for
 * `episodes`), or else in the foreign key of the one association that leads back, or in `foreignKey`.
 */
export function hasMany<Target extends AnySchema>(
  target: Target,
  options?: {
    readonly foreignKey?: keyof Target['fields'] & string
    readonly order?: OrderOf<Target>
  },
): Association<'hasMany', Target> {
  return association('hasMany', target, options)
}

/** As `hasMany`, of which there is at most one. When there are more, the first by `order` is taken. */
export function hasOne<Target extends AnySchema>(
  target: Target,
  options?: {
    readonly foreignKey?: keyof Target['fields'] & string
    readonly order?: OrderOf<Target>
  },
): Association<'hasOne', Target> {
  return association('hasOne', target, options)
}

/** `through('episodeHosts', 'person')`: the people of this row's episode hosts, each once. */
export function through<const Path extends readonly [string, string, ...string[]]>(
  ...path: Path
): Through<Path> {
  return { kind: 'through', path }
}

function association<
  Kind extends 'belongsTo' | 'hasOne' | 'hasMany',
  Target extends AnySchema,
  ForeignKey extends string | undefined,
>(
  kind: Kind,
  target: Target,
  options: { readonly foreignKey?: ForeignKey; readonly order?: object } = {},
): Association<Kind, Target, ForeignKey> {
  return {
    kind,
    target,
    // `undefined` is in ForeignKey whenever the caller left the option out.
    foreignKey: options.foreignKey as ForeignKey,
    order: { ...options.order },
  }
}
