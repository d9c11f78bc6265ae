import { type AnyField } from '../schema/field.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Changeset, withChanges } from './changeset.ts'

/** Whether putting one value in the place of the other would change nothing. */
export function sameValue({ type }: AnyField, left: unknown, right: unknown): boolean {
  return left == null || right == null
    ? (left ?? null) === (right ?? null)
    : type.equal(left, right)
}

/** Proposes a value for a field. The value that the row has already is no change, and takes one back. */
export function putField<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  name: string,
  field: AnyField,
  value: unknown,
): Changeset<S, Spec> {
  return sameValue(field, value, Reflect.get(changeset.row, name))
    ? withoutChange(changeset, name)
    : setChange(changeset, name, value)
}

/** Sets a change, whatever the row has. */
export function setChange<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  name: string,
  value: unknown,
): Changeset<S, Spec> {
  return withChanges(changeset, { ...changeset.changes, [name]: value })
}

export function withoutChange<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  name: string,
): Changeset<S, Spec> {
  if (!Object.hasOwn(changeset.changes, name)) return changeset
  const { [name]: _dropped, ...others }: { [name: string]: unknown } = { ...changeset.changes }
  return withChanges(changeset, others)
}
