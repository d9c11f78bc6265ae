import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo } from '@showrunner/data'
import { Chapter, Episode } from '@showrunner/domain/episodes'
import { updatePodcast } from '@showrunner/domain/podcasts'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { aFullEpisode } from '../../../testing/a-full-episode.ts'
import { assertValidHtml } from '../../../testing/assert-valid-html.ts'
import { inAdmin } from '../../../testing/in-admin.ts'

async function aHostsEpisode(repo: Repo) {
  const podcast = await aPodcast(repo)
  const made = await updatePodcast(repo, podcast, { youtubeTemplate: '{title}\n\n{chapters}' })
  assert.ok(made.ok)
  const episode = await anEpisode(repo, podcast, { slug: 'noon', title: 'High <Noon>' })
  const of = { episodeId: episode.id, podcastId: podcast.id }
  await repo.insertOrThrow(build(Chapter, { ...of, startsMs: 0, title: 'Hello' }))
  await repo.insertOrThrow(build(Chapter, { ...of, startsMs: 60_000, title: 'Tides', position: 1 }))
  const host = await inAdmin(repo, { hostOf: [podcast] })
  const at = `/admin/podcasts/${podcast.id}/episodes/${episode.id}/youtube`
  return { host, at, stored: () => repo.getOrThrow(Episode, episode.id) }
}

const textIn = (html: string) => />([^<]*)<\/textarea>/.exec(html)?.[1]

describe('the page of an episode’s video', () => {
  it(
    'shows the text to copy, by the template of the podcast',
    sandboxed(async (repo) => {
      const { host, at } = await aHostsEpisode(repo)

      const { status, html } = await host.get(at)

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.equal(textIn(html), 'High ‹Noon›\n\n0:00 Hello\n1:00 Tides')
      assert.match(html, /YouTube shows chapters only where there are at least three/)
      assert.doesNotMatch(html, /Change its template/)
    }),
  )

  it(
    'moves the chapters by what the video begins earlier',
    sandboxed(async (repo) => {
      const { host, at } = await aHostsEpisode(repo)

      const { status, html } = await host.post(at, { offset: '0:30', markers: '' })

      assert.equal(status, 200)
      assert.match(textIn(html) ?? '', /0:00 Beginning\n0:30 Hello\n1:30 Tides$/)
      assert.match(html, /name="offset" type="text" value="0:30"/)
    }),
  )

  it(
    'takes the markers of the video instead, and stores nothing of them',
    sandboxed(async (repo) => {
      const { host, at, stored } = await aHostsEpisode(repo)
      const before = await stored()

      const { html } = await host.post(at, { markers: '0:00 Titles\n0:20 Shore\n2:00 Boat' })

      assert.match(textIn(html) ?? '', /0:00 Titles\n0:20 Shore\n2:00 Boat$/)
      assert.equal((await repo.all(Chapter)).length, 2)
      assert.deepEqual(await stored(), before)
    }),
  )

  it(
    'says what of it cannot be read, and where',
    sandboxed(async (repo) => {
      const { host, at } = await aHostsEpisode(repo)

      const { status, html } = await host.post(at, { offset: 'soon', markers: 'no time at all' })

      assert.equal(status, 422)
      await assertValidHtml(html)
      assert.match(html, /<a href="#f-offset">That is no time/)
      assert.match(html, /<a href="#f-markers">Line 1:/)
    }),
  )

  it(
    'keeps the address of the video, to which the page of the episode leads',
    sandboxed(async (repo) => {
      const { host, at, stored } = await aHostsEpisode(repo)

      const saved = await host.post(`${at}/address`, { youtubeUrl: 'https://youtu.be/dQw4w9WgXcQ' })
      const refused = await host.post(`${at}/address`, { youtubeUrl: 'https://elsewhere.example' })

      assert.deepEqual([saved.status, saved.headers['location']], [303, at])
      assert.equal((await stored()).youtubeUrl, 'https://www.youtube.com/watch?v=dQw4w9WgXcQ')
      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      const page = (await host.app.inject('/local-time/noon')).body
      assert.match(
        page,
        /href="https:\/\/www\.youtube\.com\/watch\?v=dQw4w9WgXcQ"[^>]*>Watch the video/,
      )
    }),
  )

  it(
    'is safe whatever the episode says, and hidden from who does not work on it',
    sandboxed(async (repo) => {
      const { podcast, episode } = await aFullEpisode(repo)
      const at = `/admin/podcasts/${podcast.id}/episodes/${episode.id}/youtube`
      const admin = await inAdmin(repo, { admin: true })
      const other = await inAdmin(repo, { hostOf: [await aPodcast(repo, { slug: 'other' })] })

      const { html } = await admin.get(at)

      await assertValidHtml(html)
      assert.doesNotMatch(html, /<script>alert/)
      assert.match(html, /Change its template/)
      assert.equal((await other.get(at)).status, 404)
    }),
  )
})
