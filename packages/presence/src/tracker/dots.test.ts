import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import {
  contiguous,
  countDots,
  dot,
  eachDot,
  hasDot,
  includes,
  NO_DOTS,
  union,
  upTo,
} from './dots.ts'

const clocks = fc.array(fc.integer({ min: 1, max: 30 }))
const dotsOf = (numbers: readonly number[]) => numbers.map(dot).reduce(union, NO_DOTS)
const sorted = (numbers: Iterable<number>) =>
  [...new Set(numbers)].sort((one, other) => one - other)

describe('dots', () => {
  it('are the set of what was put in, in whatever order, as few ranges', () => {
    fc.assert(
      fc.property(clocks, (numbers) => {
        const dots = dotsOf(numbers)

        assert.deepEqual([...eachDot(dots)], sorted(numbers))
        assert.equal(countDots(dots), new Set(numbers).size)
        for (let clock = 0; clock <= 31; clock++)
          assert.equal(hasDot(dots, clock), numbers.includes(clock))
        for (let at = 2; at < dots.length; at += 2)
          assert.ok((dots[at] ?? 0) > (dots[at - 1] ?? 0) + 1)
      }),
    )
  })

  it('P9: hold the same when they are put together, however they were kept apart', () => {
    fc.assert(
      fc.property(clocks, clocks, (left, right) => {
        assert.deepEqual(union(dotsOf(left), dotsOf(right)), dotsOf([...right, ...left]))
        assert.equal(
          includes(dotsOf(left), dotsOf(right)),
          right.every((clock) => left.includes(clock)),
        )
      }),
    )
  })

  it('close a gap by themselves', () => {
    const gapped = union(upTo(3), dot(5))

    assert.deepEqual([gapped, contiguous(gapped)], [[1, 3, 5, 5], 3])
    assert.deepEqual(union(gapped, dot(4)), [1, 5])
    assert.equal(contiguous(dot(2)), 0)
    assert.equal(contiguous(NO_DOTS), 0)
  })
})
