import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { en } from '../words/index.ts'
import { episodeLines, type LineEpisode } from './episode-line.ts'

const podcast = { slug: 'local-time', title: 'Local Time', colour: null }

const episode = (given: Partial<LineEpisode> = {}): LineEpisode => ({
  slug: 'one',
  title: 'One',
  subtitle: null,
  summary: null,
  publishedAt: new Date('2026-03-01T09:00:00Z'),
  audioDuration: 600,
  type: 'full',
  number: null,
  numberDisplay: null,
  season: null,
  seasonName: null,
  ...given,
})

describe('episodeLines', () => {
  it('measures each against the longest on the page', () => {
    const lengths = [600, 1200, null]
    const lines = episodeLines(
      lengths.map((audioDuration) => ({ podcast, episode: episode({ audioDuration }) })),
      en,
    )

    assert.deepEqual(
      lines.map(({ share, length }) => [share, length?.figures]),
      [
        [50, '10:00'],
        [100, '20:00'],
        [0, undefined],
      ],
    )
  })

  it('labels an episode with its season, number or kind, unless its heading does', () => {
    const kinds = [
      episode({ number: 42 }),
      episode({ number: 3, season: 2 }),
      episode({ number: 3, season: 2026 }),
      episode({ type: 'trailer', seasonName: 'The Harbour' }),
      episode({ number: 7, numberDisplay: 'Seven' }),
      episode(),
    ].map((one) => ({ podcast, episode: one }))

    assert.deepEqual(
      episodeLines(kinds, en).map(({ label }) => label),
      ['No. 42', 'Season 2, No. 3', '2026, No. 3', 'The Harbour, Trailer', 'Seven', null],
    )
    assert.equal(episodeLines(kinds, en, { bySeason: true })[1]?.label, 'No. 3')
  })

  it('names the guests, or the hosts where there are none', () => {
    const [ines, pim] = [{ name: 'Ines' }, { name: 'Pim' }]
    const lines = episodeLines(
      [
        { podcast, episode: episode(), hosts: [ines], guests: [pim] },
        { podcast, episode: episode(), hosts: [ines, pim] },
        { podcast, episode: episode() },
      ],
      en,
    )

    assert.deepEqual(
      lines.map(({ people }) => people),
      ['with Pim', 'Ines and Pim', null],
    )
  })
})
