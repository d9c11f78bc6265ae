import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { verdict } from './verdict.ts'

describe('verdict', () => {
  it('says what is asked, and whether the middle is that', () => {
    assert.equal(verdict({ middle: 0.8 }, { atLeast: 0.8 }), '0.8 met')
    assert.equal(verdict({ middle: 0.79 }, { atLeast: 0.8 }), '0.8 MISSED')
    assert.equal(verdict({ middle: 1.6 }, { atMost: 1.5 }), '1.5 MISSED')
  })
})
