/** Only what says something: no nulls, no `false`, no empty lists. */
export function withoutEmpty<T extends object>(values: T): Partial<T> {
  const said = Object.entries(values).filter(
    ([, value]) =>
      value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
  )
  // Some of the entries of a T.
  return Object.fromEntries(said) as Partial<T>
}
