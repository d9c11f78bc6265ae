import { type FieldName } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Related } from './changeset.ts'
import { checkOptions } from './options.ts'
import { isRelation, stayingChangesets } from './related-changesets.ts'
import { broken, type Message, validate, type Validator } from './rule.ts'
import { notFor } from './validate.ts'

interface LengthOptions {
  readonly is?: number
  readonly min?: number
  readonly max?: number
  /** What is counted in text: what a reader calls characters, unless said. `bytes` are those of UTF-8. */
  readonly count?: 'graphemes' | 'codepoints' | 'bytes'
  readonly message?: Message
}

/**
 * Text must have so many characters, bytes so many bytes; a list, an object or an association so many
 * items, not counting rows that go. The first limit that is broken is reported, of is, min and max.
 *
 * @throws ChangesetError when the value has no length, and for an option that there is not.
 */
export function length<S extends AnySchema>(
  field: FieldName<S> | Related<S>,
  { count = 'graphemes', message, ...limits }: LengthOptions,
): Validator<S> {
  checkOptions(`length() for "${field}"`, limits, [...KINDS, 'count', 'message'])
  return validate(
    field,
    (value: unknown, changeset) => {
      const { schema } = changeset
      const measured = isRelation(schema, field)
        ? { type: 'list' as const, length: stayingChangesets(changeset, field).length }
        : measure(value, count)
      if (!measured) throw notFor('length()', 'text, lists and objects', schema, field, value)
      const kind = KINDS.find((one) => outside(one, measured.length, limits[one]))
      if (!kind) return undefined
      const words = `${VERBS[measured.type]} ${LENGTH_WORDS[kind]}%{count} ${UNITS[measured.type]}`
      const { type } = measured
      return broken(words, message, { count: limits[kind], validation: 'length', kind, type })
    },
    { name: 'length', ...limits, count },
  )
}

const KINDS = ['is', 'min', 'max'] as const
const LENGTH_WORDS = { is: '', min: 'at least ', max: 'at most ' } as const
const VERBS = { string: 'should be', binary: 'should be', list: 'should have', map: 'should have' }
const UNITS = { string: 'character(s)', binary: 'byte(s)', list: 'item(s)', map: 'item(s)' }

function outside(kind: (typeof KINDS)[number], actual: number, limit: number | undefined): boolean {
  if (limit === undefined) return false
  if (kind === 'is') return actual !== limit
  return kind === 'min' ? actual < limit : actual > limit
}

interface Measured {
  readonly type: keyof typeof UNITS
  readonly length: number
}

function measure(value: unknown, count: LengthOptions['count']): Measured | undefined {
  if (value instanceof Uint8Array) return { type: 'binary', length: value.byteLength }
  if (Array.isArray(value)) return { type: 'list', length: value.length }
  if (typeof value === 'object' && value !== null) {
    return { type: 'map', length: Object.keys(value).length }
  }
  if (typeof value !== 'string') return undefined
  if (count === 'bytes') return { type: 'binary', length: Buffer.byteLength(value) }
  return {
    type: 'string',
    length: count === 'codepoints' ? Array.from(value).length : graphemes(value),
  }
}

const segmenter = new Intl.Segmenter()

function graphemes(text: string): number {
  // Of what is on every keyboard, each unit is a character: no need to look at what belongs together.
  return /^[\x20-\x7e]*$/.test(text) ? text.length : [...segmenter.segment(text)].length
}
