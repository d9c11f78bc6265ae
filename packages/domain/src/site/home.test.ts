import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import { home } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

describe('home', () => {
  it(
    'shows the newest episodes across the podcasts that anybody may see',
    sandboxed(async (repo) => {
      const one = await aPodcast(repo)
      const two = await aPodcast(repo, { slug: 'kept-in-repair', title: 'Kept in Repair' })
      const draft = await aPodcast(repo, { slug: 'draft', status: 'draft' })
      await anEpisode(repo, one, { slug: 'a', publishedAt: '2026-01-01T00:00:00Z' })
      await anEpisode(repo, two, { slug: 'b', publishedAt: '2026-01-02T00:00:00Z' })
      await anEpisode(repo, one, { slug: 'c', publishedAt: '2026-01-03T00:00:00Z' })
      await anEpisode(repo, one, { slug: 'later', publishedAt: '2027-01-03T00:00:00Z' })
      await anEpisode(repo, draft, { slug: 'hidden' })

      const { episodes, podcasts } = await home(repo, NOW)

      assert.deepEqual(
        episodes.map(({ slug, podcast }) => [slug, podcast.slug]),
        [
          ['c', 'local-time'],
          ['b', 'kept-in-repair'],
          ['a', 'local-time'],
        ],
      )
      assert.deepEqual(
        podcasts.map(({ slug }) => slug),
        ['kept-in-repair', 'local-time'],
      )
    }),
  )
})
