import { errorMessages, type AnySchema, type Changeset } from '@showrunner/data'

/**
 * The changeset of these params without those it refuses: what a feed gets wrong is left out, and told. The strict one,
 * invalid, when what is refused cannot be left out.
 */
export function lenient<S extends AnySchema>(
  params: Readonly<Record<string, unknown>>,
  changesetOf: (params: Readonly<Record<string, unknown>>) => Changeset<S>,
  warn: (message: string) => void,
): Changeset<S> {
  const strict = changesetOf(params)
  if (strict.valid) return strict
  const refused = errorMessages(strict)
  const kept = Object.entries(params).filter(([name]) => !Object.hasOwn(refused, name))
  const changeset = changesetOf(Object.fromEntries(kept))
  if (!changeset.valid) return strict
  for (const [name, messages] of Object.entries(refused)) {
    warn(`its ${name} ${messages.join(', ')}; left out`)
  }
  return changeset
}

/** What is wrong with a changeset, in words. */
export function whatIsWrong<S extends AnySchema>(changeset: Changeset<S>): string {
  return Object.entries(errorMessages(changeset))
    .map(([field, messages]) => `${field} ${messages.join(', ')}`)
    .join('; ')
}
