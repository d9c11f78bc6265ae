import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo } from '@showrunner/data'
import { Sponsor } from '../sponsors/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { Topic } from '../topics/index.ts'
import { saveTranscript } from '../transcripts/index.ts'
import {
  type Episode,
  EpisodeCredit,
  EpisodeGuest,
  EpisodeHost,
  EpisodeLink,
  EpisodeSponsor,
  EpisodeTopic,
  getEpisodePage,
  replaceChapters,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

async function fill(repo: Repo, episode: Episode): Promise<void> {
  const { id: episodeId, podcastId } = episode
  const ada = await aPerson(repo, 'Ada Byron')
  const grace = await aPerson(repo, 'Grace Hopper')
  await repo.insertOrThrow(
    build(EpisodeHost, { episodeId, podcastId, personId: ada.id, position: 1 }),
  )
  await repo.insertOrThrow(
    build(EpisodeHost, { episodeId, podcastId, personId: grace.id, position: 0 }),
  )
  await repo.insertOrThrow(build(EpisodeGuest, { episodeId, podcastId, personId: ada.id }))
  await repo.insertOrThrow(
    build(EpisodeCredit, { episodeId, podcastId, personId: ada.id, role: 'editor' }),
  )
  const topic = await repo.insertOrThrow(build(Topic, { name: 'Clocks', slug: 'clocks' }))
  await repo.insertOrThrow(build(EpisodeTopic, { episodeId, podcastId, topicId: topic.id }))
  const sponsor = await repo.insertOrThrow(build(Sponsor, { name: 'Oil & Co', slug: 'oil' }))
  const said = { title: 'Oil', linkUrl: 'https://oil.example' }
  await repo.insertOrThrow(
    build(EpisodeSponsor, { episodeId, podcastId, sponsorId: sponsor.id, ...said }),
  )
  await repo.insertOrThrow(
    build(EpisodeLink, { episodeId, podcastId, title: 'A', url: 'https://a.example' }),
  )
  const chapter = { endsMs: null, link: null, imageUrl: null, hidden: false }
  await replaceChapters(repo, episode, [{ ...chapter, startsMs: 0, title: 'Start' }])
  const cues = [{ startsMs: 0, endsMs: null, speaker: 'Grace Hopper', text: 'Hello.' }]
  const transcript = { url: null, type: 'text/vtt', language: null, rel: null }
  await saveTranscript(repo, episode, { ...transcript, cues })
}

describe('getEpisodePage', () => {
  it(
    'reads everything that belongs to the episode',
    sandboxed(async (repo) => {
      await fill(repo, await anEpisode(repo, await aPodcast(repo), { slug: 'one' }))

      const { episode } = await getEpisodePage(repo, 'local-time', 'one', NOW)

      assert.equal(episode.podcast.title, 'Local Time')
      assert.deepEqual(
        episode.hosts.map(({ name }) => name),
        ['Grace Hopper', 'Ada Byron'],
      )
      assert.deepEqual(
        episode.guests.map(({ name }) => name),
        ['Ada Byron'],
      )
      assert.equal(episode.credits[0]?.person.name, 'Ada Byron')
      assert.equal(episode.topics[0]?.slug, 'clocks')
      assert.equal(episode.episodeSponsors[0]?.sponsor.name, 'Oil & Co')
      assert.equal(episode.links[0]?.url, 'https://a.example')
      assert.equal(episode.chapters[0]?.title, 'Start')
      const cue = episode.transcripts[0]?.cues[0]
      assert.deepEqual([cue?.body, cue?.personId], ['Hello.', episode.hosts[0]?.id])
    }),
  )

  it(
    'finds the neighbours in time, also among episodes of one moment',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const others = await aPodcast(repo, { slug: 'kept-in-repair' })
      await anEpisode(repo, podcast, { slug: 'first', publishedAt: '2026-01-01T00:00:00Z' })
      for (const slug of ['a', 'b', 'c']) await anEpisode(repo, podcast, { slug })
      await anEpisode(repo, podcast, { slug: 'draft', published: false })
      await anEpisode(repo, others, { slug: 'other' })
      await anEpisode(repo, podcast, { slug: 'scheduled', publishedAt: '2027-01-01T00:00:00Z' })
      const around = async (slug: string) => {
        const { previous, next } = await getEpisodePage(repo, 'local-time', slug, NOW)
        return [previous?.slug, next?.slug]
      }

      assert.deepEqual(await around('first'), [undefined, 'a'])
      assert.deepEqual(await around('a'), ['first', 'b'])
      assert.deepEqual(await around('b'), ['a', 'c'])
      assert.deepEqual(await around('c'), ['b', undefined])
    }),
  )

  it(
    'finds nothing that is not released, or whose podcast nobody may see',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'draft', published: false })
      await anEpisode(repo, podcast, { slug: 'later', publishedAt: '2026-11-20T12:00:01Z' })
      const hidden = await aPodcast(repo, { slug: 'hidden', status: 'draft' })
      await anEpisode(repo, hidden, { slug: 'one' })
      const refused = (show: string, slug: string) =>
        assert.rejects(getEpisodePage(repo, show, slug, NOW), { name: 'NotFoundError' })

      await refused('local-time', 'draft')
      await refused('local-time', 'later')
      await refused('hidden', 'one')
      await refused('no-such', 'one')
      const second = new Date(NOW.getTime() + 1000)
      const page = await getEpisodePage(repo, 'local-time', 'later', second)
      assert.equal(page.episode.slug, 'later')
    }),
  )
})
