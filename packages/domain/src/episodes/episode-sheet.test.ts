import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, type Repo, traverseErrors } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { PodcastHost, PodcastTopic, updatePodcast } from '../podcasts/index.ts'
import { createSponsor } from '../sponsors/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { createTopic } from '../topics/index.ts'
import { draftEpisode, getEpisodeSheet, saveEpisodeSheet, startEpisode } from './index.ts'

async function aSheet(repo: Repo) {
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { slug: 'tides' })
  const reload = () => getEpisodeSheet(repo, podcast.id, episode.id)
  const save = async (params: object) => saveEpisodeSheet(repo, await reload(), params)
  return { podcast, episode, reload, save }
}

describe('the sheet of an episode', () => {
  it(
    'takes rows by what pickers send, in the places they have in the form',
    sandboxed(async (repo) => {
      const { reload, save } = await aSheet(repo)
      await aPerson(repo, 'Ada Lovelace', { handle: 'ada' })
      await aPerson(repo, 'Grace Hopper', { handle: 'grace' })
      await createTopic(repo, { name: 'Open Source', slug: 'open-source' })

      const saved = await save({
        episodeGuests: {
          0: { person: 'Grace Hopper (grace)', role: 'guest', position: '1' },
          1000: { person: 'Ada Lovelace (ada)', role: 'guest', position: '0' },
          1001: { person: '', role: 'guest', position: '2' },
        },
        episodeTopics: { 0: { topic: 'open-source', position: '0' } },
      })

      assert.equal(saved.ok, true)
      const sheet = await reload()
      assert.deepEqual(
        sheet.episodeGuests.map(({ person }) => person.name),
        ['Ada Lovelace', 'Grace Hopper'],
      )
      assert.deepEqual(
        sheet.episodeTopics.map(({ topic }) => topic.slug),
        ['open-source'],
      )
    }),
  )

  it(
    'says of a row what is wrong with it, and stores nothing',
    sandboxed(async (repo) => {
      const { reload, save } = await aSheet(repo)
      await createSponsor(repo, { name: 'Tideline', slug: 'tideline' })

      const refused = await save({
        title: 'Another title',
        episodeGuests: { 0: { person: 'Nobody (nobody)', role: 'guest' } },
        episodeSponsors: {
          0: { sponsor: 'tideline', title: 'Ad', linkUrl: 'https://a.example', starts: 'soon' },
        },
        chapters: { 0: { starts: '', title: 'Welcome' } },
      })

      assert.ok(!refused.ok)
      assert.deepEqual(traverseErrors(refused.changeset), {
        episodeGuests: [{ personId: ['is not known here: choose from the list, or add it first'] }],
        episodeSponsors: [{ startsMs: ['must be a time such as 1:02:03'] }],
        chapters: [{ startsMs: ["can't be blank"] }],
      })
      assert.equal((await reload()).title, 'tides')
    }),
  )

  it(
    'keeps chapters in the order of their times, and takes one away by its box alone',
    sandboxed(async (repo) => {
      const { reload, save } = await aSheet(repo)
      await save({
        chapters: {
          0: { starts: '10:00', title: 'Second' },
          1: { starts: '0:00', title: 'First' },
          2: { starts: '1:00:00', title: 'Last' },
        },
      })
      const titles = async () => (await reload()).chapters.map(({ title }) => title)
      assert.deepEqual(await titles(), ['First', 'Second', 'Last'])
      const [first, second] = (await reload()).chapters

      await save({ chapters: { 0: { id: String(second?.id), starts: '10:00', title: 'Again' } } })
      assert.deepEqual(await titles(), ['First', 'Again', 'Last'])
      await save({ chapters: { 0: { id: String(first?.id), delete: 'true' } } })
      assert.deepEqual(await titles(), ['Again', 'Last'])
    }),
  )

  it(
    'does not publish, nor take anything else that is said elsewhere',
    sandboxed(async (repo) => {
      const { reload, save } = await aSheet(repo)

      await save({ published: 'false', publishedAt: '', audioUrl: '/x.mp3', podcastId: '1' })

      const { published, audioUrl } = await reload()
      assert.deepEqual([published, audioUrl], [true, 'https://audio.example/tides.mp3'])
    }),
  )

  it(
    'refuses a save over one that came in between, of its rows too',
    sandboxed(async (repo) => {
      const { reload, save } = await aSheet(repo)
      await aPerson(repo, 'Ada Lovelace', { handle: 'ada' })
      const opened = await reload()

      const first = await save({
        lockVersion: String(opened.lockVersion),
        episodeGuests: { 0: { person: 'ada', role: 'guest' } },
      })
      const second = await save({ lockVersion: String(opened.lockVersion), title: 'Mine' })

      assert.equal(first.ok, true)
      assert.ok(!second.ok)
      assert.deepEqual(Object.keys(second.changeset.errors), ['lockVersion'])
      assert.equal((await reload()).title, 'tides')
    }),
  )
})

describe('the file of an episode whose sheet is saved', () => {
  it(
    'is written again soon, where it is one of ours',
    sandboxed(async (repo) => {
      const { episode, save } = await aSheet(repo)
      await save({ title: 'Another title' })
      assert.deepEqual(await waitingJobs(repo), [])

      const original = { audioOriginalKey: 'episodes/1/a.mp3' }
      await repo.updateOrThrow(change(await repo.reloadOrThrow(episode), original))
      await save({ title: 'A third title' })

      assert.deepEqual(await waitingJobs(repo), ['retag_audio'])
    }),
  )
})

const waitingJobs = async (repo: Repo) => (await listJobs(repo)).map(({ name }) => name)

describe('startEpisode', () => {
  it(
    'begins with what the podcast always has',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const updated = await updatePodcast(repo, podcast, { notesTemplate: '## Links' })
      const [ada, old] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Old')]
      const of = { podcastId: podcast.id }
      await repo.insertOrThrow(build(PodcastHost, { ...of, personId: ada.id }))
      await repo.insertOrThrow(build(PodcastHost, { ...of, personId: old.id, retired: true }))
      const topic = await createTopic(repo, { name: 'Sea', slug: 'sea' })
      assert.ok(topic.ok && updated.ok)
      await repo.insertOrThrow(build(PodcastTopic, { ...of, topicId: topic.value.id }))
      const before = await anEpisode(repo, podcast, { slug: 'first', number: '41' })
      const tideline = await createSponsor(repo, { name: 'Tideline', slug: 'tideline' })
      assert.ok(tideline.ok)
      await saveEpisodeSheet(repo, await getEpisodeSheet(repo, podcast.id, before.id), {
        episodeSponsors: { 0: { sponsor: 'tideline', title: 'Ad', linkUrl: 'https://a.example' } },
      })

      const { number } = (await draftEpisode(repo, podcast)).changes
      const started = await startEpisode(
        repo,
        updated.value,
        { title: 'Second Thoughts', number: String(number) },
        { sponsorsOf: before.id },
      )

      assert.ok(started.ok)
      const sheet = await getEpisodeSheet(repo, podcast.id, started.value.id)
      const { slug, published, notesHtml } = sheet
      assert.deepEqual([slug, published, sheet.number], ['second-thoughts', false, 42])
      assert.match(notesHtml ?? '', /<h\d[^>]*>Links/)
      assert.deepEqual(
        sheet.episodeHosts.map(({ person }) => person.name),
        ['Ada'],
      )
      assert.deepEqual(
        sheet.episodeTopics.map(({ topic: { slug: about } }) => about),
        ['sea'],
      )
      assert.deepEqual(
        sheet.episodeSponsors.map(({ title }) => title),
        ['Ad'],
      )
    }),
  )
})
