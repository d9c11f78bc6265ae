import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { Chapter } from '@showrunner/domain/episodes'
import * as live from '@showrunner/domain/live'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from '../../../testing/assert-valid-html.ts'
import { inAdmin } from '../../../testing/in-admin.ts'
import { NOW } from '../../../testing/test-app.ts'

async function aDesk(repo: Repo) {
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { slug: 'noon', title: 'Noon', published: false })
  const host = await inAdmin(repo, { hostOf: [podcast] })
  const at = `/admin/podcasts/${podcast.id}/episodes/${episode.id}/live`
  return {
    podcast,
    episode,
    host,
    at,
    show: () => repo.getByOrThrow(live.LiveShow, { episodeId: episode.id }),
  }
}

const PLAN = {
  startsAt: '2026-11-20T18:00',
  plannedMinutes: '45',
  streamUrl: 'https://stream.example.com/live.m3u8',
  startsItself: 'false',
  chatEnabled: 'true',
  slowModeSeconds: '0',
}

describe('the desk of a live show', () => {
  it(
    'announces it, and keeps what was typed when something is wrong',
    sandboxed(async (repo) => {
      const { host, at, show } = await aDesk(repo)
      const empty = await host.get(at)
      assert.equal(empty.status, 200)
      await assertValidHtml(empty.html)

      const refused = await host.post(at, { ...PLAN, streamUrl: 'not an address', startsAt: '' })
      assert.equal(refused.status, 422)
      assert.match(refused.html, /value="not an address"/)
      assert.match(refused.html, /Begins can&#39;t be blank|Begins can't be blank/)
      await assertValidHtml(refused.html)

      const saved = await host.post(at, PLAN)
      assert.equal(saved.status, 303)
      assert.equal((await show()).startsAt.toISOString(), '2026-11-20T18:00:00.000Z')
      assert.equal((await show()).plannedMinutes, 45)
      const { html } = await host.get(at)
      await assertValidHtml(html)
      assert.match(html, /Announced<\/span> Begins/)
    }),
  )

  it(
    'goes on air, takes notes and chapters, and ends',
    sandboxed(async (repo) => {
      const { host, at, show, episode } = await aDesk(repo)
      await host.post(at, PLAN)
      await host.post(`${at}/begin`)
      assert.equal((await show()).wentLiveAt?.getTime(), NOW.getTime())

      await host.post(`${at}/notes`, { text: 'The almanac', url: 'https://example.com/a' })
      await host.post(`${at}/chapters`, { title: 'Tides' })
      const wrong = await host.post(`${at}/notes`, { text: '', url: 'here' })
      assert.equal(wrong.status, 422)
      assert.match(wrong.html, /value="here"/)
      const { html } = await host.get(at)
      await assertValidHtml(html)
      assert.match(html, /The almanac/)
      assert.match(html, /Tides/)
      const [note] = await live.listLiveNotes(repo, episode.id)
      await host.post(`${at}/notes/${note?.id}/delete`)
      assert.deepEqual(await live.listLiveNotes(repo, episode.id), [])

      await host.post(`${at}/end`)
      assert.ok((await show()).endedAt)
      assert.equal((await host.post(`${at}/cancel`)).status, 303)
      assert.equal(await repo.count(from(Chapter).where({ episodeId: episode.id })), 1)
      assert.match((await host.get(at)).html, /Over<\/span> Ended/)
    }),
  )

  it(
    'takes an announcement back',
    sandboxed(async (repo) => {
      const { host, at } = await aDesk(repo)
      await host.post(at, PLAN)
      await host.post(`${at}/cancel`)

      assert.equal(await repo.count(live.LiveShow), 0)
    }),
  )

  it(
    'looks after the chat',
    sandboxed(async (repo) => {
      const { host, at, episode, podcast } = await aDesk(repo)
      await host.post(at, PLAN)
      const rude = await aPerson(repo, 'Rude', { name: 'Rude <b>' })
      const said = await live.say(repo, episode, rude, { text: 'rude' }, NOW)
      assert.ok(said.ok)

      await host.post(`${at}/mute`, { personId: String(rude.id), minutes: '10' })
      assert.equal(await live.isMuted(repo, podcast.id, rude.id, NOW), true)
      const { html } = await host.get(at)
      await assertValidHtml(html)
      assert.match(html, /until 20 Nov 2026, 12:10 UTC/)
      await host.post(`${at}/unmute`, { personId: String(rude.id) })
      assert.equal(await live.isMuted(repo, podcast.id, rude.id, NOW), false)
      await host.post(`${at}/chat/${said.value.id}/delete`)
      assert.deepEqual(await live.listChat(repo, episode.id), [])
    }),
  )

  it(
    'is nobody else’s',
    sandboxed(async (repo) => {
      const { at, episode } = await aDesk(repo)
      const other = await inAdmin(repo, {
        hostOf: [await aPodcast(repo, { slug: 'other', title: 'Other' })],
      })

      assert.equal((await other.get(at)).status, 404)
      assert.equal((await other.post(at, PLAN)).status, 404)
      assert.equal(await repo.count(from(live.LiveShow).where({ episodeId: episode.id })), 0)
    }),
  )
})
