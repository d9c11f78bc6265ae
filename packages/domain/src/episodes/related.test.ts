import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Read, type Repo } from '@showrunner/data'
import { type Person } from '../people/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { Topic } from '../topics/index.ts'
import { Episode, EpisodeGuest, EpisodeHost, EpisodeTopic, getEpisodePage } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

async function aTopic(repo: Repo, slug: string): Promise<Topic> {
  return repo.insertOrThrow(build(Topic, { name: slug, slug }))
}

const of = ({ id, podcastId }: Episode) => ({ episodeId: id, podcastId })

async function about(repo: Repo, episode: Episode, ...topics: readonly Topic[]): Promise<void> {
  for (const { id } of topics) {
    await repo.insertOrThrow(build(EpisodeTopic, { ...of(episode), topicId: id }))
  }
}

async function guest(repo: Repo, episode: Episode, { id }: Person): Promise<void> {
  await repo.insertOrThrow(build(EpisodeGuest, { ...of(episode), personId: id }))
}

const relatedTo = async (repo: Repo, slug: string) =>
  (await getEpisodePage(repo, 'local-time', slug, NOW)).related.map((episode) => episode.slug)

/** One in the middle of 2025, so that those of 2026 and 2024 below are not beside it. */
async function theEpisode(repo: Repo) {
  const podcast = await aPodcast(repo)
  await anEpisode(repo, podcast, { slug: 'just-before', publishedAt: '2025-05-01T09:00:00Z' })
  await anEpisode(repo, podcast, { slug: 'just-after', publishedAt: '2025-07-01T09:00:00Z' })
  const episode = await anEpisode(repo, podcast, {
    slug: 'this',
    publishedAt: '2025-06-01T09:00:00Z',
    season: 2,
  })
  const other = (slug: string, params = {}) =>
    anEpisode(repo, podcast, { slug, publishedAt: '2026-02-01T09:00:00Z', ...params })
  return { podcast, episode, other }
}

describe('the episodes related to one', () => {
  it(
    'are those that share most with it, of any show',
    sandboxed(async (repo) => {
      const { episode, other } = await theEpisode(repo)
      const [tides, bells] = [await aTopic(repo, 'tides'), await aTopic(repo, 'bells')]
      const ada = await aPerson(repo, 'Ada Byron')
      const elsewhere = await aPodcast(repo, { slug: 'elsewhere', title: 'Elsewhere' })
      await about(repo, episode, tides, bells)
      await guest(repo, episode, ada)
      await about(repo, await other('one-topic'), tides)
      await about(repo, await other('both-topics'), tides, bells)
      await guest(repo, await anEpisode(repo, elsewhere, { slug: 'her' }), ada)
      const hosted = await anEpisode(repo, elsewhere, { slug: 'hosted-by-her' })
      await repo.insertOrThrow(build(EpisodeHost, { ...of(hosted), personId: ada.id }))
      await other('nothing')

      assert.deepEqual(await relatedTo(repo, 'this'), [
        'both-topics',
        'her',
        'one-topic',
        'hosted-by-her',
      ])
    }),
  )

  it(
    'of two alike are first that of its season, then the newer one; a season alone makes none',
    sandboxed(async (repo) => {
      const { episode, other } = await theEpisode(repo)
      const tides = await aTopic(repo, 'tides')
      await about(repo, episode, tides)
      await about(repo, await other('same-season', { season: 2 }), tides)
      await about(repo, await other('older'), tides)
      await about(repo, await other('newer'), tides)
      await other('season-alone', { season: 2 })

      assert.deepEqual(await relatedTo(repo, 'this'), ['same-season', 'newer', 'older'])
    }),
  )

  it(
    'are neither drafts, nor of hidden shows, nor those that stand beside it anyway',
    sandboxed(async (repo) => {
      const { episode, other } = await theEpisode(repo)
      const tides = await aTopic(repo, 'tides')
      const hidden = await aPodcast(repo, { slug: 'hidden', title: 'Hidden', status: 'draft' })
      await about(repo, episode, tides)
      await about(repo, await other('draft', { published: false }), tides)
      await about(repo, await other('tomorrow', { publishedAt: '2026-11-21T09:00:00Z' }), tides)
      await about(repo, await anEpisode(repo, hidden, { slug: 'of-hidden' }), tides)
      const { next } = await getEpisodePage(repo, 'local-time', 'this', NOW)
      assert.equal(next?.slug, 'just-after')
      await about(repo, await repo.getByOrThrow(Episode, { slug: 'just-after' }), tides)

      assert.deepEqual(await relatedTo(repo, 'this'), [])
    }),
  )

  it(
    'are found behind drafts that share more',
    sandboxed(async (repo) => {
      const { episode, other } = await theEpisode(repo)
      const [tides, bells] = [await aTopic(repo, 'tides'), await aTopic(repo, 'bells')]
      await about(repo, episode, tides, bells)
      await about(repo, await other('out'), tides)
      for (let number = 1; number <= 20; number += 1) {
        await about(repo, await other(`draft-${number}`, { published: false }), tides, bells)
      }

      assert.deepEqual(await relatedTo(repo, 'this'), ['out'])
    }),
  )

  it(
    'are found by what is about the same topics, and by no other rows',
    sandboxed(async (repo) => {
      const { episode } = await theEpisode(repo)
      await about(repo, episode, await aTopic(repo, 'tides'))
      const reads: Read[] = []

      await repo.recorded(reads, async () => relatedTo(repo, 'this'))

      for (const table of ['episode_topics', 'episode_guests', 'episode_hosts', 'episodes']) {
        const whole = reads.filter((read) => read.table === table && read.scopes.length === 0)
        assert.deepEqual(whole, [], table)
      }
    }),
  )
})
