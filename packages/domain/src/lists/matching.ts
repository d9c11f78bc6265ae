import { type AnySchema, type FieldName, type Query } from '@showrunner/data'

/** Longer than any name somebody looks for. */
const MOST_WORDS = 8

/** Rows in which every word stands, in any of these text fields, wherever in it. */
export function matching<S extends AnySchema, Spec>(
  query: Query<S, Spec>,
  fields: readonly FieldName<S>[],
  q = '',
): Query<S, Spec> {
  return patternsIn(q).reduce((narrowed, pattern) => {
    // Every caller names text fields of its own schema; which those are, a type over any schema cannot tell.
    return narrowed.where((eb) =>
      eb.or(fields.map((field) => eb(field as never, 'ilike', pattern as never))),
    )
  }, query)
}

/** A pattern for `ilike` for every word somebody looks for. No text that is stored has a nul in it. */
export function patternsIn(q: string): readonly string[] {
  const words = q.split(/[\s\0]+/).filter((word) => word !== '')
  return words.slice(0, MOST_WORDS).map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
}
