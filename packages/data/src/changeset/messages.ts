import { type AnyChangeset, type FieldError } from './changeset.ts'

/**
 * The errors of a changeset itself as people read them, by field: `{ slug: ['should be at most 40
 * character(s)'] }`. Those of the rows in its relations: see `traverseErrors`.
 */
export function errorMessages(
  changeset: Pick<AnyChangeset, 'errors'>,
  translate: (message: string) => string = (message) => message,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(changeset.errors).map(([field, errors]) => [
      field,
      errors.map((error) => filledIn({ ...error, message: translate(error.message) })),
    ]),
  )
}

/** The message of an error, its numbers filled in. */
export function filledIn({ message, meta }: FieldError): string {
  return message.replace(/%\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(meta, name) ? String(meta[name]) : placeholder,
  )
}
