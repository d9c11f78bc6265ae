import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build } from '@showrunner/data'
import { EpisodeHost } from '../episodes/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { getPodcastPage, PodcastHost } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

describe('getPodcastPage', () => {
  it(
    'shows the newest fifty episodes with their hosts, and the rest on the next page',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      for (let day = 1; day <= 51; day += 1) {
        const publishedAt = new Date(Date.UTC(2026, 0, day))
        await anEpisode(repo, podcast, { slug: `day-${day}`, publishedAt })
      }
      const ada = await aPerson(repo, 'Ada Byron')
      await repo.insertOrThrow(build(PodcastHost, { podcastId: podcast.id, personId: ada.id }))

      const first = await getPodcastPage(repo, 'local-time', NOW)
      const second = await getPodcastPage(repo, 'local-time', NOW, 2)

      assert.equal(first.episodes.length, 50)
      assert.equal(first.episodes[0]?.slug, 'day-51')
      assert.deepEqual(first.episodes[0]?.hosts, [])
      assert.deepEqual(
        first.podcast.podcastHosts.map(({ person }) => person.name),
        ['Ada Byron'],
      )
      assert.deepEqual([first.page, first.pages, first.total], [1, 2, 51])
      assert.deepEqual(
        second.episodes.map(({ slug }) => slug),
        ['day-1'],
      )
      await assert.rejects(getPodcastPage(repo, 'local-time', NOW, 3), { name: 'NotFoundError' })
    }),
  )

  it(
    'shows neither drafts nor what is scheduled, until its time has come',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'draft', published: false })
      await anEpisode(repo, podcast, { slug: 'tomorrow', publishedAt: '2026-11-21T00:00:00Z' })
      const shown = async (asOf: Date) =>
        (await getPodcastPage(repo, 'local-time', asOf)).episodes.map(({ slug }) => slug)

      assert.deepEqual(await shown(NOW), [])
      assert.deepEqual(await shown(new Date('2026-11-21T00:00:00Z')), ['tomorrow'])
    }),
  )

  it(
    'asks as often for fifty episodes as for two',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { id: personId } = await aPerson(repo, 'Ada Byron')
      const add = async (slug: string) => {
        const { id: episodeId, podcastId } = await anEpisode(repo, podcast, { slug })
        await repo.insertOrThrow(build(EpisodeHost, { episodeId, podcastId, personId }))
      }
      const asked = async () => {
        let queries = 0
        const stop = repo.onQuery(() => (queries += 1))
        await getPodcastPage(repo, 'local-time', NOW)
        stop()
        return queries
      }
      await add('one')
      await add('two')
      const forTwo = await asked()
      for (let count = 3; count <= 20; count += 1) await add(`number-${count}`)

      assert.equal(await asked(), forTwo)
    }),
  )
})
