import { inspect } from 'node:util'

import { CastError, UnknownFieldError } from '../errors.ts'
import { isBlank, isRecord } from '../schema/casts.ts'
import { type ColumnType } from '../schema/field.ts'
import { type Meta } from '../schema/field-type.ts'
import { fallbackOf, isRow, rowWith, stateOf } from '../schema/instance.ts'
import { type FieldName, type Row, type RowOf, SCHEMA, type Values } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Constraint } from './constraint.ts'
import { printChangeset } from './print.ts'

/** What came from outside: a form, JSON, an address. `cast` checks that it is a plain object. */
export type Params = unknown

export type Action = 'insert' | 'update' | 'delete'

/** One thing wrong with a field. `%{count}` in the message stands for `meta.count`. */
export interface FieldError {
  readonly message: string
  readonly meta: Meta
}

/** A proposed change to a row: what was sent, what survived casting, and what is wrong with it. */
export interface Changeset<S extends AnySchema> {
  readonly schema: S
  /** The row as it was. */
  readonly row: Row<S>
  /** Everything that was sent, permitted or not: what a form shows again. */
  readonly params: { readonly [name: string]: unknown } | undefined
  /** What would be written: only what differs from the row. */
  readonly changes: Values<S>
  /** By field, the earliest first. */
  readonly errors: { readonly [field: string]: readonly FieldError[] }
  readonly valid: boolean
  /** What was attempted with it. Forms show errors only once something was. */
  readonly action: Action | undefined
  readonly required: readonly string[]
  readonly constraints: readonly Constraint[]
}

/** What a changeset may start from. */
export type Base<S extends AnySchema> = RowOf<S> | Changeset<S>

/**
 * Takes the named fields of `params`, casts each to its type, and keeps what differs from the row.
 * A blank string counts as the field's default. What does not fit is an error on its field; what is
 * not named is ignored.
 *
 * @throws CastError when params is not a plain object · UnknownFieldError
 */
export function cast<S extends AnySchema>(
  base: Base<S>,
  params: Params,
  fields: readonly FieldName<S>[],
): Changeset<S> {
  const start = changesetOf(base)
  const given = checkParams(params)
  const merged = withState(start, { params: { ...start.params, ...given } })
  return fields.reduce((changeset, field) => castField(changeset, given, field), merged)
}

function castField<S extends AnySchema>(
  changeset: Changeset<S>,
  params: { readonly [name: string]: unknown },
  name: FieldName<S>,
): Changeset<S> {
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
export function change<S extends AnySchema>(base: Base<S>, changes: Values<S> = {}): Changeset<S> {
  return Object.entries(changes).reduce(
    (changeset, [name, value]) =>
      value === undefined ? changeset : putAny(changeset, name, value, 'change()'),
    changesetOf(base),
  )
}

/** Proposes one value the program itself made. The value the row has already is no change. */
export function put<S extends AnySchema, F extends FieldName<S>>(
  changeset: Changeset<S>,
  field: F,
  value: ColumnType<S['fields'][F]>,
): Changeset<S> {
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
  return changeset.changes[field]
}

/** Adds an error to a field, after those it has. The key need not be a field. */
export function addError<S extends AnySchema>(
  changeset: Changeset<S>,
  field: string,
  message: string,
  meta: Meta = {},
): Changeset<S> {
  const errors = [...(changeset.errors[field] ?? []), { message, meta }]
  return withState(changeset, { valid: false, errors: { ...changeset.errors, [field]: errors } })
}

/** The row as it would be, valid or not. */
export function applyChanges<S extends AnySchema>(changeset: Changeset<S>): Row<S> {
  return rowWith(changeset.row, stateOf(changeset.row), changeset.changes)
}

/** A copy with some parts replaced. */
export function withState<S extends AnySchema>(
  changeset: Changeset<S>,
  parts: Partial<Changeset<S>>,
): Changeset<S> {
  return Object.assign(Object.create(printed), changeset, parts)
}

const printed = {
  [inspect.custom](this: Changeset<AnySchema>) {
    return printChangeset(this)
  },
}

export function changesetOf<S extends AnySchema>(base: Base<S>): Changeset<S> {
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
    constraints: [],
  })
}

export function currentValue(changeset: Changeset<AnySchema>, name: string): unknown {
  return Object.hasOwn(changeset.changes, name)
    ? Reflect.get(changeset.changes, name)
    : Reflect.get(changeset.row, name)
}

function putAny<S extends AnySchema>(
  changeset: Changeset<S>,
  name: string,
  value: unknown,
  call = 'cast()',
): Changeset<S> {
  const { type } = fieldNamed(changeset.schema, name, call)
  const { [name]: _earlier, ...others }: Record<string, unknown> = changeset.changes
  const stored: unknown = Reflect.get(changeset.row, name)
  const same =
    value == null || stored == null
      ? (value ?? null) === (stored ?? null)
      : type.equal(value, stored)
  const changes = same ? others : { ...others, [name]: value }
  return withState(changeset, { changes: changes as Values<S> })
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
