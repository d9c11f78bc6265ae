import { type AnyChangeset, type FieldError } from './changeset.ts'

/** The errors as people read them, by field: `{ slug: ['should be at most 40 character(s)'] }`. */
export function errorMessages(changeset: Pick<AnyChangeset, 'errors'>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(changeset.errors).map(([field, errors]) => [field, errors.map(filledIn)]),
  )
}

function filledIn({ message, meta }: FieldError): string {
  return message.replace(/%\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(meta, name) ? String(meta[name]) : placeholder,
  )
}
