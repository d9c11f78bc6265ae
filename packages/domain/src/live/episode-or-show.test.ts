import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, type Repo } from '@showrunner/data'
import { Chapter, Episode } from '../episodes/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import {
  addLiveNote,
  endShow,
  getEpisodeOrShow,
  goOnAir,
  listLiveItems,
  listUpcoming,
  markChapter,
  planLiveShow,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

async function anAnnounced(repo: Repo) {
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { slug: 'noon', published: false })
  const planned = await planLiveShow(
    repo,
    episode,
    { startsAt: later(30).toISOString() },
    { asOf: NOW },
  )
  assert.ok(planned.ok)
  const at = (minutes: number) => getEpisodeOrShow(repo, podcast.slug, 'noon', later(minutes))
  return { podcast, episode, at }
}

const NOT_FOUND = { name: 'NotFoundError' }

describe('at the address of an episode', () => {
  it(
    'is nothing of a draft without a show',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'noon', published: false })

      await assert.rejects(getEpisodeOrShow(repo, podcast.slug, 'noon', NOW), NOT_FOUND)
      await assert.rejects(getEpisodeOrShow(repo, podcast.slug, 'no-such', NOW), NOT_FOUND)
    }),
  )

  it(
    'is its show, for as long as it is announced, and from when it began until it is out',
    sandboxed(async (repo) => {
      const { at, episode, podcast } = await anAnnounced(repo)

      assert.equal((await at(30 + 359)).isOut, false)
      assert.equal((await listUpcoming(repo, later(30 + 359), 3)).length, 1)
      await assert.rejects(at(30 + 360), NOT_FOUND)
      assert.deepEqual(await listUpcoming(repo, later(30 + 360), 3), [])

      await goOnAir(repo, episode, later(40))
      assert.equal((await at(9999)).isOut, false)
      assert.equal((await listLiveItems(repo, podcast.id, later(9999))).length, 1)
      await endShow(repo, episode, later(100))
      assert.equal((await at(99_999)).isOut, false)
      await repo.updateAll(from(Episode), { published: true, publishedAt: later(200) })
      assert.equal((await at(199)).isOut, false)
      assert.equal((await at(200)).isOut, true)
    }),
  )

  it(
    'are the notes of its show, and the chapters marked in it; what is prepared besides only once it is out',
    sandboxed(async (repo) => {
      const { at, episode } = await anAnnounced(repo)
      const ada = await aPerson(repo, 'Ada')
      const prepared = { title: 'Prepared', startsMs: 0, position: 0, insertedAt: NOW }
      await repo.insertOrThrow(
        build(Chapter, { ...prepared, episodeId: episode.id, podcastId: episode.podcastId }),
      )
      await goOnAir(repo, episode, later(30))
      await addLiveNote(repo, episode, ada, { text: 'The almanac' }, later(31))
      await markChapter(repo, episode, { title: 'Tides' }, later(32))

      const during = await at(33)
      assert.ok(!during.isOut)
      assert.deepEqual(
        during.chapters.map(({ title, startsMs }) => [title, startsMs]),
        [['Tides', 120_000]],
      )
      assert.deepEqual(
        during.live.notes.map(({ text, atMs }) => [text, atMs]),
        [['The almanac', 60_000]],
      )

      await repo.updateAll(from(Episode), { published: true, publishedAt: later(33) })
      const out = await at(34)
      assert.ok(out.isOut)
      assert.equal(out.live?.notes.length, 1)
      assert.equal(out.shown.episode.chapters.length, 2)
    }),
  )
})
