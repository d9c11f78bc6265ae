import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { A_FULL_FEED } from '@showrunner/feeds/testing'
import {
  FUNDING,
  LICENSE,
  linedList,
  type LinedField,
  linedOne,
  LOCATIONS,
  PAYMENTS,
  PODROLL,
  SOCIAL_INTERACTS,
  SOUNDBITES,
  TXTS,
} from './index.ts'

const { podroll, txts, values, locations, license, items } = A_FULL_FEED
const [episode] = items

/** What is shown of it is read as it was, and so it is from nothing, as far as lines show it. */
function assertKept<T>({ shown, read }: LinedField<T>, value: T): void {
  assert.deepEqual(read(shown(value), value), { value })
  const anew = read(shown(value), null)
  assert.ok('value' in anew)
  assert.equal(shown(anew.value), shown(value))
}

describe('what a feed says, in lines', () => {
  it('is read as it is shown', () => {
    assertKept(linedList(PODROLL), podroll)
    assertKept(linedList(TXTS), txts)
    assertKept(linedList(LOCATIONS), locations)
    assertKept(linedList(LOCATIONS), episode?.locations ?? [])
    assertKept(linedOne(LICENSE), license)
    assertKept(linedList(SOUNDBITES), episode?.soundbites ?? [])
    assertKept(linedList(SOCIAL_INTERACTS), episode?.socialInteracts ?? [])
    assertKept(linedList(FUNDING), episode?.funding ?? [])
    assertKept(PAYMENTS, values)
  })

  it('is read as people write it', () => {
    const soundbites = linedList(SOUNDBITES).read('1:13 - 2:13 Why\n\n 0:05–0:20 ', [])
    const locations = linedList(LOCATIONS).read('Uji, Japan geo:34.8,135.8 country:JP', [])
    const comments = linedList(SOCIAL_INTERACTS).read('disabled', [])

    assert.deepEqual(soundbites, {
      value: [
        { startsMs: 73_000, durationMs: 60_000, title: 'Why' },
        { startsMs: 5000, durationMs: 15_000, title: null },
      ],
    })
    assert.partialDeepStrictEqual(locations, {
      value: [{ name: 'Uji, Japan', geo: 'geo:34.8,135.8', country: 'JP' }],
    })
    assert.partialDeepStrictEqual(comments, { value: [{ protocol: 'disabled', uri: null }] })
    assert.deepEqual(PAYMENTS.read('', values), { value: [] })
  })

  it('is refused where it says nothing, with the line', () => {
    assert.deepEqual(linedList(SOUNDBITES).read('0:20–0:10', []), { wrong: '0:20–0:10' })
    assert.deepEqual(linedList(FUNDING).read('https://a.example', []), {
      wrong: 'https://a.example',
    })
    assert.deepEqual(linedList(SOCIAL_INTERACTS).read('x javascript:alert(1)', []), {
      wrong: 'x javascript:alert(1)',
    })
    assert.deepEqual(linedList(PODROLL).read('The Show', []), { wrong: 'The Show' })
    assert.deepEqual(PAYMENTS.read('Ann 90', []), { wrong: 'Ann 90' })
  })

  it('keeps what no line shows, of each line that stays', () => {
    const [first] = podroll
    assert.ok(first)
    const [one, two] = [
      { ...first, medium: 'music' },
      { ...first, feedUrl: 'https://b.example/f', title: 'B' },
    ]
    const { shown, read } = linedList(PODROLL)

    const changed = read(`${shown([one])}\nhttps://c.example/feed C`, [one, two])

    assert.ok('value' in changed)
    assert.equal(changed.value?.[0], one)
    assert.equal(changed.value?.length, 2)
  })

  it('is never read as what a database does not take, whatever is written', () => {
    const parts = ['\0', '\ud800', '\u0085', '\n', ' ', 'x', '[a]', '0:10', '–', 'geo:', 'disabled']
    const written = fc
      .array(fc.constantFrom(...parts, 'https://a.example/?b'), { maxLength: 12 })
      .map((chosen) => chosen.join(''))
    const every = [PODROLL, TXTS, LOCATIONS, SOUNDBITES, SOCIAL_INTERACTS, FUNDING].map((form) =>
      linedList(form as typeof TXTS),
    )
    fc.assert(
      fc.property(written, (text) => {
        for (const { read, shown } of every) {
          const said = read(text, [])
          if (!('value' in said)) continue
          assert.doesNotMatch(shown(said.value).replaceAll('\n', ''), /\p{Cc}/u)
          assert.ok(JSON.stringify(said.value).isWellFormed())
        }
      }),
    )
  })
})
