import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { freeSlug, SLUG, slugOf } from './index.ts'

describe('slugOf', () => {
  it('writes a title in lower-case ASCII', () => {
    assert.equal(slugOf('Déjà vu: Q&A with JSParty!'), 'deja-vu-q-and-a-with-jsparty')
  })

  it('is empty when there is nothing to write', () => {
    assert.equal(slugOf('播客 🎙'), '')
  })

  it('cuts a long title between two words', () => {
    const slug = slugOf('word '.repeat(40))

    assert.equal(slug.length, 79)
    assert.ok(slug.endsWith('-word'))
  })

  it('is a valid slug or empty, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
        const slug = slugOf(title)
        return slug === '' || (SLUG.test(slug) && slug.length <= 80)
      }),
    )
  })
})

describe('freeSlug', () => {
  it('counts up past what is taken', () => {
    const taken = new Set(['intro', 'intro-2'])

    assert.equal(
      freeSlug('outro', (slug) => taken.has(slug)),
      'outro',
    )
    assert.equal(
      freeSlug('intro', (slug) => taken.has(slug)),
      'intro-3',
    )
  })
})
