import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import { listTakenDates } from './index.ts'

const BETWEEN = {
  since: new Date('2026-11-01T00:00:00Z'),
  until: new Date('2027-02-01T00:00:00Z'),
}

describe('the dates of a podcast that are taken', () => {
  it(
    'are its recordings and releases within the time, and nothing of a draft that has none',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const other = await aPodcast(repo, { slug: 'other' })
      const draft = { published: false, publishedAt: null }
      await anEpisode(repo, podcast, { slug: 'a', ...draft, recordedAt: '2026-11-24T09:00:00Z' })
      await anEpisode(repo, podcast, { slug: 'b', ...draft, recordedAt: '2026-10-31T09:00:00Z' })
      await anEpisode(repo, podcast, {
        slug: 'c',
        publishedAt: '2026-11-26T06:00:00Z',
        recordedAt: '2026-11-02T09:00:00Z',
      })
      await anEpisode(repo, podcast, {
        slug: 'd',
        published: false,
        publishedAt: '2026-12-01T06:00:00Z',
      })
      await anEpisode(repo, other, { slug: 'e', publishedAt: '2026-11-26T06:00:00Z' })

      const taken = await listTakenDates(repo, podcast.id, BETWEEN)

      assert.deepEqual(
        taken.map(({ at, kind, episode }) => [at.toISOString(), kind, episode.title]),
        [
          ['2026-11-02T09:00:00.000Z', 'recording', 'c'],
          ['2026-11-24T09:00:00.000Z', 'recording', 'a'],
          ['2026-11-26T06:00:00.000Z', 'release', 'c'],
        ],
      )
    }),
  )
})
