import { inspect } from 'node:util'

import { CastError, ChangesetError } from '../errors.ts'
import { titleOf } from '../names.ts'
import { associationNamed } from '../schema/associations.ts'
import { isRecord } from '../schema/casts.ts'
import { type AnyField } from '../schema/field.ts'
import { type Cast, type Meta } from '../schema/field-type.ts'
import { fallbackOf } from '../schema/instance.ts'
import { type AnySchema } from '../schema/schema.ts'
import {
  addError,
  type AnyChangeset,
  type Base,
  type Changeset,
  changesetOf,
  currentValue,
  fieldNamed,
  type Params,
  type PlainField,
  withChanges,
  withState,
} from './changeset.ts'
import { isEmpty, type Trim, withoutEmpty } from './empty.ts'
import { checkOptions } from './options.ts'
import { sameValue } from './put-field.ts'
import { isRelation } from './related-changesets.ts'

/** Params that could not even be read. Cast, they make a changeset that is invalid and has no errors. */
export const invalidParams: unique symbol = Symbol('invalidParams')

/** How `cast` reads what was sent. */
export interface CastOptions {
  /** What counts as nothing given, instead of blank text. The changeset keeps it for later rules. */
  readonly emptyValues?: readonly unknown[]
  /** What is compared with the empty values: of text, unless said, what follows its leading white space. */
  readonly trim?: Trim
  /** Keeps what the row has already as a change too. */
  readonly forceChanges?: boolean
  /** The words for what does not fit; undefined for the usual ones. */
  readonly message?: (field: string, meta: Meta) => string | undefined
}

/**
 * Takes the named fields of what came from outside, casts each to its type, and keeps what differs from
 * the row. Blank text counts as the field's default. What does not fit is an error on its field; what is
 * not named is ignored, and stays in `params`.
 *
 * A changeset may be cast again: later params win, errors add up. The data that is there already is not
 * validated.
 *
 * @throws CastError when params is not a plain object · UnknownFieldError · ChangesetError for an
 * association or embed, which `castAssoc` and `castEmbed` cast, and for an option that there is not.
 */
export function cast<S extends AnySchema, Spec = unknown>(
  base: Base<S, Spec>,
  params: Params,
  fields: readonly PlainField<S>[],
  options: CastOptions = {},
): Changeset<S, Spec> {
  checkOptions('cast()', options, OPTIONS)
  const start = changesetOf(base)
  const known = fields.map((name) => [name, castable(start.schema, name)] as const)
  if (params === invalidParams) return withState(start, { valid: false })
  const given = checkParams(params)
  const merged = withState(start, {
    params: { ...start.params, ...given },
    ...(options.emptyValues && { emptyValues: options.emptyValues }),
  })
  const changes: Record<string, unknown> = { ...start.changes }
  const failed: [field: string, message: string, meta: Meta][] = []
  for (const [name, field] of known) {
    if (!Object.hasOwn(given, name) || given[name] === undefined) continue
    const done = castValue(merged, name, field, given[name], options)
    if (!done.ok) {
      const meta = { type: field.type.name, validation: 'cast', ...done.meta }
      const words = options.message?.(name, meta) ?? done.message ?? 'is invalid'
      failed.push([name, words, meta])
    } else if (options.forceChanges || !sameValue(field, done.value, currentValue(merged, name))) {
      changes[name] = done.value
    }
  }
  return failed.reduce(
    (changeset, failure) => addError(changeset, ...failure),
    withChanges(merged, changes),
  )
}

const OPTIONS = ['emptyValues', 'trim', 'forceChanges', 'message']

function castable(schema: AnySchema, name: unknown): AnyField {
  if (typeof name !== 'string') {
    throw new ChangesetError(
      `cast() takes the names of the fields that may be sent, got: ${inspect(name, { depth: 0 })}.`,
    )
  }
  if (!isRelation(schema, name)) return fieldNamed(schema, name, 'cast()')
  const isEmbed = Object.hasOwn(schema.fields, name)
  const isThrough = !isEmbed && associationNamed(schema, name).kind === 'through'
  const [what, advice] = isThrough
    ? ['a through association', 'It is read only: cast the associations that it goes through.']
    : isEmbed
      ? ['an embed', `Use castEmbed('${name}') in check().`]
      : ['an association', `Use castAssoc('${name}') in check().`]
  throw new ChangesetError(
    `"${name}" of ${titleOf(schema)} is ${what}, which cast() does not cast. ${advice}`,
  )
}

function castValue(
  changeset: AnyChangeset,
  name: string,
  { type }: AnyField,
  value: unknown,
  { trim }: CastOptions,
): Cast {
  const filled = withoutEmpty(changeset, type, value, trim)
  if (isEmpty(changeset, type, filled, trim)) {
    return { ok: true, value: fallbackOf(changeset.schema, name) }
  }
  return filled === null ? { ok: true, value: null } : type.cast(filled)
}

function checkParams(params: Params): { readonly [name: string]: unknown } {
  if (isRecord(params)) return params
  throw new CastError(
    `cast() expects params to be a plain object, got: ${inspect(params, { depth: 0, breakLength: Infinity })}`,
  )
}
