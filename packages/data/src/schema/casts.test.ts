import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

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

  it('lower-cases a UUID', () => {
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
})
