import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { clockOf, knownBy, msOf, withRowsThere } from './index.ts'

describe('a time as somebody types it', () => {
  it('is read in the ways people write it', () => {
    assert.equal(msOf('1:02:03'), 3_723_000)
    assert.equal(msOf(' 2:03.5 '), 123_500)
    assert.equal(msOf('123'), 123_000)
    assert.equal(msOf('0:00'), 0)
    assert.equal(msOf('1:75'), null)
    assert.equal(msOf('1:02:3:4'), null)
    assert.equal(msOf('soon'), null)
    assert.equal(msOf(''), null)
  })

  it('is what was written before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (ms) => {
        assert.equal(msOf(clockOf(ms)), ms)
      }),
    )
  })
})

describe('what a picker sends', () => {
  const people = [
    { id: 1, name: 'Ada Lovelace', key: 'ada' },
    { id: 2, name: 'Ada', key: 'ada-two' },
    { id: 3, name: 'Sam', key: 'sam' },
    { id: 4, name: 'Sam', key: 'sam-two' },
  ]
  const known = knownBy(async (words) => {
    assert.doesNotMatch(words.join(), /\0/)
    return people.filter(({ name, key }) => words.includes(name) || words.includes(key))
  })

  it('names somebody by what is in the brackets, by that alone, or by a name that only one has', async () => {
    const texts = [
      'Ada Lovelace\0',
      'Ada Lovelace (ada)',
      'Ada King (ada)',
      'ada-two',
      'Ada Lovelace',
      'Sam',
      'Zoe',
    ]

    assert.deepEqual(Object.fromEntries(await known(texts)), {
      'Ada Lovelace (ada)': 1,
      'Ada King (ada)': 1,
      'ada-two': 2,
      'Ada Lovelace': 1,
    })
  })
})

describe('withRowsThere', () => {
  it('keeps rows a form does not know of, and adds none where none were sent', () => {
    const there = [{ id: 1 }, { id: 2 }]

    assert.deepEqual(withRowsThere({ guests: { 0: { id: '2', role: 'x' } } }, 'guests', there), {
      guests: [{ id: '2', role: 'x' }, { id: 1 }],
    })
    assert.deepEqual(withRowsThere({ title: 'a' }, 'guests', there), { title: 'a' })
  })
})
