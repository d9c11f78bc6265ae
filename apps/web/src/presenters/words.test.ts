import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { moment } from './dates.ts'
import { timeCode } from './durations.ts'
import { excerpt, openAlike, openingWords } from './excerpts.ts'
import { counted, initials, listOf } from './names.ts'
import { fileSize } from './sizes.ts'
import { hostOf } from './web-address.ts'
import { en } from '../words/index.ts'

describe('moment', () => {
  it('writes a date in UTC, with its zone where there is a time', () => {
    assert.deepEqual(moment(new Date('2026-01-01T00:30:00+02:00'), en), {
      iso: '2025-12-31T22:30:00.000Z',
      short: '31 Dec',
      dated: '31 Dec 2025',
      long: 'Wednesday 31 December 2025',
      begins: 'Wednesday 31 December 2025, 22:30 UTC',
      full: '31 December 2025, 22:30 UTC',
    })
  })
})

describe('timeCode', () => {
  it('writes hours only where there are any', () => {
    assert.deepEqual(timeCode(0), { iso: 'PT0S', figures: '0:00', seconds: 0 })
    assert.deepEqual(timeCode(125.9), { iso: 'PT2M5S', figures: '2:05', seconds: 125 })
    assert.deepEqual(timeCode(4332), { iso: 'PT1H12M12S', figures: '1:12:12', seconds: 4332 })
    assert.equal(timeCode(36_000).figures, '10:00:00')
  })
})

describe('initials', () => {
  it('takes the first and the last word, in any script', () => {
    assert.equal(initials('Ines Okafor'), 'IO')
    assert.equal(initials('madonna'), 'M')
    assert.equal(initials('Ludwig van Beethoven'), 'LB')
    assert.equal(initials('نور الهدى'), 'نا')
    assert.equal(initials('élodie "El" Ström'), 'ÉS')
    assert.equal(initials('🎙️ Studio'), 'S')
    assert.equal(initials('🎙️'), '🎙️')
  })
})

describe('listOf and counted', () => {
  it('read like a sentence', () => {
    assert.equal(listOf([], en), '')
    assert.equal(listOf(['A'], en), 'A')
    assert.equal(listOf(['A', 'B'], en), 'A and B')
    assert.equal(listOf(['A', 'B', 'C'], en), 'A, B and C')
    assert.equal(counted(1, 'episode'), '1 episode')
    assert.equal(counted(1234, 'episode'), '1,234 episodes')
  })
})

describe('fileSize', () => {
  it('is as exact as somebody about to download needs', () => {
    assert.equal(fileSize(34_560_000), '35 MB')
    assert.equal(fileSize(465_400), '465 kB')
    assert.equal(fileSize(12), '1 kB')
  })
})

describe('excerpt', () => {
  it('leaves a short text alone and closes its gaps', () => {
    assert.equal(excerpt('  One\n\n line. ', 40), 'One line.')
  })

  it('ends with a sentence where one ends late enough, else between words', () => {
    assert.equal(
      excerpt('This is a whole sentence. And one that is cut.', 36),
      'This is a whole sentence.',
    )
    assert.equal(excerpt('Yes. And then a long one that goes on', 24), 'Yes. And then a long one…')
  })

  it('is never longer than asked for, nor half a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 60 }),
        (text, longest) => {
          const cut = excerpt(text, longest)
          return cut.length <= longest + 1 && cut.isWellFormed()
        },
      ),
    )
  })
})

describe('openAlike', () => {
  it('knows the beginning of the notes again in a summary', () => {
    const notes = openingWords('<p>We spent a week on the <em>estuary</em>, &amp; came back.</p>')

    assert.ok(openAlike('We spent a week on the estuary, came back…', notes))
    assert.ok(!openAlike('They spent a week on the estuary', notes))
    assert.ok(!openAlike('', notes))
  })
})

describe('hostOf', () => {
  it('is what a reader knows a site by', () => {
    assert.equal(hostOf('https://www.changelog.com/podcast/1'), 'changelog.com')
    assert.equal(hostOf('not an address'), 'not an address')
  })
})
