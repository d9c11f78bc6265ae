import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { description } from './description.ts'

describe('description', () => {
  it('has the words of some HTML', () => {
    assert.equal(description('<p>One &amp; <em>two</em>.</p>'), 'One & two.')
    assert.equal(description(null), '')
  })

  it('is no longer than Apple takes, ends between words, and has no half of a sign in it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('tea ', 'é', '🫖', 'עברית ', '茶'),
        fc.integer({ min: 0, max: 6000 }),
        (word, count) => {
          const words = description(word.repeat(count))

          assert.ok(Buffer.byteLength(words) <= 4000)
          assert.doesNotMatch(words, /\ufffd/)
          if (Buffer.byteLength(word) * count > 4010) assert.match(words, /…$/)
        },
      ),
    )
  })
})
