import { type Changeset, getField, put, type AnySchema, type FieldName } from '@showrunner/data'
import { slugOf } from './slugs.ts'

/** Where no slug is said, it is made from the name. */
export function slugged<S extends AnySchema>(
  name: FieldName<S>,
  slug: FieldName<S>,
): (changeset: Changeset<S>) => Changeset<S> {
  return (changeset) => {
    const text: unknown = getField<S, FieldName<S>>(changeset, name)
    const isSaid = Boolean(getField<S, FieldName<S>>(changeset, slug))
    if (isSaid || typeof text !== 'string' || text === '') return changeset
    // A slug is a text.
    return put(changeset, slug as never, slugOf(text) as never)
  }
}
