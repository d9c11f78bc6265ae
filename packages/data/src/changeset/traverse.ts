import { type AnyChangeset, type FieldError, type Validation } from './changeset.ts'
import { filledIn } from './messages.ts'
import { relatedChangesets } from './related-changesets.ts'

/** By field, what a function made of each error; by association and embed, the same of their rows. */
export interface Traversed<T> {
  readonly [name: string]: readonly T[] | Traversed<T> | readonly Traversed<T>[]
}

/**
 * What the function makes of every error, of a changeset and of those in its relations; without a
 * function, the messages as people read them. A relation is there only when something in it is wrong,
 * and then has an object for each of its changesets, so that their places agree.
 */
export function traverseErrors(changeset: AnyChangeset): Traversed<string>
export function traverseErrors<T>(
  changeset: AnyChangeset,
  work: (error: FieldError, field: string, changeset: AnyChangeset) => T,
): Traversed<T>
export function traverseErrors(
  changeset: AnyChangeset,
  work: (error: FieldError, field: string, changeset: AnyChangeset) => unknown = filledIn,
): Traversed<unknown> {
  return traversed(changeset, (one) =>
    Object.entries(one.errors).map(([field, errors]) => [
      field,
      errors.map((error) => work(error, field, one)),
    ]),
  )
}

/** What the function makes of every rule that was checked, in the shape of `traverseErrors`. For forms that check in the browser too. */
export function traverseValidations<T>(
  changeset: AnyChangeset,
  work: (validation: Validation, changeset: AnyChangeset) => T,
): Traversed<T> {
  return traversed(changeset, (one) =>
    [...Map.groupBy(one.validations, ({ field }) => field)].map(([field, validations]) => [
      field,
      validations.map((validation) => work(validation, one)),
    ]),
  )
}

function traversed<T>(
  changeset: AnyChangeset,
  own: (changeset: AnyChangeset) => readonly (readonly [string, readonly T[]])[],
): Traversed<T> {
  const below = Object.entries(changeset.changes).flatMap(([name, change]) => {
    const related = relatedChangesets(changeset, name).map((one) => traversed(one, own))
    const [first = {}] = related
    return related.some((one) => Object.keys(one).length > 0)
      ? [[name, Array.isArray(change) ? related : first] as const]
      : []
  })
  return Object.fromEntries<Traversed<T>[string]>([...own(changeset), ...below])
}

/** Every error in a line, however deep: `comments[0].text can't be blank`. */
export function errorLines(changeset: AnyChangeset, path = ''): readonly string[] {
  const own = Object.entries(changeset.errors).flatMap(([field, errors]) =>
    errors.map((error) => `${path}${field} ${filledIn(error)}`),
  )
  const below = Object.entries(changeset.changes).flatMap(([name, change]) =>
    relatedChangesets(changeset, name).flatMap((one, at) =>
      errorLines(one, `${path}${name}${Array.isArray(change) ? `[${at}]` : ''}.`),
    ),
  )
  return [...own, ...below]
}
