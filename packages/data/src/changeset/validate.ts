import { type ColumnType } from '../schema/field.ts'
import { isBlank } from '../schema/casts.ts'
import { type Meta } from '../schema/field-type.ts'
import { UnknownFieldError } from '../errors.ts'
import { type FieldName } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import {
  addError,
  type AnyChangeset,
  type Changeset,
  currentValue,
  getChange,
  withState,
} from './changeset.ts'

/** A rule: takes a changeset and gives it back, with errors when it is broken. */
export type Validator<S extends AnySchema> = (changeset: Changeset<S>) => Changeset<S>

/** Applies rules from left to right. */
export function check<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  ...validators: readonly Validator<NoInfer<S>>[]
): Changeset<S, Spec> {
  // A rule asks nothing of what is loaded, and gives back a changeset over the row that it was given.
  const start = changeset as unknown as Changeset<S>
  const checked = validators.reduce((one, validator) => validator(one), start)
  return checked as unknown as Changeset<S, Spec>
}

/**
 * Requires each field to hold a value, sent now or already on the row. A blank string is missing.
 * A field that failed casting keeps that one error.
 */
export function required<S extends AnySchema>(...fields: FieldName<S>[]): Validator<S> {
  return (changeset) =>
    fields.reduce(
      (checked, field) =>
        checked.errors[field] || !isMissing(checked, field)
          ? checked
          : addError(checked, field, "can't be blank", { validation: 'required' }),
      withState(changeset, { required: [...changeset.required, ...fields] }),
    )
}

function isMissing(changeset: AnyChangeset, field: string): boolean {
  refuseUnknown(changeset, field, 'required()')
  const value = currentValue(changeset, field)
  return value == null || isBlank(value)
}

type Message = string | { readonly message: string; readonly meta?: Meta }

/** What a rule of your own may answer: nothing when all is well, one message, or several. */
export type Messages = Message | readonly Message[] | undefined

/** A rule of your own for one field. Runs only when the field has a change that is not null. */
export function validate<S extends AnySchema, F extends FieldName<S>>(
  field: F,
  rule: (value: NonNullable<ColumnType<S['fields'][F]>>, changeset: Changeset<S>) => Messages,
): Validator<S> {
  return (changeset) => {
    refuseUnknown(changeset, field, 'validate()')
    const value = getChange(changeset, field)
    if (value == null) return changeset
    const messages = rule(value, changeset)
    return listOf(messages).reduce<Changeset<S>>(
      (checked, message) =>
        typeof message === 'string'
          ? addError(checked, field, message)
          : addError(checked, field, message.message, message.meta),
      changeset,
    )
  }
}

function listOf(messages: Messages): readonly Message[] {
  if (messages === undefined) return []
  return Array.isArray(messages) ? messages : [messages as Message]
}

/** Text must match the pattern. */
export function format<S extends AnySchema>(
  field: FieldName<S>,
  pattern: RegExp,
  message = 'has invalid format',
): Validator<S> {
  return validate(field, (value) =>
    // A global pattern remembers where it stopped, and would then miss every second match.
    String(value).search(pattern) === -1 ? { message, meta: { validation: 'format' } } : undefined,
  )
}

/** The value must be one of these. */
export function inclusion<S extends AnySchema, F extends FieldName<S>>(
  field: F,
  values: readonly NonNullable<ColumnType<S['fields'][F]>>[],
  message = 'is invalid',
): Validator<S> {
  return membership(field, values, true, message)
}

/** The value must be none of these. */
export function exclusion<S extends AnySchema, F extends FieldName<S>>(
  field: F,
  values: readonly NonNullable<ColumnType<S['fields'][F]>>[],
  message = 'is reserved',
): Validator<S> {
  return membership(field, values, false, message)
}

function membership<S extends AnySchema>(
  field: FieldName<S>,
  values: readonly unknown[],
  wanted: boolean,
  message: string,
): Validator<S> {
  const validation = wanted ? 'inclusion' : 'exclusion'
  return validate(field, (value, { schema }) => {
    const type = schema.fields[field]?.type
    const found = values.some((candidate) => type?.equal(candidate, value))
    return found === wanted ? undefined : { message, meta: { validation, enum: values } }
  })
}

type Limits = { readonly is?: number; readonly min?: number; readonly max?: number }

/**
 * Text must have so many characters, as a reader counts them; a list or object so many items.
 * `count: 'bytes'` counts what the text takes in UTF-8.
 */
export function length<S extends AnySchema>(
  field: FieldName<S>,
  limits: Limits & { readonly count?: 'characters' | 'bytes'; readonly message?: string },
): Validator<S> {
  return validate(field, (value) => {
    const measured = measure(value, limits.count ?? 'characters')
    const broken = KINDS.find((kind) => outside(kind, measured.length, limits[kind]))
    if (!broken) return undefined
    const message =
      limits.message ??
      `${VERBS[measured.type]} ${LENGTH_WORDS[broken]}%{count} ${UNITS[measured.type]}`
    const meta = { count: limits[broken], validation: 'length', kind: broken, type: measured.type }
    return { message, meta }
  })
}

const KINDS = ['is', 'min', 'max'] as const
const LENGTH_WORDS = { is: '', min: 'at least ', max: 'at most ' } as const
const VERBS = { string: 'should be', binary: 'should be', list: 'should have', map: 'should have' }
const UNITS = { string: 'character(s)', binary: 'byte(s)', list: 'item(s)', map: 'item(s)' }

function outside(kind: (typeof KINDS)[number], actual: number, limit: number | undefined): boolean {
  if (limit === undefined) return false
  if (kind === 'is') return actual !== limit
  return kind === 'min' ? actual < limit : actual > limit
}

const graphemes = new Intl.Segmenter()

function measure(value: unknown, count: 'characters' | 'bytes') {
  if (value instanceof Uint8Array) return { type: 'binary', length: value.byteLength } as const
  if (Array.isArray(value)) return { type: 'list', length: value.length } as const
  if (typeof value === 'object' && value !== null) {
    return { type: 'map', length: Object.keys(value).length } as const
  }
  const text = String(value)
  return count === 'bytes'
    ? ({ type: 'binary', length: Buffer.byteLength(text) } as const)
    : ({ type: 'string', length: [...graphemes.segment(text)].length } as const)
}

type NumberLimits = {
  readonly lessThan?: number
  readonly greaterThan?: number
  readonly atMost?: number
  readonly atLeast?: number
  readonly equalTo?: number
  readonly notEqualTo?: number
}

const NUMBER_RULES = {
  lessThan: { holds: (value: number, limit: number) => value < limit, words: 'less than' },
  greaterThan: { holds: (value: number, limit: number) => value > limit, words: 'greater than' },
  atMost: {
    holds: (value: number, limit: number) => value <= limit,
    words: 'less than or equal to',
  },
  atLeast: {
    holds: (value: number, limit: number) => value >= limit,
    words: 'greater than or equal to',
  },
  equalTo: { holds: (value: number, limit: number) => value === limit, words: 'equal to' },
  notEqualTo: { holds: (value: number, limit: number) => value !== limit, words: 'not equal to' },
} as const

/** A number must keep these limits. The first broken one is reported. */
export function number<S extends AnySchema>(
  field: FieldName<S>,
  limits: NumberLimits & { readonly message?: string },
): Validator<S> {
  return validate(field, (value) => {
    for (const [kind, { holds, words }] of Object.entries(NUMBER_RULES)) {
      const limit = limits[kind as keyof typeof NUMBER_RULES]
      if (limit === undefined || holds(Number(value), limit)) continue
      return {
        message: limits.message ?? `must be ${words} %{number}`,
        meta: { validation: 'number', kind, number: limit },
      }
    }
    return undefined
  })
}

/** Compares what was sent as `<field>Confirmation` with what was sent as the field. */
export function confirmation<S extends AnySchema>(
  field: FieldName<S>,
  message = 'does not match confirmation',
): Validator<S> {
  return (changeset) => {
    const { params } = changeset
    const key = `${field}Confirmation`
    return !params || !Object.hasOwn(params, key) || params[key] === params[field]
      ? changeset
      : addError(changeset, key, message, { validation: 'confirmation' })
  }
}

/** A box that must be ticked: the parameter of this name must be true. It need not be a field. */
export function acceptance<S extends AnySchema>(
  name: string,
  message = 'must be accepted',
): Validator<S> {
  return (changeset) => {
    const { params } = changeset
    return !params || ['true', '1', true].some((yes) => yes === params[name])
      ? changeset
      : addError(changeset, name, message, { validation: 'acceptance' })
  }
}

function refuseUnknown(changeset: AnyChangeset, field: string, call: string): void {
  if (!Object.hasOwn(changeset.schema.fields, field)) {
    throw new UnknownFieldError(changeset.schema, field, call)
  }
}
