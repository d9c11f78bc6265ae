import { inspect } from 'node:util'

import { type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'

import { SchemaError } from '../errors.ts'
import { type ColumnType } from './field.ts'
import { type OnReplace } from './field-type.ts'
import { checkOptions as refuseOptions } from './options.ts'
import { type Columns, type Values } from './row.ts'
import { type AnySchema } from './schema.ts'

/** What deleting a row does to those that point to it. The database's own `on delete` is better where it will do. */
export type OnDelete = 'nothing' | 'nilifyAll' | 'deleteAll'

/** What an association of a key says besides its target; each kind takes some of these. */
export interface AssociationParts {
  readonly order: Order
  /** Conditions that every row of it fulfils, besides its key. */
  readonly where: AssociationWhere
  readonly onReplace: OnReplace
  readonly onDelete: OnDelete
  /** What a row built through it holds from the start. */
  readonly defaults: object | ((owner: object) => object)
}

/** A row of another schema, found by a key: the other table's (`belongsTo`) or this one's. */
export interface Association<
  Kind extends 'belongsTo' | 'hasOne' | 'hasMany',
  Target extends AnySchema,
  ForeignKey extends string | undefined = string | undefined,
> extends AssociationParts {
  readonly kind: Kind
  readonly target: Target
  readonly foreignKey: ForeignKey
  /** The field that the foreign key holds, where it is not the primary key. */
  readonly references: string | undefined
}

/** For the compiler alone: that a `belongsTo` has conditions, so that its row may be missing though its key is not. */
declare const filtered: unique symbol
export interface Filtered {
  readonly [filtered]: true
}

/** Rows of another schema, to which rows of a table between the two lead. */
export interface ManyToMany<Target extends AnySchema> extends AssociationParts {
  readonly kind: 'manyToMany'
  readonly target: Target
  readonly joinThrough: AnySchema | string
  readonly joinKeys: readonly [owner: string, target: string] | undefined
  readonly joinWhere: { readonly [field: string]: unknown }
  readonly joinDefaults: object | ((owner: object) => object)
  readonly unique: boolean
  readonly onJoinThroughConflict: 'raise' | 'nothing'
}

/** Rows reached by walking other associations, one after the other. Read only. */
export interface Through<Path extends readonly string[]> {
  readonly kind: 'through'
  readonly path: Path
}

export type KeyedKind = 'belongsTo' | 'hasOne' | 'hasMany'

export type AnyAssociation =
  Association<KeyedKind, AnySchema> | ManyToMany<AnySchema> | Through<readonly string[]>

export type Direction =
  'asc' | 'desc' | 'asc nulls first' | 'asc nulls last' | 'desc nulls first' | 'desc nulls last'

/** Field to direction, the first field first: `{ publishedAt: 'desc', id: 'desc' }`. */
export type Order = { readonly [field: string]: Direction }

type OrderOf<Target extends AnySchema> = { readonly [F in keyof Target['fields']]?: Direction }

/** Fields and what each must be; or an expression over the target's columns. */
export type AssociationWhere =
  { readonly [field: string]: unknown } | ((eb: never) => Expression<SqlBool>)

type Wanted<Value> =
  Value | { readonly not: Value | null } | { readonly in: readonly NonNullable<Value>[] }

/** `{ deletedAt: null, kind: { in: ['novel', 'essay'] }, isbn: { not: null } }`, or a Kysely expression. */
export type WhereOf<Target extends AnySchema> =
  | { readonly [F in keyof Target['fields']]?: Wanted<ColumnType<Target['fields'][F]>> }
  | ((
      eb: ExpressionBuilder<
        { readonly [Name in Target['source']]: Columns<Target> },
        Target['source']
      >,
    ) => Expression<SqlBool>)

type Defaults<Target extends AnySchema> = Values<Target> | ((owner: object) => Values<Target>)

interface BelongsToOptions<Target extends AnySchema, ForeignKey> {
  /** The field of this row that holds the other's id. `<association>Id` unless said. */
  readonly foreignKey?: ForeignKey
  /** The other's field that it holds, which tells one row from every other. Its primary key unless said. */
  readonly references?: keyof Target['fields'] & string
  readonly where?: WhereOf<Target>
  readonly onReplace?: OnReplace
  readonly defaults?: Defaults<Target>
}

interface HasOptions<Target extends AnySchema> {
  readonly foreignKey?: keyof Target['fields'] & string
  /** The field of this row that it holds, which tells one row from every other. The primary key unless said. */
  readonly references?: string
  readonly order?: OrderOf<Target>
  readonly where?: WhereOf<Target>
  readonly onDelete?: OnDelete
  readonly defaults?: Defaults<Target>
}

interface HasManyOptions<Target extends AnySchema> extends HasOptions<Target> {
  readonly onReplace?: Exclude<OnReplace, 'update'>
}

interface HasOneOptions<Target extends AnySchema> extends HasOptions<Target> {
  readonly onReplace?: OnReplace
}

interface ManyToManyOptions<Target extends AnySchema, Join extends AnySchema | string> {
  /** The schema, or the name, of the table between the two. */
  readonly joinThrough: Join
  /** Its fields (of a table by name: its columns) that hold this row's id and the other's. `<singular>Id` unless said. */
  readonly joinKeys?: readonly [
    owner: Join extends AnySchema ? keyof Join['fields'] & string : string,
    target: Join extends AnySchema ? keyof Join['fields'] & string : string,
  ]
  readonly order?: OrderOf<Target>
  readonly where?: WhereOf<Target>
  /** What each row between the two must be as well. */
  readonly joinWhere?: Join extends AnySchema
    ? Values<Join>
    : { readonly [column: string]: unknown }
  /** What a row between the two holds besides its keys, where `joinThrough` is a schema. */
  readonly joinDefaults?: Join extends AnySchema ? Defaults<Join> : never
  /** Of the rows between the two only: the others are never deleted. */
  readonly onReplace?: 'raise' | 'markAsInvalid' | 'delete'
  readonly onDelete?: 'nothing' | 'deleteAll'
  /** Refuses the same row twice in one changeset. */
  readonly unique?: boolean
  /** `nothing`: a row between the two that is there already is no error. */
  readonly onJoinThroughConflict?: 'raise' | 'nothing'
  readonly defaults?: Defaults<Target>
}

/**
 * This row holds the other's id, in the field `<association>Id` unless `foreignKey` says otherwise.
 * When that field is nullable, or the association has a `where`, its row may be null.
 */
export function belongsTo<
  Target extends AnySchema,
  const ForeignKey extends string | undefined = undefined,
>(
  target: Target,
  options: BelongsToOptions<Target, ForeignKey> & { readonly where: WhereOf<Target> },
): Association<'belongsTo', Target, ForeignKey> & Filtered
export function belongsTo<
  Target extends AnySchema,
  const ForeignKey extends string | undefined = undefined,
>(
  target: Target,
  options?: BelongsToOptions<Target, ForeignKey>,
): Association<'belongsTo', Target, ForeignKey>
export function belongsTo(
  target: AnySchema,
  options?: GivenParts & { readonly foreignKey?: string | undefined },
): unknown {
  return association('belongsTo', target, options, [
    'foreignKey',
    'references',
    'where',
    'onReplace',
    'defaults',
  ])
}

/**
 * Rows of the other schema hold this row's id: in the field named after this table (`episodeId` for
 * `episodes`), or else in the foreign key of the one association that leads back, or in `foreignKey`.
 */
export function hasMany<Target extends AnySchema>(
  target: Target,
  options?: HasManyOptions<Target>,
): Association<'hasMany', Target> {
  return association('hasMany', target, options, HAS)
}

/** As `hasMany`, of which there is at most one. When there are more, the first by `order` is taken. */
export function hasOne<Target extends AnySchema>(
  target: Target,
  options?: HasOneOptions<Target>,
): Association<'hasOne', Target> {
  return association('hasOne', target, options, HAS)
}

const OF_ROWS = ['order', 'where', 'onReplace', 'onDelete', 'defaults']
const HAS = ['foreignKey', 'references', ...OF_ROWS]

/** Rows of the other schema, through a table that holds this row's id and the other's. */
export function manyToMany<Target extends AnySchema, const Join extends AnySchema | string>(
  target: Target,
  options: ManyToManyOptions<Target, Join>,
): ManyToMany<Target> {
  checkOptions('manyToMany', target, options, [
    ...OF_ROWS,
    'joinThrough',
    'joinKeys',
    'joinWhere',
    'joinDefaults',
    'unique',
    'onJoinThroughConflict',
  ])
  if (typeof options.joinThrough === 'string' && options.joinDefaults !== undefined) {
    throw new SchemaError(
      target.source,
      `manyToMany() to it has joinDefaults, and joinThrough: '${options.joinThrough}' names a table. Give joinThrough its schema, which knows the fields.`,
    )
  }
  return {
    kind: 'manyToMany',
    target,
    ...partsOf(options),
    joinThrough: options.joinThrough,
    joinKeys: options.joinKeys,
    joinWhere: { ...options.joinWhere },
    joinDefaults: options.joinDefaults ?? {},
    unique: options.unique ?? false,
    onJoinThroughConflict: options.onJoinThroughConflict ?? 'raise',
  }
}

/** `through('episodeHosts', 'person')`: the people of this row's episode hosts, each once. */
export function through<const Path extends readonly [string, string, ...string[]]>(
  ...path: Path
): Through<Path> {
  return { kind: 'through', path }
}

interface GivenParts {
  readonly order?: object
  readonly where?: object
  readonly onReplace?: OnReplace
  readonly onDelete?: OnDelete
  readonly defaults?: object
}

function partsOf(options: GivenParts): AssociationParts {
  const { where = {}, defaults = {} } = options
  return {
    order: { ...options.order },
    // The options' types hold them to the target's own fields, which are not known by name here.
    where: where as AssociationWhere,
    onReplace: options.onReplace ?? 'raise',
    onDelete: options.onDelete ?? 'nothing',
    defaults,
  }
}

function association<
  Kind extends KeyedKind,
  Target extends AnySchema,
  ForeignKey extends string | undefined,
>(
  kind: Kind,
  target: Target,
  options: GivenParts & { readonly foreignKey?: ForeignKey; readonly references?: string } = {},
  known: readonly string[],
): Association<Kind, Target, ForeignKey> {
  checkOptions(kind, target, options, known)
  return {
    kind,
    target,
    // `undefined` is in ForeignKey whenever the caller left the option out.
    foreignKey: options.foreignKey as ForeignKey,
    references: options.references,
    ...partsOf(options),
  }
}

/** What the options of each kind may be: a row of it goes in the ways that make sense. */
const CHOICES = {
  belongsTo: {
    onReplace: ['raise', 'markAsInvalid', 'nilify', 'update', 'delete', 'deleteIfExists'],
    onDelete: [],
  },
  hasOne: {
    onReplace: ['raise', 'markAsInvalid', 'nilify', 'update', 'delete', 'deleteIfExists'],
    onDelete: ['nothing', 'nilifyAll', 'deleteAll'],
  },
  hasMany: {
    onReplace: ['raise', 'markAsInvalid', 'nilify', 'delete', 'deleteIfExists'],
    onDelete: ['nothing', 'nilifyAll', 'deleteAll'],
  },
  manyToMany: {
    onReplace: ['raise', 'markAsInvalid', 'delete'],
    onDelete: ['nothing', 'deleteAll'],
  },
} as const

function checkOptions(
  call: keyof typeof CHOICES,
  target: AnySchema | undefined,
  options: GivenParts,
  known: readonly string[],
): void {
  if (target === undefined) {
    throw new SchemaError('?', `${call}() was given undefined where it takes a schema.`)
  }
  refuseOptions(target.source, `${call}() to it`, options, known)
  for (const option of ['onReplace', 'onDelete'] as const) {
    const { [option]: value } = options
    const choices: readonly string[] = CHOICES[call][option]
    if (value === undefined || choices.includes(value)) continue
    throw new SchemaError(
      target.source,
      `${option} of ${call}() to it cannot be ${inspect(value)}. It is one of: ${choices.join(', ')}.`,
    )
  }
}
