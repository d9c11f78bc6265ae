import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cover } from './cover.ts'
import { titleSize } from './title-size.ts'

describe('titleSize', () => {
  it('sets a longer title smaller', () => {
    const limits = { short: 5, long: 10 }

    assert.deepEqual(
      ['abcde', 'abcdef', 'abcdefghijk'].map((title) => titleSize(title, limits)),
      ['short', 'long', 'longest'],
    )
  })
})

describe('the type of a cover', () => {
  it('is small enough for its longest word', () => {
    assert.deepEqual(
      ['Slack Water', 'Lighthousekeeping', 'Verschlechterungsverbot'].map(
        (title) => cover(title, null).size,
      ),
      ['short', 'longest', 'longest'],
    )
  })
})
