import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { sameContent, sameDecimal } from './equality.ts'
import { parseArray, parseInteger, parseTimestamptz } from './parse.ts'

describe('reading what PostgreSQL writes', () => {
  it('refuses an integer that a number would round', () => {
    assert.equal(parseInteger('9007199254740991'), Number.MAX_SAFE_INTEGER)
    assert.throws(() => parseInteger('9007199254740993'), /9007199254740993 .* larger than/)
  })

  it('reads moments of any zone, with and without fractions', () => {
    assert.equal(
      parseTimestamptz('2026-11-20 10:15:00+00').toISOString(),
      '2026-11-20T10:15:00.000Z',
    )
    assert.equal(
      parseTimestamptz('2026-11-20 10:15:00.123456+00').toISOString(),
      '2026-11-20T10:15:00.123Z',
    )
    assert.equal(
      parseTimestamptz('2026-11-20 10:15:00.5+05:30').toISOString(),
      '2026-11-20T04:45:00.500Z',
    )
    assert.equal(
      parseTimestamptz('2026-11-20 10:15:00-03').toISOString(),
      '2026-11-20T13:15:00.000Z',
    )
  })

  it('reads arrays whatever is in them', () => {
    const text = (item: string): string => item
    assert.deepEqual(parseArray('{}', text), [])
    assert.deepEqual(parseArray('{a,NULL,"NULL","b,{}\\"\\\\",""}', text), [
      'a',
      null,
      'NULL',
      'b,{}"\\',
      '',
    ])
    assert.deepEqual(parseArray('{1,2}', Number), [1, 2])
  })
})

it('reads every moment as PostgreSQL prints it in UTC', () => {
  const moments = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(moments, (moment) => {
      const printed = moment.toISOString().replace('T', ' ').replace('Z', '+00')
      return parseTimestamptz(printed).getTime() === moment.getTime()
    }),
  )
})

describe('telling whether a value changed', () => {
  it('compares decimals by what they are worth', () => {
    assert.ok(sameDecimal('1', '1.00'))
    assert.ok(sameDecimal('-0', '0'))
    assert.ok(sameDecimal('1e3', '1000'))
    assert.ok(sameDecimal('12.5e-1', '1.250'))
    assert.ok(!sameDecimal('12345678901234567890.1', '12345678901234567890.2'))
  })

  it('compares JSON by content, whatever the order of the keys', () => {
    assert.ok(sameContent({ a: [1, { b: null }], c: 2 }, { c: 2, a: [1, { b: null }] }))
    assert.ok(!sameContent({ a: 1 }, { a: 1, b: undefined }))
    assert.ok(!sameContent([1, 2], { 0: 1, 1: 2 }))
    assert.ok(sameContent(new Date(5), new Date(5)))
  })
})
