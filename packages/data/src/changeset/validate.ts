import { ChangesetError } from '../errors.ts'
import { titleOf } from '../names.ts'
import { castBoolean } from '../schema/casts.ts'
import { sameContent } from '../schema/equality.ts'
import { type ColumnType } from '../schema/field.ts'
import { type Meta } from '../schema/field-type.ts'
import { type FieldName } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { shown } from '../schema/shown.ts'
import { addError, type Changeset, errorsOn, type Related, withState } from './changeset.ts'
import { checkOptions } from './options.ts'
import { withoutChange } from './put-field.ts'
import { isMissing } from './read.ts'
import { broken, type Message, validate, type Validator, withValidation } from './rule.ts'

/**
 * Requires each field to hold a value, sent now or already on the row. Blank text is missing, and its
 * change is dropped. A field that failed casting keeps that one error. Of associations and embeds,
 * there must be a row.
 *
 * @throws UnknownFieldError · AssociationNotLoadedError for an association that nobody preloaded.
 */
export function required<S extends AnySchema>(
  ...fields: readonly (FieldName<S> | Related<S>)[]
): Validator<S>
export function required<S extends AnySchema>(
  fields: readonly (FieldName<S> | Related<S>)[],
  options: { readonly message?: Message },
): Validator<S>
export function required<S extends AnySchema>(...given: readonly unknown[]): Validator<S> {
  const [fields, options] = requirements(given)
  checkOptions('required()', options, ['message'])
  const { message } = options
  return (changeset) =>
    fields.reduce<Changeset<S>>(
      (checked, field) => {
        const missing = isMissing(checked, field, 'required()')
        if (!missing || errorsOn(checked, field).length > 0) return checked
        const error = broken("can't be blank", message, { validation: 'required' })
        return addError(withoutChange(checked, field), field, error.message, error.meta)
      },
      withState(changeset, { required: [...new Set([...changeset.required, ...fields])] }),
    )
}

function requirements(given: readonly unknown[]): [readonly string[], { message?: Message }] {
  // One of the two signatures above.
  return Array.isArray(given[0])
    ? [given[0] as readonly string[], given[1] ?? {}]
    : [given as readonly string[], {}]
}

/** Text must match the pattern. @throws ChangesetError when the value is no text. */
export function format<S extends AnySchema>(
  field: FieldName<S>,
  pattern: RegExp,
  message?: Message,
): Validator<S> {
  return validate(
    field,
    (value: unknown, { schema }) => {
      if (typeof value !== 'string') throw notFor('format()', 'text', schema, field, value)
      // A global pattern remembers where it stopped, and would then miss every second match.
      return value.search(pattern) === -1
        ? broken('has invalid format', message, { validation: 'format' })
        : undefined
    },
    { name: 'format', pattern },
  )
}

/** The value must be one of these, by the meaning of its type: `1.0` is one of `['1']` for a decimal. */
export function inclusion<S extends AnySchema, F extends FieldName<S>>(
  field: F,
  values: readonly NonNullable<ColumnType<S['fields'][F]>>[],
  message?: Message,
): Validator<S> {
  return validate(
    field,
    (value: unknown, { schema }) =>
      includes(schema, field, values, value)
        ? undefined
        : broken('is invalid', message, { validation: 'inclusion', enum: values }),
    { name: 'inclusion', enum: values },
  )
}

/** The value must be none of these. */
export function exclusion<S extends AnySchema, F extends FieldName<S>>(
  field: F,
  values: readonly NonNullable<ColumnType<S['fields'][F]>>[],
  message?: Message,
): Validator<S> {
  return validate(
    field,
    (value: unknown, { schema }) =>
      includes(schema, field, values, value)
        ? broken('is reserved', message, { validation: 'exclusion', enum: values })
        : undefined,
    { name: 'exclusion', enum: values },
  )
}

type ElementOf<List> = List extends readonly (infer Element)[] ? Element : never

/** Each element of a list must be one of these. @throws ChangesetError when the value is no list. */
export function subset<S extends AnySchema, F extends FieldName<S>>(
  field: F,
  values: readonly ElementOf<NonNullable<ColumnType<S['fields'][F]>>>[],
  message?: Message,
): Validator<S> {
  return validate(
    field,
    (value: unknown, { schema }) => {
      if (!Array.isArray(value)) throw notFor('subset()', 'lists', schema, field, value)
      return value.every((item) => includes(schema, field, values, item))
        ? undefined
        : broken('has an invalid entry', message, { validation: 'subset', enum: values })
    },
    { name: 'subset', enum: values },
  )
}

function includes(
  schema: AnySchema,
  field: string,
  values: readonly unknown[],
  value: unknown,
): boolean {
  const type = schema.fields[field]?.type
  const equal = (type?.element ?? type)?.equal ?? Object.is
  return values.some((candidate) =>
    candidate == null || value == null ? candidate === value : equal(candidate, value),
  )
}

interface ConfirmationOptions {
  readonly message?: Message
  /** Whether it must be sent. Unless said, what is not sent is not compared. */
  readonly required?: boolean
}

/** What was sent as `<field>Confirmation` must be what was sent as the field. The error is on the former. */
export function confirmation<S extends AnySchema>(
  field: FieldName<S>,
  options: string | ConfirmationOptions = {},
): Validator<S> {
  const { message, required = false }: ConfirmationOptions =
    typeof options === 'string' ? { message: options } : options
  if (typeof options === 'object') {
    checkOptions(`confirmation() for "${field}"`, options, ['message', 'required'])
  }
  const key = `${field}Confirmation`
  return (changeset) => {
    const recorded = withValidation(changeset, field, { name: 'confirmation', required })
    const { params } = changeset
    if (!params) return recorded
    const [value, again] = [sentAs(params, field), sentAs(params, key)]
    const sent = again !== undefined
    if (!sent && !required) return recorded
    if (sent && sameContent(again, value ?? null)) return recorded
    const error = sent
      ? broken('does not match confirmation', message, { validation: 'confirmation' })
      : broken("can't be blank", undefined, { validation: 'required' })
    return addError(recorded, key, error.message, error.meta)
  }
}

function sentAs(params: Meta, name: string): unknown {
  return Object.hasOwn(params, name) ? params[name] : undefined
}

/** A box that must be ticked: the parameter of this name must be true. It need not be a field. */
export function acceptance<S extends AnySchema>(name: string, message?: Message): Validator<S> {
  return (changeset) => {
    const recorded = withValidation(changeset, name, { name: 'acceptance' })
    const { params } = changeset
    const ticked = params && castBoolean(sentAs(params, name))
    if (!ticked || (ticked.ok && ticked.value === true)) return recorded
    const error = broken('must be accepted', message, { validation: 'acceptance' })
    return addError(recorded, name, error.message, error.meta)
  }
}

/** A rule was given a value that it cannot look at: a mistake in the program. */
export function notFor(
  call: string,
  what: string,
  schema: AnySchema,
  field: string,
  value: unknown,
): ChangesetError {
  return new ChangesetError(
    `${call} is for ${what}, and "${field}" of ${titleOf(schema)} would be ${shown(schema.fields[field], value)}.`,
  )
}
