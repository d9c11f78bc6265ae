import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { median, ratio, table } from './figures.ts'

const round = (perSecond: number) => ({ perSecond, p50: 1, p99: 2 })

describe('median', () => {
  it('is the middle one, or the mean of the two in the middle', () => {
    assert.equal(median([9, 1, 5]), 5)
    assert.equal(median([4, 1, 2, 100]), 3)
  })
})

describe('ratio', () => {
  it('compares each round with the same round of the other, and tells the spread', () => {
    const ours = [round(80), round(45), round(90)]
    const theirs = [round(100), round(50), round(100)]

    assert.deepEqual(ratio(ours, theirs), { middle: 0.9, lowest: 0.8, highest: 0.9 })
  })
})

describe('table', () => {
  it('sets the first column left and the others right', () => {
    assert.equal(
      table([
        ['page', 'req/s'],
        ['episode page', '90'],
      ]),
      'page          req/s\nepisode page     90\n',
    )
  })
})
