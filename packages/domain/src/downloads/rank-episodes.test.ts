import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, NotFoundError, type Repo, sql } from '@showrunner/data'
import { type Episode } from '../episodes/index.ts'
import { anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import { getPopular, PopularEpisode, rankEpisodes } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

async function downloaded(repo: Repo, { id, podcastId }: Episode, day: string, downloads: number) {
  await repo.run(sql`insert into download_counts (podcast_id, episode_id, day, agent, way, downloads)
    values (${podcastId}, ${id}, ${day}, 'Overcast', 'app', ${downloads})`)
}

async function aHeardPodcast(repo: Repo) {
  const podcast = await aPodcast(repo)
  const noon = await anEpisode(repo, podcast, { slug: 'noon' })
  const dusk = await anEpisode(repo, podcast, { slug: 'dusk' })
  await anEpisode(repo, podcast, { slug: 'silent' })
  await downloaded(repo, noon, '2026-11-01', 3)
  await downloaded(repo, dusk, '2026-11-01', 2)
  await downloaded(repo, dusk, '2026-11-02', 2)
  return { podcast, noon, dusk }
}

const popular = async (repo: Repo, slug = 'local-time') =>
  (await getPopular(repo, slug, NOW)).episodes.map((episode) => episode.slug)

describe('what is popular', () => {
  it(
    'is what was downloaded most of a podcast, as it was last summed up',
    sandboxed(async (repo) => {
      const { noon } = await aHeardPodcast(repo)
      const other = await aPodcast(repo, { slug: 'other' })
      await downloaded(repo, await anEpisode(repo, other, { slug: 'far' }), '2026-11-01', 90)

      assert.deepEqual(await popular(repo), [])
      await rankEpisodes(repo)
      assert.deepEqual(await popular(repo), ['dusk', 'noon'])
      assert.deepEqual(await popular(repo, 'other'), ['far'])

      await downloaded(repo, noon, '2026-11-03', 5)
      assert.deepEqual(await popular(repo), ['dusk', 'noon'])
      await rankEpisodes(repo)
      assert.deepEqual(await popular(repo), ['noon', 'dusk'])
    }),
  )

  it(
    'is written where a place is another, and nowhere else',
    sandboxed(async (repo) => {
      const { noon, dusk } = await aHeardPodcast(repo)
      await rankEpisodes(repo)
      const rows = () =>
        repo.run(sql`select id, place, xmin::text from popular_episodes order by id`)
      const before = await rows()

      await downloaded(repo, dusk, '2026-11-04', 100)
      await rankEpisodes(repo)
      assert.deepEqual(await rows(), before)

      await repo.run(sql`delete from download_counts where episode_id = ${noon.id}`)
      await rankEpisodes(repo)
      assert.equal(await repo.count(from(PopularEpisode)), 1)
    }),
  )

  it(
    'has nothing in it that is not out, and is of podcasts that anybody may see',
    sandboxed(async (repo) => {
      const { podcast } = await aHeardPodcast(repo)
      await rankEpisodes(repo)

      await repo.run(sql`update episodes set published = false where slug = 'dusk'`)
      assert.deepEqual(await popular(repo), ['noon'])
      await repo.run(sql`update podcasts set status = 'archived' where id = ${podcast.id}`)
      await assert.rejects(popular(repo), NotFoundError)
      await assert.rejects(popular(repo, 'no-such'), NotFoundError)
    }),
  )
})
