import { addError, type AnySchema, type Changeset } from '@showrunner/data'

/** Times count from the start; what has an end has a start, and the end is later. */
export function endsAfterStart<S extends AnySchema>(changeset: Changeset<S>): Changeset<S> {
  const values: { readonly [name: string]: unknown } = { ...changeset.row, ...changeset.changes }
  const { startsMs, endsMs } = values
  if (typeof startsMs === 'number' && startsMs < 0) {
    return addError(changeset, 'startsMs', 'must not be before the start')
  }
  if (typeof endsMs !== 'number') return changeset
  if (typeof startsMs !== 'number') return addError(changeset, 'startsMs', 'is needed for an end')
  return endsMs > startsMs
    ? changeset
    : addError(changeset, 'endsMs', 'must be later than the start')
}
