import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo } from '@showrunner/data'
import { type Episode, EpisodeSponsor } from '../episodes/index.ts'
import { anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import { getSponsorPage, listPublicSponsors, Sponsor } from './index.ts'

const FIRST = { asOf: new Date('2026-11-20T12:00:00Z'), page: 1 }
const NOT_FOUND = { name: 'NotFoundError' }

async function pays(repo: Repo, sponsor: Sponsor, { id, podcastId }: Episode): Promise<void> {
  const said = { title: 'Thread', linkUrl: 'https://thread.example/' }
  const row = { episodeId: id, podcastId, sponsorId: sponsor.id, ...said }
  await repo.insertOrThrow(build(EpisodeSponsor, row))
}

describe('the page of a sponsor', () => {
  it(
    'has what it made possible that anybody may hear, the newest first; one of drafts only has none',
    sandboxed(async (repo) => {
      const thread = await repo.insertOrThrow(build(Sponsor, { name: 'Thread', slug: 'thread' }))
      const coming = await repo.insertOrThrow(build(Sponsor, { name: 'Coming', slug: 'coming' }))
      const podcast = await aPodcast(repo)
      const later = { publishedAt: '2026-05-01T09:00:00Z' }
      await pays(repo, thread, await anEpisode(repo, podcast, { slug: 'old' }))
      await pays(repo, thread, await anEpisode(repo, podcast, { slug: 'newer', ...later }))
      await pays(repo, coming, await anEpisode(repo, podcast, { slug: 'no', published: false }))

      const { episodes } = await getSponsorPage(repo, 'thread', FIRST)

      assert.deepEqual(
        episodes.rows.map(({ slug }) => slug),
        ['newer', 'old'],
      )
      assert.deepEqual(
        (await listPublicSponsors(repo, FIRST.asOf)).map((one) => [one.slug, one.episodes]),
        [['thread', 2]],
      )
      await assert.rejects(getSponsorPage(repo, 'coming', FIRST), NOT_FOUND)
    }),
  )
})
