import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { compareDecimals, plainDecimal } from './equality.ts'
import { type AnyField } from './field.ts'
import { t } from './types.ts'

const INVALID = 'is invalid'

function cast(field: AnyField, value: unknown): unknown {
  const done = field.type.cast(value)
  return done.ok ? done.value : INVALID
}

describe('casting text', () => {
  it('takes strings as they are, and nothing else', () => {
    assert.equal(cast(t.string(), ' two words '), ' two words ')
    assert.equal(cast(t.string(), 12), INVALID)
    assert.equal(cast(t.string(), true), INVALID)
    assert.equal(cast(t.string(), ['a']), INVALID)
  })

  it('refuses the one character that PostgreSQL cannot store', () => {
    assert.equal(cast(t.string(), 'a\0b'), INVALID)
  })

  it('takes only the words of an enum, and says which they are', () => {
    const kind = t.enum(['novel', 'poem'])
    assert.equal(cast(kind, 'poem'), 'poem')
    assert.deepEqual(kind.type.cast('Poem'), {
      ok: false,
      meta: { validation: 'inclusion', enum: ['novel', 'poem'] },
    })
  })

  it('takes also what stands for a word of an enum in the database', () => {
    const state = t.enum({ draft: 0, live: 1 })
    assert.equal(cast(state, 1), 'live')
    assert.equal(cast(state, 'live'), 'live')
    assert.equal(cast(state, '1'), INVALID)
    assert.equal(state.type.dump?.('live'), 1)
    assert.equal(state.type.parse?.('0'), 'draft')
    assert.throws(
      () => state.type.parse?.('7'),
      /7 in the database stands for none of: draft, live/,
    )
    const unit = t.enum({ metre: 'M', foot: 'FT' })
    assert.equal(cast(unit, 'FT'), 'foot')
    assert.deepEqual(unit.type.sqlTypes, t.string().type.sqlTypes)
  })

  it('lower-cases a UUID, and makes one of its 16 bytes', () => {
    assert.equal(
      cast(t.uuid(), Buffer.from('a0eebc999c0b4ef8bb6d6bb9bd380a11', 'hex')),
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    )
    assert.equal(
      cast(t.uuid(), 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'),
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    )
    assert.equal(cast(t.uuid(), 'a0eebc99'), INVALID)
  })
})

describe('casting numbers', () => {
  it('takes an integer, or text that is one from end to end', () => {
    assert.equal(cast(t.integer(), 1), 1)
    assert.equal(cast(t.integer(), '-1'), -1)
    assert.equal(cast(t.integer(), '+1'), 1)
    assert.equal(cast(t.integer(), '1.0'), INVALID)
    assert.equal(cast(t.integer(), 1.5), INVALID)
    assert.equal(cast(t.integer(), ' 1'), INVALID)
    assert.equal(cast(t.integer(), '1e3'), INVALID)
  })

  it('refuses what the column could not hold', () => {
    assert.equal(cast(t.integer(), 2 ** 31 - 1), 2 ** 31 - 1)
    assert.equal(cast(t.integer(), 2 ** 31), INVALID)
    assert.equal(cast(t.bigint(), 2 ** 31), 2 ** 31)
    assert.equal(cast(t.bigint(), '9007199254740993'), INVALID)
  })

  it('takes floats, whole or not, but nothing that follows them', () => {
    assert.equal(cast(t.float(), '1'), 1)
    assert.equal(cast(t.float(), '.5'), 0.5)
    assert.equal(cast(t.float(), '1-foo'), INVALID)
    assert.equal(cast(t.float(), Number.NaN), INVALID)
    assert.equal(cast(t.float(), Infinity), INVALID)
  })

  it('keeps every digit of a decimal', () => {
    assert.equal(cast(t.decimal(), '12345678901234567890.10'), '12345678901234567890.10')
    assert.equal(cast(t.decimal(), 1.5), '1.5')
    assert.equal(cast(t.decimal({ as: 'number' }), '1.50'), 1.5)
    assert.equal(cast(t.decimal(), '1,5'), INVALID)
    assert.equal(cast(t.decimal(), '1.5kg'), INVALID)
    assert.equal(cast(t.decimal(), Number.NaN), INVALID)
    assert.equal(cast(t.decimal(), 'Infinity'), INVALID)
  })

  it('writes a decimal as the database will', () => {
    const written = ['+1.50', '.5', '-.5', '1.', '007', '-0', '1.50e1', '123e-5', '1e3']
    assert.deepEqual(
      written.map((text) => cast(t.decimal(), text)),
      ['1.50', '0.5', '-0.5', '1', '7', '0', '15.0', '0.00123', '1000'],
    )
    assert.equal(cast(t.decimal(), 1e21), '1000000000000000000000')
  })

  it('takes the words of forms for booleans, and no numbers', () => {
    assert.equal(cast(t.boolean(), '1'), true)
    assert.equal(cast(t.boolean(), 'false'), false)
    assert.equal(cast(t.boolean(), 1), INVALID)
    assert.equal(cast(t.boolean(), 'on'), INVALID)
  })
})

describe('casting moments', () => {
  const iso = (value: unknown): unknown => {
    const moment = cast(t.datetime(), value)
    return moment instanceof Date ? moment.toISOString() : moment
  }

  it('takes ISO text, whose missing zone is UTC', () => {
    assert.equal(iso('2026-02-03T04:05'), '2026-02-03T04:05:00.000Z')
    assert.equal(iso('2026-02-03 04:05:06.789'), '2026-02-03T04:05:06.789Z')
    assert.equal(iso('2026-02-03T04:05:06+02:00'), '2026-02-03T02:05:06.000Z')
    assert.equal(iso('2026-02-03T04:05:06-0530'), '2026-02-03T09:35:06.000Z')
  })

  it('takes the parts a form sends, and no parts at all as nothing', () => {
    const parts = { year: '2026', month: '2', day: 3, hour: '4', minute: '05' }
    assert.equal(iso(parts), '2026-02-03T04:05:00.000Z')
    assert.equal(iso({ year: '', month: '', day: '', hour: '', minute: '' }), null)
    assert.equal(iso({ ...parts, day: '' }), INVALID)
  })

  it('refuses days and hours that are in no calendar', () => {
    assert.equal(iso('2026-02-30T00:00'), INVALID)
    assert.equal(iso('2026-01-01T24:00'), INVALID)
    assert.equal(iso('tomorrow'), INVALID)
    assert.equal(iso(new Date(Number.NaN)), INVALID)
    assert.equal(iso(1_770_000_000_000), INVALID)
  })

  it('keeps a day as text, because it has no zone', () => {
    assert.equal(cast(t.date(), '2026-02-03'), '2026-02-03')
    assert.equal(cast(t.date(), '2026-02-03T23:59:00-05:00'), '2026-02-03')
    assert.equal(cast(t.date(), new Date('2026-02-03T23:59:00Z')), '2026-02-03')
    assert.equal(cast(t.date(), '2026-02-29'), INVALID)
    assert.equal(cast(t.date(), '2026-02-03T'), INVALID)
    assert.equal(cast(t.date(), { year: '2026', month: '2', day: 3 }), '2026-02-03')
    assert.equal(cast(t.date(), { year: '', month: '', day: '' }), null)
    assert.equal(cast(t.date(), { year: '2026', month: '', day: '' }), INVALID)
  })

  it('takes a time of day, to the second', () => {
    assert.equal(cast(t.time(), '04:05'), '04:05:00')
    assert.equal(cast(t.time(), '04:05:06.789'), '04:05:06')
    assert.equal(cast(t.time(), '2026-02-03T04:05:06Z'), '04:05:06')
    assert.equal(cast(t.time(), new Date('2026-02-03T04:05:06Z')), '04:05:06')
    assert.equal(cast(t.time(), { hour: 4, minute: '5' }), '04:05:00')
    assert.equal(cast(t.time(), { hour: '', minute: '' }), null)
    assert.equal(cast(t.time(), { hour: '', minute: '5' }), INVALID)
    assert.equal(cast(t.time(), '24:00'), INVALID)
    assert.equal(cast(t.time(), '4:5'), INVALID)
  })

  it('takes a day and time with no zone, to the second; what has one is brought to UTC', () => {
    assert.equal(cast(t.naiveDatetime(), '2026-02-03 04:05'), '2026-02-03T04:05:00')
    assert.equal(cast(t.naiveDatetime(), '2026-02-03T04:05:06.789'), '2026-02-03T04:05:06')
    assert.equal(cast(t.naiveDatetime(), '2026-02-03T04:05:06+02:00'), '2026-02-03T02:05:06')
    assert.equal(cast(t.naiveDatetime(), new Date('2026-02-03T04:05:06Z')), '2026-02-03T04:05:06')
    assert.equal(cast(t.naiveDatetime(), 'noon'), INVALID)
  })

  it('cuts a moment to the second where no more is kept', () => {
    const field = t.datetime({ precision: 'second' })
    assert.deepEqual(cast(field, '2026-02-03T04:05:06.789Z'), new Date('2026-02-03T04:05:06Z'))
    assert.deepEqual(cast(field, '1969-12-31T23:59:59.5Z'), new Date('1969-12-31T23:59:59Z'))
  })

  it('takes a length of time in ISO 8601', () => {
    assert.equal(cast(t.duration(), 'P1Y2M3DT4H5M6.5S'), 'P1Y2M3DT4H5M6.5S')
    assert.equal(cast(t.duration(), 'pt5m'), 'PT5M')
    assert.equal(cast(t.duration(), 'P'), INVALID)
    assert.equal(cast(t.duration(), 'P1DT'), INVALID)
    assert.equal(cast(t.duration(), '5 minutes'), INVALID)
    assert.equal(cast(t.duration(), 5), INVALID)
  })

  it('reads back every moment it prints', () => {
    const moments = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
    fc.assert(fc.property(moments, (moment) => iso(moment.toISOString()) === moment.toISOString()))
  })
})

describe('casting lists and objects', () => {
  it('casts each element, keeps nulls, and refuses the list for one that does not fit', () => {
    assert.deepEqual(cast(t.array(t.integer()), ['1', null, 2]), [1, null, 2])
    assert.deepEqual(t.array(t.integer()).type.cast(['1', 'two']), {
      ok: false,
      meta: { source: [1] },
    })
    assert.equal(cast(t.array(t.string()), 'a'), INVALID)
  })

  it('takes objects and lists as JSON, and only those that the guard knows', () => {
    const guarded = t.json<{ url: string }[]>((value) => Array.isArray(value))
    assert.deepEqual(cast(guarded, [{ url: 'x' }]), [{ url: 'x' }])
    assert.equal(cast(guarded, { url: 'x' }), INVALID)
    assert.equal(cast(t.json(), '{"url":"x"}'), INVALID)
    assert.equal(cast(t.json(), new Date()), INVALID)
  })

  it('takes objects as maps, and casts each value where all are of one type', () => {
    assert.deepEqual(cast(t.map(), { a: [1] }), { a: [1] })
    assert.equal(cast(t.map(), [1]), INVALID)
    assert.equal(cast(t.map(), '{}'), INVALID)
    assert.deepEqual(cast(t.mapOf(t.integer()), { a: '1', b: null }), { a: 1, b: null })
    assert.deepEqual(t.mapOf(t.array(t.integer())).type.cast({ a: ['1', 'x'] }), {
      ok: false,
      meta: { source: ['a', 1] },
    })
  })

  it('takes anything as any', () => {
    assert.equal(cast(t.any(), 5), 5)
    assert.equal(cast(t.bytes(), 'text'), INVALID)
    assert.deepEqual(cast(t.bytes(), Buffer.from('hi')), Buffer.from('hi'))
  })
})

describe('a custom type', () => {
  const weekday = t.custom<number>({
    name: 'weekday',
    sqlTypes: ['integer'],
    cast: (value) => {
      const at = ['mon', 'tue', 'wed'].indexOf(String(value))
      return at === -1
        ? { ok: false, message: 'is no weekday', meta: { known: 3, type: 'mine' } }
        : { ok: true, value: at }
    },
    load: Number,
    dump: (value) => value,
    equal: (left, right) => left % 7 === right % 7,
  })

  it('casts as it says, with its own message and meta, but for its name', () => {
    assert.equal(cast(weekday, 'tue'), 1)
    assert.deepEqual(weekday.type.cast('x'), {
      ok: false,
      message: 'is no weekday',
      meta: { known: 3 },
    })
  })

  it('is an element of lists and maps, whose error says which', () => {
    assert.deepEqual(t.array(weekday).type.cast(['mon', 'x']), {
      ok: false,
      message: 'is no weekday',
      meta: { known: 3, source: [1] },
    })
  })

  it('compares as it says', () => {
    assert.equal(weekday.type.equal(1, 8), true)
    assert.equal(t.array(weekday).type.equal([1], [8]), true)
    assert.equal(t.mapOf(weekday).type.equal({ a: 1 }, { a: 8 }), true)
  })
})

describe('equality', () => {
  it('is that of the meaning', () => {
    const moment = '2026-02-03T04:05:06Z'
    assert.equal(t.decimal().type.equal('1', '1.00'), true)
    assert.equal(t.decimal().type.equal('-0', '0'), true)
    assert.equal(t.datetime().type.equal(new Date(moment), new Date(moment)), true)
    assert.equal(t.duration().type.equal('P1W', 'P7D'), true)
    assert.equal(t.duration().type.equal('P1D', 'PT24H'), false)
    assert.equal(t.array(t.decimal()).type.equal(['1', null], ['1.0', null]), true)
    assert.equal(t.array(t.decimal()).type.equal(['1'], ['1', '2']), false)
    assert.equal(t.mapOf(t.decimal()).type.equal({ a: '1' }, { a: '1.0' }), true)
    assert.equal(t.map().type.equal({ a: { b: 1 } }, { a: { b: 2 } }), false)
  })

  it('of decimals is an order: of two, one is below the other unless they are the same', () => {
    const decimals = fc.tuple(fc.maxSafeInteger(), fc.integer({ min: -9, max: 9 }))
    const text = ([digits, exponent]: [number, number]) => `${digits}e${exponent}`
    fc.assert(
      fc.property(decimals, decimals, (left, right) => {
        const [a, b] = [text(left), text(right)]
        const exact = (one: [number, number]) => BigInt(one[0]) * 10n ** BigInt(one[1] + 9)
        const wanted = exact(left) < exact(right) ? -1 : exact(left) > exact(right) ? 1 : 0
        return (
          Math.sign(compareDecimals(a, b)) === wanted && compareDecimals(plainDecimal(a), a) === 0
        )
      }),
    )
  })
})

describe('what the program made', () => {
  const holds = (field: AnyField, value: unknown): boolean => field.type.holds(value)

  it('must be of the type, to its precision, to be written', () => {
    assert.equal(holds(t.string(), 1), false)
    assert.equal(holds(t.integer(), 1.5), false)
    assert.equal(holds(t.date(), '2026-02-29'), false)
    assert.equal(holds(t.time(), '04:05'), false)
    assert.equal(holds(t.naiveDatetime(), '2026-02-03T04:05:06.5'), false)
    assert.equal(holds(t.uuid(), 'a0eebc99'), false)
    const inSeconds = t.datetime({ precision: 'second' })
    assert.equal(holds(inSeconds, new Date('2026-02-03T04:05:06.789Z')), false)
    assert.equal(holds(t.array(t.integer()), [1, null]), true)
    assert.equal(holds(t.array(t.integer()), [1, 'x']), false)
    assert.equal(holds(t.mapOf(t.integer()), { a: 'x' }), false)
  })
})
