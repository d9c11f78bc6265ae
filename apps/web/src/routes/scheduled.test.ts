import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { EpisodeHost } from '@showrunner/domain/episodes'
import { publishEpisode } from '@showrunner/domain/publishing'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { saveTranscript } from '@showrunner/domain/transcripts'
import { NOW, testApp } from '../testing/test-app.ts'

const MOMENT = new Date('2026-11-20T18:00:00.500Z')
const BEFORE = new Date(MOMENT.getTime() - 1)

/** An episode that is scheduled, after one that is out, and the site at a time that the test moves. */
async function aScheduledSite(repo: Repo) {
  let now = NOW
  const podcast = await aPodcast(repo)
  await anEpisode(repo, podcast, { slug: 'before' })
  const episode = await anEpisode(repo, podcast, {
    slug: 'scheduled',
    title: 'The scheduled one',
    summary: 'It comes.',
    published: false,
    publishedAt: null,
    audioBytes: 1,
    audioDuration: 1,
  })
  const { id: personId } = await aPerson(repo, 'Ada Byron')
  await repo.insertAll(EpisodeHost, [{ podcastId: podcast.id, episodeId: episode.id, personId }])
  const cue = { startsMs: 0, endsMs: 1000, speaker: null, text: 'Hello.' }
  const words = { url: null, type: 'text/vtt', language: null, rel: null, cues: [cue] }
  await saveTranscript(repo, episode, words)
  const published = await publishEpisode(repo, episode, { at: MOMENT }, NOW)
  assert.ok(published.ok)
  return { app: await testApp(repo, { clock: () => now }), at: (date: Date) => (now = date) }
}

describe('a scheduled episode', () => {
  it(
    'is on no page a millisecond before its time, and on every page at its time',
    sandboxed(async (repo) => {
      const { app, at } = await aScheduledSite(repo)
      const seen = async () => {
        const listed = [
          '/',
          '/local-time',
          '/local-time/before',
          '/person/ada-byron',
          '/local-time/feed',
        ]
        const own = ['', '/chapters.json', '/transcript.vtt', '/transcript.html']
        const lists = await Promise.all(
          listed.map(async (url) => /The scheduled one/.test((await app.inject(url)).body)),
        )
        const pages = await Promise.all(
          own.map(async (rest) => (await app.inject(`/local-time/scheduled${rest}`)).statusCode),
        )
        return [...lists, ...pages]
      }

      at(BEFORE)
      const before = await seen()
      at(MOMENT)
      const after = await seen()

      assert.deepEqual(before, [false, false, false, false, false, 404, 404, 404, 404])
      assert.deepEqual(after, [true, true, true, true, true, 200, 200, 200, 200])
    }),
  )

  it(
    'is told to readers who have the feed and the pages of the millisecond before',
    sandboxed(async (repo) => {
      const { app, at } = await aScheduledSite(repo)
      const urls = ['/', '/local-time', '/local-time/feed']
      at(BEFORE)
      const known = await Promise.all(urls.map((url) => app.inject(url)))
      const ask = (by: 'etag' | 'date') =>
        Promise.all(
          urls.map(async (url, index) => {
            const { headers } = known[index] ?? assert.fail('it was asked for')
            const asked =
              by === 'etag'
                ? { 'if-none-match': String(headers.etag) }
                : { 'if-modified-since': headers['last-modified'] ?? '' }
            return (await app.inject({ url, headers: asked })).statusCode
          }),
        )

      const unchanged = await ask('etag')
      at(MOMENT)

      assert.deepEqual(unchanged, [304, 304, 304])
      assert.deepEqual(await ask('etag'), [200, 200, 200])
      assert.deepEqual(await ask('date'), [200, 200, 200])
    }),
  )

  it(
    'is kept from nobody by a cache: what is kept runs out by its time, and what is not there is not kept',
    sandboxed(async (repo) => {
      const { app, at } = await aScheduledSite(repo)
      const keptAt = async (secondsBefore: number, url: string) => {
        at(new Date(MOMENT.getTime() - secondsBefore * 1000))
        return (await app.inject(url)).headers['cache-control']
      }

      assert.equal(await keptAt(3600, '/local-time/feed'), 'public, max-age=60')
      assert.equal(await keptAt(20, '/local-time/feed'), 'public, max-age=20')
      assert.equal(await keptAt(0.5, '/local-time/feed'), 'public, max-age=0')
      assert.equal(await keptAt(0, '/local-time/feed'), 'public, max-age=60')
      assert.equal(await keptAt(20, '/local-time/scheduled'), 'no-cache')
      assert.equal(await keptAt(20, '/local-time/scheduled/transcript.vtt'), 'no-cache')
      assert.equal(await keptAt(20, '/local-time'), 'no-cache')
    }),
  )
})
