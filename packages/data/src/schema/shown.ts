import { inspect } from 'node:util'

/** A field's value as messages and logs show it, in one line; one that is redacted stays secret. */
export function shown(field: { readonly isRedacted: boolean } | undefined, value: unknown): string {
  return field?.isRedacted
    ? '**redacted**'
    : inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY })
}
