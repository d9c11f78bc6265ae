import {
  type AnyChangeset,
  type AnySchema,
  type Changeset,
  errorMessages,
  type FieldName,
  getField,
} from '@showrunner/data'
import {
  type BoxField,
  type ChoiceField,
  type Field,
  type FieldBase,
  type HiddenField,
  type LongTextField,
  type MomentField,
  type Option,
  type PickerField,
  type TextField,
} from './field.ts'
import { asTyped } from './as-typed.ts'

interface Words {
  readonly label: string
  readonly help?: string
}

interface TextOptions extends Words {
  readonly type?: TextField['type']
  readonly width?: TextField['width']
  readonly maxLength?: number
  readonly step?: string
  readonly cutAfter?: number
  /** What is typed is sent by another name than the field's, and read by who gets it; `shown` is the field as text. */
  readonly typedAs?: { readonly sentAs: string; readonly shown: string }
}

/** Describes the fields of a form by what a changeset knows of them: what was typed, what is there, what is wrong. */
export interface Form<S extends AnySchema> {
  readonly changeset: Changeset<S>
  /** The name a field is sent by. */
  readonly nameOf: (field: string) => string
  readonly text: (field: FieldName<S>, options: TextOptions) => TextField
  readonly longText: (
    field: FieldName<S>,
    options: Words & { readonly lines?: number; readonly markdown?: boolean },
  ) => LongTextField
  readonly choice: (
    field: FieldName<S>,
    options: Words & { readonly options: readonly Option[] },
  ) => ChoiceField
  readonly box: (field: FieldName<S>, options: Words) => BoxField
  /** `value` is the moment that is stored, as local time in the zone. */
  readonly moment: (
    field: FieldName<S>,
    options: Words & { readonly zone: string; readonly value: string },
  ) => MomentField
  /** `field` is the reference; `sentAs` the name its text is sent by, `words` what names the row there is. */
  readonly picker: (
    field: FieldName<S>,
    options: Words & {
      readonly sentAs: string
      readonly words: string | null
      readonly source: string
      readonly placeholder?: string
    },
  ) => PickerField
  readonly hidden: (field: FieldName<S>) => HiddenField
}

/** The form of a changeset; with a prefix, of one of the rows in it: `episodeGuests[0]`. */
export function formOf<S extends AnySchema>(
  changeset: Changeset<S>,
  prefix = '',
  translate?: (message: string) => string,
): Form<S> {
  const messages = errorMessages(changeset, translate)
  const nameOf = (field: string) => (prefix === '' ? field : `${prefix}[${field}]`)
  const at: Known<S> = {
    base: (field, { label, help }, sentAs: string = field) => ({
      id: idOf(nameOf(sentAs)),
      name: nameOf(sentAs),
      label,
      help: help ?? null,
      errors: (messages[field] ?? []).map((message) => `${label} ${message}.`),
      required: changeset.required.includes(field),
    }),
    value: (field) =>
      typed(changeset, field) ?? asTyped(getField<S, FieldName<S>>(changeset, field)),
    typed: (name) => typed(changeset, name),
    longest: (field) => longest(changeset, field),
  }

  return {
    changeset,
    nameOf,
    hidden: (field) => ({ kind: 'hidden', name: nameOf(field), value: at.value(field) }),
    ...typedFields(at),
    ...chosenFields(at),
  }
}

/** What is known of a field: its words and errors, what it holds, what was typed, how long it may be. */
interface Known<S extends AnySchema> {
  readonly base: (field: FieldName<S>, words: Words, sentAs?: string) => FieldBase
  readonly value: (field: FieldName<S>) => string
  readonly typed: (name: string) => string | undefined
  readonly longest: (field: string) => number | null
}

function typedFields<S extends AnySchema>(
  at: Known<S>,
): Pick<Form<S>, 'text' | 'longText' | 'moment'> {
  return {
    text: (field, options) => ({
      kind: 'text',
      ...at.base(field, options, options.typedAs?.sentAs),
      type: options.type ?? 'text',
      value: options.typedAs
        ? (at.typed(options.typedAs.sentAs) ?? options.typedAs.shown)
        : at.value(field),
      width: options.width ?? 'whole',
      maxLength: options.maxLength ?? at.longest(field),
      step: options.step ?? null,
      ...(options.cutAfter !== undefined && { cutAfter: options.cutAfter }),
    }),
    longText: (field, options) => ({
      kind: 'long-text',
      ...at.base(field, options),
      value: at.value(field),
      lines: options.lines ?? 4,
      markdown: options.markdown ?? false,
    }),
    moment: (field, options) => ({
      kind: 'moment',
      ...at.base(field, options),
      value: at.typed(field) ?? options.value,
      zone: options.zone,
    }),
  }
}

function chosenFields<S extends AnySchema>(
  at: Known<S>,
): Pick<Form<S>, 'choice' | 'box' | 'picker'> {
  return {
    choice: (field, options) => ({
      kind: 'choice',
      ...at.base(field, options),
      value: at.value(field),
      options: options.options,
    }),
    box: (field, options) => ({
      kind: 'box',
      ...at.base(field, options),
      checked: at.value(field) === 'true',
    }),
    picker: (field, options) => ({
      kind: 'picker',
      ...at.base(field, options, options.sentAs),
      value: at.typed(options.sentAs) ?? options.words ?? '',
      source: options.source,
      placeholder: options.placeholder ?? 'Type to search',
    }),
  }
}

/** Everything wrong with these fields, with what leads there: for the summary at the top of a form. */
export function problemsOf(fields: readonly Field[]): readonly Problem[] {
  return fields.flatMap((field): Problem[] => {
    if (field.kind === 'hidden' || field.kind === 'link') return []
    const own = field.errors.map((message) => ({ message, href: `#${field.id}` }))
    return field.kind === 'rows'
      ? [...own, ...field.rows.flatMap((row) => problemsOf(row.fields))]
      : own
  })
}

export interface Problem {
  readonly message: string
  readonly href: string
}

/** What was typed, when the form has been sent. */
export function typed(changeset: Pick<AnyChangeset, 'params'>, name: string): string | undefined {
  const sent = changeset.params?.[name]
  return typeof sent === 'string' ? sent : undefined
}

/** How long a text may be by the rules of its changeset. */
function longest(changeset: AnyChangeset, field: string): number | null {
  const rule = changeset.validations.find((one) => one.field === field && one.name === 'length')
  const max = rule?.options['max']
  return typeof max === 'number' ? max : null
}

/** An id a style or a script can name: `episodeGuests-0-role`. */
export function idOf(name: string): string {
  return `f-${name.replaceAll(/[[\]]+/g, '-').replace(/-$/, '')}`
}
