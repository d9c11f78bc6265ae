import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { array, assert as holds, integer, property, string } from 'fast-check'
import { asBeginning, readAsked } from './asked.ts'
import { distance } from './distance.ts'
import { piecesIn, windowOf } from './marked.ts'

const wantedIn = (text: string) =>
  readAsked(text).groups.map(({ wanted }) => wanted.map(({ words }) => words))

describe('readAsked', () => {
  it('takes words, phrases, what is not wanted, and one or another', () => {
    const { groups } = readAsked('deno "web  server" -java or -"b c" bun ')

    assert.deepEqual(
      groups.map(({ wanted, unwanted }) =>
        [wanted, unwanted].map((terms) => terms.map(({ words }) => words)),
      ),
      [
        [['deno', 'web server'], ['java']],
        [['bun'], ['b c']],
      ],
    )
  })

  it('takes nothing from what says nothing, and no more than a few words', () => {
    assert.deepEqual(wantedIn(' "" - … or || -java'), [])
    assert.equal(wantedIn('word '.repeat(100))[0]?.length, 12)
    assert.equal(readAsked('x'.repeat(5000)).text.length, 200)
  })

  it('takes quotation marks of any shape, and one that is never closed', () => {
    assert.deepEqual(wantedIn('“web server”'), [['web server']])
    assert.deepEqual(wantedIn('a "web server'), [['a', 'web server']])
  })

  it('reads any text, and is at its end with it', () => {
    holds(
      property(array(integer({ min: 0, max: 0xffff })), (codes) => {
        const text = String.fromCharCode(...codes)
        const once = readAsked(text)
        assert.ok(once.text.isWellFormed() && once.text.length <= 200 && !once.text.includes('\0'))
        assert.equal(readAsked(once.text).text, once.text)
      }),
    )
  })
})

describe('asBeginning', () => {
  it('lets the last word go on, where it is one and long enough', () => {
    const last = (text: string) => asBeginning(readAsked(text))?.groups.at(-1)?.wanted.at(-1)

    assert.deepEqual(last('deno kuber'), { words: 'kuber', isPhrase: false, isPrefix: true })
    assert.deepEqual(last('node.jsx'), { words: 'jsx', isPhrase: false, isPrefix: true })
    assert.deepEqual(['ab', '"kuber"', 'deno -kuber', 'kuber!'].map(last), Array(4).fill(undefined))
  })
})

describe('distance', () => {
  it('counts letters that are left out, added, mistaken or swapped', () => {
    const cases = [
      'rust rust',
      'rsut rust',
      'rst rust',
      'ruust rust',
      'rast rust',
      ' rust',
      'ab ba',
      'kitten sitting',
    ]

    assert.deepEqual(
      cases.map((pair) => distance(...(pair.split(' ') as [string, string]))),
      [0, 1, 1, 1, 1, 4, 1, 3],
    )
  })

  it('is the same both ways, and no longer than the longer word', () => {
    holds(
      property(string(), string(), (one, other) => {
        const away = distance(one, other)
        assert.equal(away, distance(other, one))
        assert.ok(away <= Math.max(Array.from(one).length, Array.from(other).length))
        assert.equal(away === 0, one === other)
      }),
    )
  })
})

describe('what is shown of a text', () => {
  it('is the part where most of what was looked for stands together', () => {
    const words = `tides ${'and so on '.repeat(30)}tides and clocks ${'and so on '.repeat(30)}`
    const places = Array.from(words.matchAll(/tides|clocks/g), ({ 0: word, index }) => {
      return { from: index, to: index + word.length }
    })

    const shown = piecesIn(words, places, windowOf(words, places, 80))

    assert.match(
      shown.map(({ text, marked }) => (marked ? `[${text}]` : text)).join(''),
      /^… .*\[tides\] and \[clocks\].* …$/,
    )
  })

  it('is the text itself where it is short, whatever is marked in it', () => {
    holds(
      property(string({ maxLength: 40 }), string({ maxLength: 40 }), (before, found) => {
        const places = [{ from: before.length, to: before.length + found.length }]
        const text = before + found
        const shown = piecesIn(text, places, windowOf(text, places, 100))
        assert.equal(
          shown.map((piece) => piece.text).join(''),
          [before, found].map((part) => part.replace(/\s+/gu, ' ')).join(''),
        )
      }),
    )
  })
})
