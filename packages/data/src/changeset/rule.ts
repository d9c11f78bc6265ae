import { type ColumnType } from '../schema/field.ts'
import { type Meta } from '../schema/field-type.ts'
import { type FieldName } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import {
  addError,
  type ChangeAt,
  type Changeset,
  fieldNamed,
  type Related,
  withState,
} from './changeset.ts'
import { isRelation } from './related-changesets.ts'

/** A rule: takes a changeset and gives it back, with errors when it is broken. */
export type Validator<S extends AnySchema> = (changeset: Changeset<S>) => Changeset<S>

/** Applies rules from left to right. */
export function check<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  ...validators: readonly Validator<NoInfer<S>>[]
): Changeset<S, Spec> {
  // A rule asks nothing of what is loaded, and gives back a changeset over the row that it was given.
  const start = changeset as unknown as Changeset<S>
  const checked = validators.reduce((one, validator) => validator(one), start)
  return checked as unknown as Changeset<S, Spec>
}

/** What a rule says when it is broken; `meta` comes on top of the rule's own. */
export type Message = string | { readonly message: string; readonly meta?: Meta }

/** A message of a rule of your own, which may be for another field than its own. */
type FieldMessage = Message & { readonly field?: string }

/** What a rule of your own may answer: nothing when all is well, one message, or several. */
export type Messages = Message | FieldMessage | readonly (Message | FieldMessage)[] | undefined

/** What is proposed for a field; for an association or embed, the changesets of its rows. */
export type Proposed<S extends AnySchema, F> =
  F extends Related<S>
    ? NonNullable<ChangeAt<S, F>>
    : F extends FieldName<S>
      ? NonNullable<ColumnType<S['fields'][F]>>
      : never

/**
 * A rule of your own for one field. Runs only when the field has a change that is not null. `known`
 * is what `traverseValidations` tells of it.
 *
 * @throws UnknownFieldError
 */
export function validate<S extends AnySchema, F extends FieldName<S> | Related<S>>(
  field: F,
  rule: (value: Proposed<S, F>, changeset: Changeset<S>) => Messages,
  known?: { readonly name: string; readonly [option: string]: unknown },
): Validator<S> {
  return (changeset) => {
    if (!isRelation(changeset.schema, field)) fieldNamed(changeset.schema, field, 'validate()')
    const recorded = known ? withValidation(changeset, field, known) : changeset
    const { changes } = changeset
    const value: unknown = Object.hasOwn(changes, field) ? Reflect.get(changes, field) : null
    if (value == null) return recorded
    // Changes hold this field's own type: `cast` and `put` see to it.
    return listOf(rule(value as Proposed<S, F>, changeset)).reduce<Changeset<S>>(
      (checked, message) =>
        typeof message === 'string'
          ? addError(checked, field, message)
          : addError(checked, message.field ?? field, message.message, message.meta),
      recorded,
    )
  }
}

function listOf(
  messages: Messages,
): readonly (string | { field?: string; message: string; meta?: Meta })[] {
  if (messages === undefined) return []
  return isList(messages) ? messages : [messages]
}

function isList<T>(messages: T | readonly T[]): messages is readonly T[] {
  return Array.isArray(messages)
}

/** A changeset that remembers a rule that was checked, for whoever wants to check it elsewhere as well. */
export function withValidation<S extends AnySchema>(
  changeset: Changeset<S>,
  field: string,
  { name, ...options }: { readonly name: string; readonly [option: string]: unknown },
): Changeset<S> {
  const validations = [...changeset.validations, { field, name, options }]
  return withState(changeset, { validations })
}

/** The message of a broken rule: yours, or the usual one, with the rule's meta and yours. */
export function broken(
  usual: string,
  yours: Message | undefined,
  meta: Meta,
): { readonly message: string; readonly meta: Meta } {
  if (yours === undefined) return { message: usual, meta }
  if (typeof yours === 'string') return { message: yours, meta }
  return { message: yours.message, meta: { ...meta, ...yours.meta } }
}
