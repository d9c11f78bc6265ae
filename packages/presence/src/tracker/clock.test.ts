import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { dominates, restricted, worthAsking, type Clock } from './clock.ts'

const clock = (counts: Record<string, number>): Clock => new Map(Object.entries(counts))

const anyClock = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 3 })).map(clock)

describe('a clock', () => {
  it('dominates one that has seen nothing it has not', () => {
    assert.equal(dominates(clock({ a: 1, b: 2, c: 3 }), clock({ b: 2, c: 3 })), true)
    assert.equal(dominates(clock({ a: 1, b: 2, c: 3 }), clock({ a: 1, b: 3 })), false)
    assert.equal(dominates(clock({ a: 1 }), clock({ a: 1, b: 1 })), false)
    assert.equal(dominates(clock({ a: 1 }), clock({ a: 1, b: 0 })), true)
    assert.equal(dominates(clock({}), clock({})), true)
  })

  it('is restricted to the replicas that are wanted', () => {
    const all = clock({ a: 1, b: 2, c: 3 })

    assert.deepEqual(
      restricted(all, (replica) => replica !== 'b'),
      clock({ a: 1, c: 3 }),
    )
    assert.deepEqual(
      restricted(all, () => false),
      clock({}),
    )
  })
})

describe('worthAsking', () => {
  it('names nobody when nobody knows more', () => {
    assert.deepEqual(
      worthAsking(clock({ a: 2, b: 2 }), new Map([['a', clock({ a: 2, b: 1 })]])),
      [],
    )
  })

  it('names one of several that know the same, and those who know something of their own', () => {
    const others = new Map([
      ['a', clock({ a: 2, b: 1, c: 0 })],
      ['b', clock({ a: 2, b: 2, c: 0 })],
      ['c', clock({ a: 1, b: 1, c: 1 })],
      ['d', clock({ a: 2, b: 2, c: 0 })],
    ])

    assert.deepEqual(worthAsking(clock({ a: 1 }), others), ['b', 'c'])
  })

  it('asks few, and yet for everything', () => {
    fc.assert(
      fc.property(anyClock, fc.array(anyClock), (own, list) => {
        const others = new Map(list.map((known, index) => [String(index), known]))
        const asked = worthAsking(own, others).map((name) => others.get(name) ?? clock({}))

        for (const known of list) {
          assert.ok([own, ...asked].some((one) => dominates(one, known)))
        }
        for (const one of asked) {
          assert.ok([own, ...asked].every((other) => other === one || !dominates(other, one)))
        }
      }),
    )
  })
})
