import { sameContent } from '../schema/equality.ts'
import { type FieldType } from '../schema/field-type.ts'
import { type AnyChangeset } from './changeset.ts'

/** What is looked at in the place of a value, to tell whether it is empty. The value itself stays as it is. */
export type Trim = (type: FieldType, value: unknown) => unknown

/** Text is empty when nothing but white space is in it, but that of `t.bytes()` only when nothing is. */
export const trimStart: Trim = (type, value) =>
  typeof value === 'string' && type.blankIsEmpty ? value.trimStart() : value

const BLANK: readonly unknown[] = ['']

/** Whether a value counts as nothing given. Null does not: it says that there is to be nothing. */
export function isEmpty(
  { emptyValues = BLANK }: Pick<AnyChangeset, 'emptyValues'>,
  type: FieldType,
  value: unknown,
  trim: Trim = trimStart,
): boolean {
  const looked = trim(type, value)
  const text = looked instanceof Uint8Array && looked.byteLength === 0 ? '' : looked
  return emptyValues.some((empty) => sameContent(empty, text))
}

/** A list without its empty elements; anything else as it is. */
export function withoutEmpty(
  changeset: Pick<AnyChangeset, 'emptyValues'>,
  type: FieldType,
  value: unknown,
  trim: Trim = trimStart,
): unknown {
  const { element } = type
  return element && Array.isArray(value)
    ? value.filter((item) => !isEmpty(changeset, element, item, trim))
    : value
}
