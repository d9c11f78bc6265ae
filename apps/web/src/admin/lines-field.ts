import {
  type AnySchema,
  type Changeset,
  errorMessages,
  type FieldName,
  getField,
} from '@showrunner/data'
import { type LinedField, linesName } from '@showrunner/domain/lines'
import { type LongTextField } from './field.ts'
import { idOf, typed } from './form.ts'

interface LinesOptions {
  readonly label: string
  readonly help: string
  readonly lines?: number
  /** The name a field is sent by, in a row of a form. */
  readonly nameOf?: (field: string) => string
}

/** A field that holds a list, written in lines: what is there, or what was typed, and the line that could not be read. */
export function linesField<S extends AnySchema, T>(
  changeset: Changeset<S>,
  field: FieldName<S>,
  { shown, example }: LinedField<T>,
  { label, help, lines = 2, nameOf = (sentAs) => sentAs }: LinesOptions,
): LongTextField {
  const sentAs = linesName(field)
  const name = nameOf(sentAs)
  // What a field holds is what its lines are of.
  const value = getField<S, FieldName<S>>(changeset, field) as T | null | undefined
  return {
    kind: 'long-text',
    id: idOf(name),
    name,
    label,
    help: `${help} As: ${example}`,
    errors: (errorMessages(changeset)[field] ?? []).map((message) => `${label} ${message}.`),
    required: false,
    value: typed(changeset, sentAs) ?? shown(value ?? null),
    lines,
    markdown: false,
  }
}
