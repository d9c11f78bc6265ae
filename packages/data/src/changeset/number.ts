import { inspect } from 'node:util'

import { ChangesetError } from '../errors.ts'
import { castDecimal } from '../schema/casts.ts'
import { compareDecimals } from '../schema/equality.ts'
import { type FieldName } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { checkOptions } from './options.ts'
import { broken, type Message, validate, type Validator } from './rule.ts'
import { notFor } from './validate.ts'

/** A limit; as text where a JavaScript number would not be exact. */
type Limit = number | string

interface NumberOptions {
  readonly lessThan?: Limit
  readonly greaterThan?: Limit
  readonly atMost?: Limit
  readonly atLeast?: Limit
  readonly equalTo?: Limit
  readonly notEqualTo?: Limit
  readonly message?: Message
}

const RULES: {
  readonly [kind: string]: {
    readonly holds: (order: number) => boolean
    readonly words: string
  }
} = {
  lessThan: { holds: (order) => order < 0, words: 'less than' },
  greaterThan: { holds: (order) => order > 0, words: 'greater than' },
  atMost: { holds: (order) => order <= 0, words: 'less than or equal to' },
  atLeast: { holds: (order) => order >= 0, words: 'greater than or equal to' },
  equalTo: { holds: (order) => order === 0, words: 'equal to' },
  notEqualTo: { holds: (order) => order !== 0, words: 'not equal to' },
}

/**
 * A number must keep these limits; decimals are compared digit by digit. The first one that is broken
 * is reported.
 *
 * @throws ChangesetError for an option that there is not, a limit or a value that is no number.
 */
export function number<S extends AnySchema>(
  field: FieldName<S>,
  { message, ...limits }: NumberOptions,
): Validator<S> {
  const wanted = Object.entries(limits).filter(([, limit]) => limit !== undefined)
  for (const [kind, limit] of wanted) checkLimit(field, kind, limit)
  return validate(
    field,
    (value: unknown, { schema }) => {
      if (!isNumber(value)) throw notFor('number()', 'numbers', schema, field, value)
      const failed = wanted.find(
        ([kind, limit]) => !RULES[kind]?.holds(compareDecimals(value, limit)),
      )
      if (!failed) return undefined
      const [kind, limit] = failed
      const meta = { validation: 'number', kind, number: limit }
      return broken(`must be ${RULES[kind]?.words} %{number}`, message, meta)
    },
    { name: 'number', ...limits },
  )
}

function checkLimit(field: string, kind: string, limit: unknown): void {
  checkOptions(`number() for "${field}"`, { [kind]: limit }, [...Object.keys(RULES), 'message'])
  if (!isNumber(limit)) {
    throw new ChangesetError(
      `expected ${kind} of number() for "${field}" to be a number, got: ${inspect(limit)}`,
    )
  }
}

function isNumber(value: unknown): value is number | string {
  return castDecimal(value).ok
}
