import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { introduction } from './introduction.ts'

const long = 'A show about slow work and the people who do it. '.repeat(8)

const introduce = (subtitle: string | null, description: string | null) =>
  introduction({ subtitle, description, descriptionHtml: description && `<p>${description}</p>` })

describe('introduction', () => {
  it('sets the subtitle large and the description small', () => {
    assert.deepEqual(introduce('Money, told slowly.', long), {
      subtitle: 'Money, told slowly.',
      descriptionHtml: `<p>${long}</p>`,
    })
  })

  it('says what is said twice only once', () => {
    const short = 'A show about slow work and the people who do it.'

    assert.deepEqual(introduce(short, short), { subtitle: short, descriptionHtml: null })
    assert.deepEqual(introduce(short, long), { subtitle: null, descriptionHtml: `<p>${long}</p>` })
  })

  it('sets a description of one line large', () => {
    assert.deepEqual(introduce(null, 'Money, told slowly.'), {
      subtitle: 'Money, told slowly.',
      descriptionHtml: null,
    })
    assert.equal(introduce(null, 'Money, <em>told</em> slowly.').subtitle, null)
    assert.deepEqual(introduce(null, null), { subtitle: null, descriptionHtml: null })
  })
})
