import { inspect } from 'node:util'

import { ChangesetError } from '../errors.ts'
import { type ColumnType } from '../schema/field.ts'
import { type FieldName } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import {
  type Changeset,
  currentValue,
  fieldNamed,
  type Preparation,
  withState,
} from './changeset.ts'
import { setChange } from './put-field.ts'
import { type Validator } from './rule.ts'

/**
 * A function that the repo runs with the changeset inside the transaction of the write, just before it,
 * and whose answer it writes: to number something, to check what only a lock makes sure of. Several run
 * in their order. It may add errors, and then nothing is written. An invalid changeset, and an update
 * that changes nothing, never get as far.
 */
export function prepareChanges<S extends AnySchema>(
  work: (changeset: Changeset<S>) => Changeset<S> | Promise<Changeset<S>>,
): Validator<S> {
  // The repo hands each preparation the changeset that it was declared on.
  const preparation = work as unknown as Preparation
  return (changeset) => withState(changeset, { prepare: [...changeset.prepare, preparation] })
}

/**
 * Refuses to update or delete a row that somebody else has changed since it was read: the row in the
 * database must still have this field's value, and each write gives it the next one, unless you say how
 * it goes on. A write that comes too late is a StaleRowError. Null, which nothing equals, guards nothing.
 */
export function optimisticLock<S extends AnySchema, F extends FieldName<S>>(
  field: F,
  next?: (
    current: NonNullable<ColumnType<S['fields'][F]>>,
  ) => NonNullable<ColumnType<S['fields'][F]>>,
): Validator<S> {
  // The field's own type goes in and comes out.
  const following = next as ((current: unknown) => unknown) | undefined
  return (changeset) => {
    fieldNamed(changeset.schema, field, 'optimisticLock()')
    const current = currentValue(changeset, field)
    const locked = withState(changeset, {
      ...(current != null && { filters: { ...changeset.filters, [field]: current } }),
    })
    return prepareChanges<S>((prepared) =>
      setChange(
        prepared,
        field,
        following && current != null ? following(current) : counted(field, current),
      ),
    )(locked)
  }
}

const LARGEST = 2 ** 31 - 1

/** 1 after nothing, and again after what an `integer` can hold. */
function counted(field: string, current: unknown): number {
  if (current == null) return 1
  if (typeof current === 'number') return current >= LARGEST ? 1 : current + 1
  throw new ChangesetError(
    `optimisticLock('${field}') counts numbers, and its value is ${inspect(current)}. ` +
      `Say how it goes on: optimisticLock('${field}', (current) => …).`,
  )
}
