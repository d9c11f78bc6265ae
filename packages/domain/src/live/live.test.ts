import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { change, errorMessages, from, type Repo } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { Chapter, Episode } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { WebhookDelivery, WebhookEndpoint } from '../webhooks/index.ts'
import {
  addLiveNote,
  addReactions,
  cancelLiveShow,
  ChatMessage,
  countReactions,
  deleteMessage,
  endShow,
  getEpisodeOrShow,
  goOnAir,
  liveElapsed,
  LiveShow,
  liveShowBegins,
  liveStatus,
  listChat,
  listLiveItems,
  listLiveNotes,
  listMuted,
  listOnAir,
  listUpcoming,
  markChapter,
  mute,
  planLiveShow,
  say,
  unmute,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const SOON = {
  startsAt: later(30).toISOString(),
  streamUrl: 'https://stream.example.com/live.m3u8',
}

/** An episode that nobody has heard yet, whose show begins in half an hour. */
async function aShow(repo: Repo, params: object = {}) {
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { slug: 'noon', published: false })
  const planned = await planLiveShow(repo, episode, { ...SOON, ...params }, { asOf: NOW })
  assert.ok(planned.ok)
  return { podcast, episode, show: planned.value }
}

describe('planLiveShow', () => {
  it(
    'announces a show, and says something else of it',
    sandboxed(async (repo) => {
      const { episode, podcast } = await aShow(repo)
      const moved = await planLiveShow(
        repo,
        episode,
        { startsAt: later(60).toISOString() },
        { asOf: NOW },
      )

      assert.ok(moved.ok)
      assert.equal(await repo.count(LiveShow), 1)
      const [upcoming, ...none] = await listUpcoming(repo, NOW, 5)
      assert.deepEqual(none, [])
      assert.equal(upcoming?.startsAt.getTime(), later(60).getTime())
      assert.equal(upcoming.streamType, 'application/x-mpegurl')
      assert.equal(upcoming.episode.podcast.slug, podcast.slug)
      assert.equal((await getEpisodeOrShow(repo, podcast.slug, 'noon', NOW)).isOut, false)
      assert.deepEqual(await listOnAir(repo), [])
    }),
  )

  it(
    'says what is wrong',
    sandboxed(async (repo) => {
      const { episode } = await aShow(repo)
      const refused = await planLiveShow(
        repo,
        episode,
        {
          startsAt: '',
          plannedMinutes: 0,
          slowModeSeconds: -1,
          streamUrl: 'here',
          startsItself: true,
        },
        { asOf: NOW },
      )

      assert.ok(!refused.ok)
      assert.deepEqual(Object.keys(errorMessages(refused.changeset)).toSorted(), [
        'plannedMinutes',
        'slowModeSeconds',
        'startsAt',
        'streamUrl',
      ])
    }),
  )

  it(
    'needs a stream to go on air by itself',
    sandboxed(async (repo) => {
      const { episode } = await aShow(repo)
      const refused = await planLiveShow(
        repo,
        episode,
        { streamUrl: '', startsItself: true },
        { asOf: NOW },
      )

      assert.ok(!refused.ok)
      assert.deepEqual(errorMessages(refused.changeset), { streamUrl: ["can't be blank"] })
    }),
  )

  it(
    'tells nobody of the show of a podcast that is a draft',
    sandboxed(async (repo) => {
      const { podcast } = await aShow(repo)
      await repo.updateAll(from(Podcast), { status: 'draft' })

      assert.deepEqual(await listUpcoming(repo, NOW, 5), [])
      await assert.rejects(getEpisodeOrShow(repo, podcast.slug, 'noon', NOW), {
        name: 'NotFoundError',
      })
    }),
  )

  it(
    'is taken back, but not once it was on air',
    sandboxed(async (repo) => {
      const { episode } = await aShow(repo, { startsItself: true })
      assert.equal((await listJobs(repo)).length, 1)

      assert.equal(await cancelLiveShow(repo, episode), true)
      assert.equal(await repo.count(LiveShow), 0)
      assert.deepEqual(await listJobs(repo), [])

      await planLiveShow(repo, episode, SOON, { asOf: NOW })
      await goOnAir(repo, episode, NOW)
      assert.equal(await cancelLiveShow(repo, episode), false)
    }),
  )
})

describe('a show', () => {
  it(
    'goes on air once, counts its time, and is over',
    sandboxed(async (repo) => {
      const { episode, podcast, show } = await aShow(repo)
      assert.equal(liveStatus(show), 'pending')
      assert.equal(await endShow(repo, episode, NOW), undefined)

      const live = await goOnAir(repo, episode, later(31))
      assert.ok(live)
      assert.equal(await goOnAir(repo, episode, later(32)), undefined)
      assert.equal(liveElapsed(live, later(41)), 10 * 60_000)
      assert.equal((await listOnAir(repo))[0]?.id, show.id)
      assert.deepEqual(await listUpcoming(repo, NOW, 5), [])

      const over = await endShow(repo, episode, later(61))
      assert.ok(over)
      assert.equal(liveStatus(over), 'ended')
      assert.equal(liveElapsed(over, later(999)), 30 * 60_000)
      assert.deepEqual(await listOnAir(repo), [])
      assert.equal((await listLiveItems(repo, podcast.id, later(62))).length, 1)
      assert.equal((await listLiveItems(repo, podcast.id, later(62 + 24 * 60))).length, 0)
    }),
  )

  it(
    'goes on air by itself at its time, if it is still meant to',
    sandboxed(async (repo) => {
      const { episode, show } = await aShow(repo, { startsItself: true })
      const [job] = await listJobs(repo)
      assert.equal(job?.runAt.getTime(), later(30).getTime())

      const at = (asOf: Date) =>
        liveShowBegins.run({ repo, clock: () => asOf }, { showId: show.id })
      await at(later(29))
      assert.deepEqual(await listOnAir(repo), [])
      assert.equal((await listJobs(repo)).length, 1)
      await at(later(30))
      assert.equal((await listOnAir(repo)).length, 1)

      await repo.updateAll(from(LiveShow), { wentLiveAt: null })
      await planLiveShow(repo, episode, { ...SOON, startsItself: false }, { asOf: NOW })
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'is told of outside when it goes on air',
    sandboxed(async (repo) => {
      const { episode } = await aShow(repo)
      await repo.insertAll(WebhookEndpoint, [
        { url: 'https://example.com/hook', secret: 'x'.repeat(40), events: ['episode.live'] },
      ])

      await goOnAir(repo, episode, NOW)

      const [told] = await repo.all(WebhookDelivery)
      assert.equal(told?.event, 'episode.live')
    }),
  )

  it(
    'keeps what was said and marked, with how far it had come',
    sandboxed(async (repo) => {
      const { episode } = await aShow(repo)
      const person = await aPerson(repo, 'Ada')
      const before = await addLiveNote(repo, episode, person, { text: 'We begin soon.' }, NOW)
      assert.equal(await markChapter(repo, episode, { title: 'Too early' }, NOW), undefined)
      await goOnAir(repo, episode, NOW)
      const note = { text: 'The almanac', url: 'https://example.com/almanac' }
      await addLiveNote(repo, episode, person, note, later(5))
      const marked = await markChapter(repo, episode, { title: 'Tides' }, later(10))
      const wrong = await markChapter(repo, episode, { title: '' }, later(11))
      await endShow(repo, episode, later(20))

      assert.ok(before.ok && marked?.ok)
      assert.ok(wrong && !wrong.ok)
      assert.deepEqual(
        (await listLiveNotes(repo, episode.id)).map(({ text, atMs }) => [text, atMs]),
        [
          ['We begin soon.', null],
          ['The almanac', 5 * 60_000],
        ],
      )
      const [chapter, ...none] = await repo.all(Chapter)
      assert.deepEqual([chapter?.title, chapter?.startsMs], ['Tides', 10 * 60_000])
      assert.deepEqual(none, [])
    }),
  )

  it(
    'counts reactions',
    sandboxed(async (repo) => {
      const { episode } = await aShow(repo)
      await addReactions(repo, episode, 'clap', 3)
      assert.equal(await addReactions(repo, episode, 'clap', 4), 7)
      await addReactions(repo, episode, 'wow', 1)

      assert.deepEqual(await countReactions(repo, episode.id), { clap: 7, wow: 1 })
    }),
  )
})

describe('the chat', () => {
  const said = async (repo: Repo, episodeId: number) =>
    (await listChat(repo, episodeId)).map(({ text, person }) => [person?.name, text])

  it(
    'keeps what people say, in order, a part at a time',
    sandboxed(async (repo) => {
      const { episode } = await aShow(repo)
      const ada = await aPerson(repo, 'Ada')
      for (const text of ['one', 'two', 'three']) {
        assert.ok((await say(repo, episode, ada, { text }, NOW)).ok)
      }

      assert.deepEqual(await said(repo, episode.id), [
        ['Ada', 'one'],
        ['Ada', 'two'],
        ['Ada', 'three'],
      ])
      const [, second] = await listChat(repo, episode.id)
      const earlier = await listChat(repo, episode.id, { before: second?.id, count: 1 })
      assert.deepEqual(
        earlier.map(({ text }) => text),
        ['one'],
      )
      const refused = await say(repo, episode, ada, { text: ' ' }, NOW)
      assert.ok(!refused.ok)
    }),
  )

  it(
    'hides what was deleted, and keeps it',
    sandboxed(async (repo) => {
      const { episode } = await aShow(repo)
      const [ada, grace] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Grace')]
      const message = await say(repo, episode, ada, { text: 'rude' }, NOW)
      assert.ok(message.ok)

      assert.equal(await deleteMessage(repo, episode, message.value.id, grace, NOW), true)
      assert.equal(await deleteMessage(repo, episode, message.value.id, grace, NOW), false)
      await assert.rejects(
        deleteMessage(repo, { ...episode, id: 0 }, message.value.id, grace, NOW),
        { name: 'NotFoundError' },
      )

      assert.deepEqual(await said(repo, episode.id), [])
      assert.equal((await repo.all(ChatMessage))[0]?.deletedById, grace.id)
    }),
  )

  it(
    'lets nobody write who is muted, until they may again',
    sandboxed(async (repo) => {
      const { episode, podcast } = await aShow(repo)
      const [ada, grace] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Grace')]
      const write = (asOf: Date) => say(repo, episode, ada, { text: 'hello' }, asOf)
      const muting = { personId: ada.id, until: null }
      assert.equal(await mute(repo, podcast.id, muting, grace), undefined)
      await write(NOW)

      await mute(repo, podcast.id, { personId: ada.id, until: later(10) }, grace)
      await assert.rejects(write(NOW), { name: 'ChatError' })
      assert.equal((await listMuted(repo, podcast.id, NOW))[0]?.person.name, 'Ada')
      assert.ok((await write(later(10))).ok)

      await mute(repo, podcast.id, { personId: ada.id, until: null }, grace)
      await assert.rejects(write(later(1000)), { name: 'ChatError' })
      await unmute(repo, podcast.id, ada.id)
      assert.ok((await write(later(1001))).ok)
    }),
  )

  it(
    'makes people wait in slow mode, and nobody for what is refused',
    sandboxed(async (repo) => {
      const { episode } = await aShow(repo, { slowModeSeconds: 30 })
      const ada = await aPerson(repo, 'Ada')
      const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
      assert.ok(!(await say(repo, episode, ada, { text: '' }, NOW)).ok)
      assert.ok((await say(repo, episode, ada, { text: 'one' }, NOW)).ok)

      await assert.rejects(say(repo, episode, ada, { text: 'two' }, at(10)), {
        message: 'Wait 20 s before you write again.',
        retryAfterMs: 20_000,
      })
      assert.ok((await say(repo, episode, ada, { text: 'two' }, at(30))).ok)
      assert.ok((await say(repo, episode, await aPerson(repo, 'Bob'), { text: 'x' }, at(30))).ok)
    }),
  )

  it(
    'is closed when it is switched off, and when the show is over',
    sandboxed(async (repo) => {
      const { episode, show } = await aShow(repo, { chatEnabled: false })
      const ada = await aPerson(repo, 'Ada')
      await assert.rejects(say(repo, episode, ada, { text: 'x' }, NOW), { name: 'ChatError' })

      await repo.updateOrThrow(change(show, { chatEnabled: true }))
      await goOnAir(repo, episode, NOW)
      await endShow(repo, episode, NOW)
      await assert.rejects(say(repo, episode, ada, { text: 'x' }, NOW), {
        message: 'The chat is closed.',
      })
    }),
  )

  it(
    'goes with its episode',
    sandboxed(async (repo) => {
      const { episode } = await aShow(repo)
      await say(repo, episode, await aPerson(repo, 'Ada'), { text: 'x' }, NOW)
      await repo.deleteAll(from(Episode).where({ id: episode.id }))

      assert.equal(await repo.count(ChatMessage), 0)
    }),
  )
})
