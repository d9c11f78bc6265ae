import { type Changeset } from './changeset.ts'
import { type AnySchema } from '../schema/schema.ts'

/** Proposes rows of an association or embed. */
export function putRelation<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  name: string,
  _value: unknown,
): Changeset<S, Spec> {
  throw new Error(`putting "${name}" of "${changeset.schema.source}" is to come`)
}
