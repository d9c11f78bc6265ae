import { inspect } from 'node:util'

import { CastError, UnknownFieldError } from '../errors.ts'
import { isBlank, isRecord } from '../schema/casts.ts'
import { type ColumnType } from '../schema/field.ts'
import { type Meta } from '../schema/field-type.ts'
import { fallbackOf, isRow, rowWith, stateOf } from '../schema/instance.ts'
import {
  type AssociationOf,
  type EmbeddedIn,
  type EmbedName,
  type FieldName,
  type IsMany,
  type RelationName,
  type Row,
  type RowLoadedWith,
  type RowOf,
  SCHEMA,
  type TargetOf,
  type Values,
} from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Constraint } from './constraint.ts'
import { printChangeset } from './print.ts'

/** What came from outside: a form, JSON, an address. `cast` checks that it is a plain object. */
export type Params = unknown

/** What is to be done with a row; of the rows of a relation also: `replace` one that is left out, `ignore` it altogether. */
export type Action = 'insert' | 'update' | 'delete' | 'replace' | 'ignore'

/** One thing wrong with a field. `%{count}` in the message stands for `meta.count`. */
export interface FieldError {
  readonly message: string
  readonly meta: Meta
}

/** The changesets of associated or embedded rows: several, one, or null for "none from now on". */
type RelationChange<Target extends AnySchema, Many> = Many extends true
  ? readonly Changeset<Target>[]
  : Changeset<Target> | null

/** What would be written, by field; and by association and embed, the changesets of their rows. */
export type Changes<S extends AnySchema> = {
  readonly [F in FieldName<S>]?: F extends EmbedName<S>
    ? RelationChange<
        EmbeddedIn<ColumnType<S['fields'][F]>>,
        NonNullable<ColumnType<S['fields'][F]>> extends readonly unknown[] ? true : false
      >
    : ColumnType<S['fields'][F]>
} & {
  readonly [K in RelationName<S>]?: RelationChange<
    TargetOf<S, AssociationOf<S, K>>,
    IsMany<S, AssociationOf<S, K>>
  >
}

/** A rule that was checked, for whoever wants to check it in the browser as well. */
export interface Validation {
  readonly field: string
  readonly name: string
  readonly options: Meta
}

/** A changeset of any schema, for what asks only what every changeset has. */
export interface AnyChangeset {
  readonly schema: AnySchema
  /** The row as it was. */
  readonly row: RowOf<AnySchema>
  /** Everything that was sent, permitted or not: what a form shows again. */
  readonly params: { readonly [name: string]: unknown } | undefined
  /** What would be written: only what differs from the row. */
  readonly changes: object
  /** By field, the earliest first. */
  readonly errors: { readonly [field: string]: readonly FieldError[] }
  /** False as soon as it, or the changeset of a row in its relations, has an error. */
  readonly valid: boolean
  /** What was attempted with it. Forms show errors only once something was. */
  readonly action: Action | undefined
  readonly required: readonly string[]
  /** The rules that were checked, besides `required`. */
  readonly validations: readonly Validation[]
  readonly constraints: readonly Constraint[]
  /** What the row in the database must still be, for an update or a delete to find it. */
  readonly filters: { readonly [field: string]: unknown }
  /** Run inside the transaction of the write, just before it: see `prepareChanges`. */
  readonly prepare: readonly Preparation[]
  /** What counts as nothing given; blank text unless said. */
  readonly emptyValues: readonly unknown[] | undefined
  /** Whether an update is written although no field of its own changes. */
  readonly force: boolean
}

/**
 * A proposed change to a row: what was sent, what survived casting, and what is wrong with it. `Spec`
 * is what its row has loaded.
 */
export interface Changeset<S extends AnySchema, Spec = unknown> extends AnyChangeset {
  readonly schema: S
  readonly row: Row<S, Spec> & RowLoadedWith<S, Spec>
  readonly changes: Changes<S>
}

/** Gets a changeset of the schema it was declared for, and gives it back, perhaps with more changes or errors. */
export type Preparation = (changeset: AnyChangeset) => AnyChangeset | Promise<AnyChangeset>

/** What a changeset may start from. */
export type Base<S extends AnySchema, Spec = unknown> = RowLoadedWith<S, Spec> | Changeset<S, Spec>

/**
 * Takes the named fields of `params`, casts each to its type, and keeps what differs from the row.
 * A blank string counts as the field's default. What does not fit is an error on its field; what is
 * not named is ignored.
 *
 * @throws CastError when params is not a plain object · UnknownFieldError
 */
export function cast<S extends AnySchema, Spec = unknown>(
  base: Base<S, Spec>,
  params: Params,
  fields: readonly FieldName<S>[],
): Changeset<S, Spec> {
  const start = changesetOf(base)
  const given = checkParams(params)
  const merged = withState(start, { params: { ...start.params, ...given } })
  return fields.reduce((changeset, field) => castField(changeset, given, field), merged)
}

function castField<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  params: { readonly [name: string]: unknown },
  name: FieldName<S>,
): Changeset<S, Spec> {
  const type = fieldNamed(changeset.schema, name, 'cast()').type
  const value = Object.hasOwn(params, name) ? params[name] : undefined
  if (value === undefined) return changeset
  if (value === null || (type.blankIsEmpty && isBlank(value))) {
    return putAny(changeset, name, value === null ? null : fallbackOf(changeset.schema, name))
  }
  const done = type.cast(value)
  return done.ok
    ? putAny(changeset, name, done.value)
    : addError(changeset, name, done.message ?? 'is invalid', {
        type: type.name,
        validation: 'cast',
        ...done.meta,
      })
}

/** Proposes values the program itself made. Nothing is cast. */
export function change<S extends AnySchema, Spec = unknown>(
  base: Base<S, Spec>,
  changes: Values<S> = {},
): Changeset<S, Spec> {
  return Object.entries(changes).reduce(
    (changeset, [name, value]) =>
      value === undefined ? changeset : putAny(changeset, name, value, 'change()'),
    changesetOf(base),
  )
}

/** Proposes one value the program itself made. The value the row has already is no change. */
export function put<S extends AnySchema, Spec, F extends FieldName<S>>(
  changeset: Changeset<S, Spec>,
  field: F,
  value: ColumnType<S['fields'][F]>,
): Changeset<S, Spec> {
  return putAny(changeset, field, value, 'put()')
}

/** The value as it would be: the change, or else what the row has. */
export function getField<S extends AnySchema, F extends FieldName<S>>(
  changeset: Changeset<S>,
  field: F,
): ColumnType<S['fields'][F]> | null {
  // Changes and row hold this field's own type: `putAny` and the loader see to it.
  return currentValue(changeset, field) as ColumnType<S['fields'][F]> | null
}

/** The proposed value, or undefined when the field would not change. */
export function getChange<S extends AnySchema, F extends FieldName<S>>(
  changeset: Changeset<S>,
  field: F,
): ColumnType<S['fields'][F]> | undefined {
  // Changes hold this field's own type: `putAny` sees to it.
  return Reflect.get(changeset.changes, field) as ColumnType<S['fields'][F]> | undefined
}

/** Adds an error to a field, after those it has. The key need not be a field. */
export function addError<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  field: string,
  message: string,
  meta: Meta = {},
): Changeset<S, Spec> {
  const errors = [...(changeset.errors[field] ?? []), { message, meta }]
  return withState(changeset, { valid: false, errors: { ...changeset.errors, [field]: errors } })
}

/** The row as it would be, valid or not. */
export function applyChanges<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
): Row<S, Spec> {
  return rowWith(changeset.row, stateOf(changeset.row), changeset.changes)
}

/** A copy with some parts replaced. */
export function withState<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  parts: Partial<Changeset<S, Spec>>,
): Changeset<S, Spec> {
  return Object.assign(Object.create(printed), changeset, parts)
}

const printed = {
  [inspect.custom](this: AnyChangeset) {
    return printChangeset(this)
  },
}

export function changesetOf<S extends AnySchema, Spec>(base: Base<S, Spec>): Changeset<S, Spec> {
  if (!isRow(base)) return base
  return Object.assign(Object.create(printed), {
    schema: base[SCHEMA],
    row: base,
    params: undefined,
    changes: {},
    errors: {},
    valid: true,
    action: undefined,
    required: [],
    validations: [],
    constraints: [],
    filters: {},
    prepare: [],
    emptyValues: undefined,
    force: false,
  })
}

export function currentValue(changeset: AnyChangeset, name: string): unknown {
  return Object.hasOwn(changeset.changes, name)
    ? Reflect.get(changeset.changes, name)
    : Reflect.get(changeset.row, name)
}

function putAny<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  name: string,
  value: unknown,
  call = 'cast()',
): Changeset<S, Spec> {
  const { type } = fieldNamed(changeset.schema, name, call)
  const { [name]: _earlier, ...others } = { ...changeset.changes } as Record<string, unknown>
  const stored: unknown = Reflect.get(changeset.row, name)
  const same =
    value == null || stored == null
      ? (value ?? null) === (stored ?? null)
      : type.equal(value, stored)
  const changes = same ? others : { ...others, [name]: value }
  return withState(changeset, { changes: changes as Changes<S> })
}

function fieldNamed(schema: AnySchema, name: string, call: string) {
  const field = Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined
  if (!field) throw new UnknownFieldError(schema, name, call)
  return field
}

function checkParams(params: Params): { readonly [name: string]: unknown } {
  if (isRecord(params)) return params
  throw new CastError(
    `cast() expects params to be a plain object, got: ${inspect(params, { depth: 0, breakLength: Infinity })}`,
  )
}
