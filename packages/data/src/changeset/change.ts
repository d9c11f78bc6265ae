import { inspect } from 'node:util'

import { ChangesetError } from '../errors.ts'
import { titleOf } from '../names.ts'
import { sameContent } from '../schema/equality.ts'
import { type ColumnType } from '../schema/field.ts'
import { type Values } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import {
  type AnyChangeset,
  type Base,
  type Changeset,
  changesetOf,
  errorsOn,
  fieldNamed,
  type NoRowOfAnother,
  type PlainField,
  type Proposal,
  type ProposalAt,
  type Related,
  withState,
} from './changeset.ts'
import { putField, setChange, withoutChange } from './put-field.ts'
import { isRelation } from './related-changesets.ts'
import { putAny } from './put-relation.ts'

/**
 * Proposes values that the program itself made. Nothing is cast, and the value that the row has
 * already is no change. Rows of an association or embed are put as `putAssoc` and `putEmbed` do.
 *
 * @throws UnknownFieldError
 */
export function change<S extends AnySchema, Spec = unknown>(
  base: Base<S, Spec>,
  changes: (Values<S> | Proposal<S>) & NoRowOfAnother<S> = {},
): Changeset<S, Spec> {
  return Object.entries(changes).reduce(
    (changeset, [name, value]) =>
      value === undefined ? changeset : putAny(changeset, name, value, 'change()'),
    changesetOf(base),
  )
}

/**
 * Proposes one value that the program itself made. The value that the row has already is no change,
 * and takes an earlier one back.
 *
 * @throws UnknownFieldError
 */
export function put<S extends AnySchema, Spec, F extends PlainField<S>>(
  changeset: Changeset<S, Spec>,
  field: F,
  value: ColumnType<S['fields'][F]>,
): Changeset<S, Spec>
export function put<S extends AnySchema, Spec, K extends Related<S>>(
  changeset: Changeset<S, Spec>,
  relation: K,
  value: ProposalAt<S, K>,
): Changeset<S, Spec>
export function put<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  name: string,
  value: unknown,
): Changeset<S, Spec> {
  return putAny(changeset, name, value, 'put()')
}

/**
 * Proposes a value even when the row has it already, so that it is written again.
 *
 * @throws UnknownFieldError · ChangesetError for an association or embed.
 */
export function forceChange<S extends AnySchema, Spec, F extends PlainField<S>>(
  changeset: Changeset<S, Spec>,
  field: F,
  value: ColumnType<S['fields'][F]>,
): Changeset<S, Spec> {
  refuseRelation(changeset, field, 'forceChange()')
  fieldNamed(changeset.schema, field, 'forceChange()')
  return setChange(changeset, field, value)
}

/** Replaces a change by what the function makes of it. Where nothing changes, it is not called. */
export function updateChange<S extends AnySchema, Spec, F extends PlainField<S>>(
  changeset: Changeset<S, Spec>,
  field: F,
  work: (change: ColumnType<S['fields'][F]>) => ColumnType<S['fields'][F]>,
): Changeset<S, Spec> {
  refuseRelation(changeset, field, 'updateChange()')
  const known = fieldNamed(changeset.schema, field, 'updateChange()')
  if (!Object.hasOwn(changeset.changes, field)) return changeset
  // Changes hold this field's own type: `cast` and `put` see to it.
  const change = Reflect.get(changeset.changes, field) as ColumnType<S['fields'][F]>
  return putField(changeset, field, known, work(change))
}

function refuseRelation({ schema }: AnyChangeset, name: string, call: string): void {
  if (!isRelation(schema, name)) return
  const kind = Object.hasOwn(schema.fields, name) ? 'embed' : 'association'
  throw new ChangesetError(
    `"${name}" of ${titleOf(schema)} is an ${kind}, which ${call} does not change. ` +
      `Use ${kind === 'embed' ? 'putEmbed' : 'putAssoc'}(changeset, '${name}', …).`,
  )
}

/** Takes a change back. */
export function deleteChange<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  name: PlainField<S> | Related<S>,
): Changeset<S, Spec> {
  return withoutChange(changeset, name)
}

/**
 * One changeset out of two over the same row: where they differ, what the second one says. Errors,
 * rules, constraints and preparations of both are kept.
 *
 * @throws ChangesetError when the rows, the actions or the empty values are different.
 */
export function merge<S extends AnySchema, Spec>(
  first: Changeset<S, Spec>,
  second: Changeset<NoInfer<S>, NoInfer<Spec>>,
): Changeset<S, Spec> {
  if (first.schema !== second.schema || !sameContent(first.row, second.row)) {
    throw new ChangesetError(
      `merge() takes two changesets over the same row of ${titleOf(first.schema)}; these have different ones.`,
    )
  }
  return withState(second, {
    ...(first.params && { params: { ...first.params, ...second.params } }),
    changes: { ...first.changes, ...second.changes },
    errors: mergedErrors(first, second),
    valid: first.valid && second.valid,
    action: either('actions', first.action, second.action),
    emptyValues: either('empty values', first.emptyValues, second.emptyValues),
    required: [...new Set([...first.required, ...second.required])],
    validations: [...first.validations, ...second.validations],
    constraints: [...first.constraints, ...second.constraints],
    filters: { ...first.filters, ...second.filters },
    prepare: [...first.prepare, ...second.prepare],
    force: first.force || second.force,
  })
}

function mergedErrors(first: AnyChangeset, second: AnyChangeset): AnyChangeset['errors'] {
  const fields = new Set([...Object.keys(first.errors), ...Object.keys(second.errors)])
  return Object.fromEntries(
    [...fields].map((field) => {
      const earlier = errorsOn(first, field)
      const later = errorsOn(second, field)
      // Both may come from one changeset, with the errors that it had.
      const fresh = later.filter((error) => !earlier.some((one) => sameContent(one, error)))
      return [field, [...earlier, ...fresh]]
    }),
  )
}

function either<T>(what: string, first: T | undefined, second: T | undefined): T | undefined {
  if (first === undefined || second === undefined || sameContent(first, second)) {
    return second ?? first
  }
  throw new ChangesetError(
    `merge() was given changesets of different ${what}: ${inspect(first)} and ${inspect(second)}.`,
  )
}
