import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import { countYears, getNetworkYear, getPodcastYear } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const FIRST = { asOf: NOW, page: 1 }
const NOT_FOUND = { name: 'NotFoundError' }

describe('the archive', () => {
  it(
    'counts what is out, by the year it came out in, the latest first',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const other = await aPodcast(repo, { slug: 'other', title: 'Other' })
      const draft = await aPodcast(repo, { slug: 'draft', title: 'Draft', status: 'draft' })
      await anEpisode(repo, podcast, { slug: 'last-second', publishedAt: '2024-12-31T23:59:59Z' })
      await anEpisode(repo, podcast, { slug: 'first', publishedAt: '2025-01-01T00:00:00Z' })
      await anEpisode(repo, other, { slug: 'of-other', publishedAt: '2025-03-01T00:00:00Z' })
      await anEpisode(repo, draft, { slug: 'hidden', publishedAt: '2025-03-01T00:00:00Z' })
      await anEpisode(repo, podcast, { slug: 'to-come', publishedAt: '2026-12-01T00:00:00Z' })

      assert.deepEqual(await countYears(repo, NOW), [
        { year: 2025, count: 2 },
        { year: 2024, count: 1 },
      ])
      assert.deepEqual(await countYears(repo, NOW, podcast.id), [
        { year: 2025, count: 1 },
        { year: 2024, count: 1 },
      ])
    }),
  )

  it(
    'has a page of each year that has something, and no other',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'last-second', publishedAt: '2024-12-31T23:59:59Z' })
      await anEpisode(repo, podcast, { slug: 'first', publishedAt: '2025-01-01T00:00:00Z' })

      const { episodes } = await getPodcastYear(repo, 'local-time', 2025, FIRST)
      const whole = await getNetworkYear(repo, 2024, FIRST)

      assert.deepEqual(
        episodes.rows.map(({ slug }) => slug),
        ['first'],
      )
      assert.deepEqual(
        whole.episodes.rows.map(({ slug, podcast: { title } }) => [slug, title]),
        [['last-second', 'Local Time']],
      )
      await assert.rejects(getPodcastYear(repo, 'local-time', 2023, FIRST), NOT_FOUND)
      await assert.rejects(getNetworkYear(repo, 2026, FIRST), NOT_FOUND)
      await assert.rejects(getNetworkYear(repo, 2025, { asOf: NOW, page: 2 }), NOT_FOUND)
    }),
  )
})
