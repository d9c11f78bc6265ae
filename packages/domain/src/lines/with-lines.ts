import {
  addError,
  type AnySchema,
  change,
  type Changeset,
  type FieldName,
  type Params,
  type Values,
} from '@showrunner/data'
import { type Value } from '@showrunner/feeds'
import { RECIPIENTS } from './forms.ts'
import { type LineForm, readLines, shownLines } from './line-form.ts'

/** What a field that is written in lines is sent by. */
export function linesName(field: string): string {
  return `${field}Lines`
}

/** A field as lines: what they show of it, and what they make of it. */
export interface LinedField<T> {
  readonly example: string
  readonly shown: (value: T | null) => string
  /** `wrong` is the line that cannot be read. */
  readonly read: (
    text: string,
    before: T | null,
  ) => { readonly value: T | null } | { readonly wrong: string }
}

/** A list, a line for each. */
export function linedList<T>(form: LineForm<T>): LinedField<readonly T[]> {
  return {
    example: form.example,
    shown: (list) => shownLines(form, list ?? []),
    read: (text, before) => {
      const { list, wrong } = readLines(form, text, before ?? [])
      return wrong === undefined ? { value: list } : { wrong }
    },
  }
}

/** One thing, in one line, or none. */
export function linedOne<T>(form: LineForm<T>): LinedField<T | null> {
  return {
    example: form.example,
    shown: (one) => (one === null ? '' : shownLines(form, [one])),
    read: (text, before) => {
      const { list, wrong } = readLines(form, text, before === null ? [] : [before])
      return wrong === undefined ? { value: list[0] ?? null } : { wrong }
    },
  }
}

/** Who is paid, a line for each. What a feed brought of other ways to pay stays until a line is changed. */
export const PAYMENTS: LinedField<readonly Value[]> = {
  example: RECIPIENTS.example,
  shown: (values) => shownLines(RECIPIENTS, recipientsOf(values)),
  read: (text, before) => {
    const known = recipientsOf(before)
    const { list: recipients, wrong } = readLines(RECIPIENTS, text, known)
    if (wrong !== undefined) return { wrong }
    const isSame =
      recipients.length === known.length && recipients.every((one, at) => one === known[at])
    if (isSame && before) return { value: before }
    if (recipients.length === 0) return { value: [] }
    const method = recipients.every(({ type }) => type === 'lnaddress') ? 'lnaddress' : 'keysend'
    return { value: [{ type: 'lightning', method, suggested: null, recipients }] }
  },
}

function recipientsOf(values: readonly Value[] | null) {
  return (values ?? []).flatMap(({ recipients }) => recipients)
}

/** Of whatever type it is. */
interface AnyLinedField {
  readonly example: string
  readonly read: (
    text: string,
    before: never,
  ) => { readonly value: unknown } | { readonly wrong: string }
}

/** The same changeset with what the lines say that were sent for these fields. */
export function withLines<S extends AnySchema>(
  changeset: Changeset<S>,
  params: Params,
  fields: { readonly [name in FieldName<S>]?: AnyLinedField },
): Changeset<S> {
  const sent = params as Readonly<Record<string, unknown>>
  return Object.entries(fields).reduce((changed, [name, lined]) => {
    const text = sent[linesName(name)]
    const { read, example } = lined as AnyLinedField
    if (typeof text !== 'string') return changed
    // What the row holds there is what the lines are of.
    const said = read(text, Reflect.get(changed.row, name) as never)
    if ('value' in said) return change(changed, { [name]: said.value } as Values<S>)
    const message = `has a line that cannot be read: “${said.wrong.slice(0, 80)}”. One is written so: ${example}`
    return addError(changed, name as FieldName<S>, message)
  }, changeset)
}
