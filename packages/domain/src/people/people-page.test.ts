import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo } from '@showrunner/data'
import { type Episode, EpisodeGuest, EpisodeHost } from '../episodes/index.ts'
import { PodcastHost } from '../podcasts/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { getPeoplePage, getPersonPart, type Person } from './index.ts'

const FIRST = { asOf: new Date('2026-11-20T12:00:00Z'), page: 1 }
const NOT_FOUND = { name: 'NotFoundError' }

async function guest(repo: Repo, person: Person, { id, podcastId }: Episode): Promise<void> {
  await repo.insertOrThrow(build(EpisodeGuest, { episodeId: id, podcastId, personId: person.id }))
}

describe('the page of everybody', () => {
  it(
    'has the hosts, those who were, and the guests of what is out; each of them once',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const [host, former, ada, bob] = [
        await aPerson(repo, 'Host'),
        await aPerson(repo, 'Former'),
        await aPerson(repo, 'Ada'),
        await aPerson(repo, 'Bob'),
      ]
      await aPerson(repo, 'Nobody Yet')
      const as = (personId: number, retired: boolean) =>
        build(PodcastHost, { podcastId: podcast.id, personId, retired })
      await repo.insertOrThrow(as(host.id, false))
      await repo.insertOrThrow(as(former.id, true))
      const [one, two, draft] = [
        await anEpisode(repo, podcast, { slug: 'one' }),
        await anEpisode(repo, podcast, { slug: 'two' }),
        await anEpisode(repo, podcast, { slug: 'draft', published: false }),
      ]
      for (const episode of [one, two, draft]) await guest(repo, ada, episode)
      await guest(repo, former, one)
      await guest(repo, bob, draft)

      const { hosts, retired, guests } = await getPeoplePage(repo, FIRST)

      assert.deepEqual(
        hosts.map(({ person, podcasts }) => [person.name, podcasts.length]),
        [['Host', 1]],
      )
      assert.deepEqual(
        retired.map(({ person }) => person.name),
        ['Former'],
      )
      assert.deepEqual(
        guests.rows.map(({ name, episodes }) => [name, episodes]),
        [['Ada', 2]],
      )
      await assert.rejects(getPeoplePage(repo, { ...FIRST, page: 2 }), NOT_FOUND)
    }),
  )
})

describe('all that somebody did', () => {
  it(
    'comes in pages of fifty, and is not there where they did nothing of the kind',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const host = await aPerson(repo, 'Host')
      for (let at = 0; at < 51; at += 1) {
        const episode = await anEpisode(repo, podcast, { slug: `e-${at}` })
        await repo.insertOrThrow(
          build(EpisodeHost, { episodeId: episode.id, podcastId: podcast.id, personId: host.id }),
        )
      }

      const second = await getPersonPart(repo, 'host', 'hosted', { ...FIRST, page: 2 })

      assert.deepEqual(
        second.episodes?.rows.map(({ slug }) => slug),
        ['e-0'],
      )
      assert.equal(second.episodes?.total, 51)
      await assert.rejects(getPersonPart(repo, 'host', 'guested', FIRST), NOT_FOUND)
      await assert.rejects(getPersonPart(repo, 'host', 'written', FIRST), NOT_FOUND)
      await assert.rejects(getPersonPart(repo, 'nobody', 'hosted', FIRST), NOT_FOUND)
    }),
  )
})
