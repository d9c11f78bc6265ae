import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { asMarkup, wordsOf } from './words.ts'

const NOTHING = { description: null, summary: null, contentHtml: null }

describe('wordsOf', () => {
  it('has one short paragraph as the summary and no notes', () => {
    assert.deepEqual(wordsOf({ ...NOTHING, description: 'We talk about fog.' }), {
      summary: 'We talk about fog.',
      notes: null,
    })
  })

  it('has the description as the summary and the content as the notes', () => {
    const words = wordsOf({
      ...NOTHING,
      description: '<p>Fog &amp; rain.</p>',
      contentHtml: '<h2>Links</h2><ul><li>One</li></ul>',
    })

    assert.deepEqual(words, {
      summary: 'Fog & rain.',
      notes: '<h2>Links</h2><ul><li>One</li></ul>',
    })
  })

  it('says the same words once: a summary of the first paragraph', () => {
    const html = `<p>First. ${'More words. '.repeat(40)}</p><p>Second.</p>`

    const { summary, notes } = wordsOf({ ...NOTHING, description: html, contentHtml: html })

    assert.equal(notes, html)
    assert.ok(summary?.startsWith('First. More') && summary.endsWith('…') && summary.length <= 301)
  })

  it('makes notes of plain text that has lines or links', () => {
    const { summary, notes } = wordsOf({
      ...NOTHING,
      description: 'Fog.\n\nSee https://fog.example/ & more',
    })

    assert.equal(summary, 'Fog.')
    assert.equal(
      notes,
      '<p>Fog.</p>\n<p>See <a href="https://fog.example/">https://fog.example/</a> &amp; more</p>',
    )
  })

  it('has nothing where nothing is said', () => {
    assert.deepEqual(wordsOf(NOTHING), { summary: null, notes: null })
  })
})

describe('asMarkup', () => {
  it('keeps plain words plain, and shows what Markdown would change', () => {
    assert.equal(asMarkup('Words, and more words.'), 'Words, and more words.')
    assert.equal(asMarkup('# 1 podcast'), '<p># 1 podcast</p>')
    assert.equal(asMarkup('1. of its kind'), '<p>1. of its kind</p>')
  })

  it('makes one piece of loose HTML, so that it is not taken for Markdown', () => {
    assert.equal(asMarkup('Hi <b>you</b><br>* two'), '<div>Hi <b>you</b><br>* two</div>')
  })
})
