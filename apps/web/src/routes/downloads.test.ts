import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { describe, it, type TestContext } from 'node:test'
import { change, from, type Repo } from '@showrunner/data'
import { DownloadCount, DownloadPiece, FeedAgent } from '@showrunner/domain/downloads'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { temporaryStorage } from '@showrunner/storage/testing'
import { type Parts } from '../parts.ts'
import { PUBLIC_URL, testApp } from '../testing/test-app.ts'

const ADDRESS = '/uploads/one.mp3'
const BYTES = 10_000
const AGENT = 'AntennaPod/3.4'

/** The site with an episode of ten minutes, a thousand bytes each. */
async function tenMinutes(repo: Repo, t: TestContext, parts: Partial<Parts> = {}) {
  const storage = temporaryStorage(t)
  await storage.put('one.mp3', Readable.from([Buffer.alloc(BYTES)]), { type: 'audio/mpeg' })
  const made = await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
  const audio = { audioUrl: ADDRESS, audioBytes: BYTES, audioDuration: 600 }
  await repo.updateOrThrow(change(made, audio))
  const app = await testApp(repo, { storage, ...parts })
  t.after(() => app.close())
  const ask = (headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
    app.inject({ url: ADDRESS, method, headers: { 'user-agent': AGENT, ...headers } })
  const counted = async () => {
    await app.downloads.flush()
    const rows = await repo.all(from(DownloadCount).orderBy({ way: 'asc', agent: 'asc' }))
    return rows.map(({ agent, way, downloads, estimated }) =>
      [agent, way, downloads, estimated ? 'estimated' : ''].join(' ').trim(),
    )
  }
  return { app, ask, counted }
}

describe('what is listened to', () => {
  it(
    'is counted once a minute of it was sent, in whichever parts',
    sandboxed(async (repo, t) => {
      const { ask, counted } = await tenMinutes(repo, t)

      await ask({ range: 'bytes=0-1' })
      await ask({ range: 'bytes=0-499' })
      assert.deepEqual(await counted(), [])
      await ask({ range: 'bytes=500-999' })
      assert.deepEqual(await counted(), ['AntennaPod app 1'])
      await ask()
      assert.deepEqual(await counted(), ['AntennaPod app 1'])
    }),
  )

  it(
    'is neither a look at it, nor what is fetched in advance, nor what somebody has already',
    sandboxed(async (repo, t) => {
      const { ask, counted } = await tenMinutes(repo, t)
      const { headers } = await ask({}, 'HEAD')

      await ask({ 'if-none-match': String(headers.etag) })
      await ask({ range: 'bytes=0-1' })
      await ask({ range: 'bytes=99999-' })
      await ask({ purpose: 'prefetch' })
      await ask({ 'sec-purpose': 'prefetch;prerender' })
      await ask({ 'user-agent': 'Googlebot/2.1' })
      await ask({ 'user-agent': '' })

      assert.deepEqual(await counted(), [])
      assert.equal(await repo.count(DownloadPiece), 0)
    }),
  )

  it(
    'says whether it was our player, and on whose pages',
    sandboxed(async (repo, t) => {
      const { ask, counted } = await tenMinutes(repo, t)

      await ask()
      await ask({ 'user-agent': 'Firefox/145.0', referer: `${PUBLIC_URL}/local-time/one` })
      await ask({ 'user-agent': 'Chrome/140.0', referer: `${PUBLIC_URL}/local-time/one/embed` })
      await ask({ 'user-agent': 'Safari/605', referer: 'https://elsewhere.example/' })

      assert.deepEqual(await counted(), [
        'AntennaPod app 1',
        'Safari app 1',
        'Chrome embed 1',
        'Firefox site 1',
      ])
    }),
  )

  it(
    'is estimated by what was asked for, where the file lies elsewhere',
    sandboxed(async (repo, t) => {
      const { ask, counted } = await tenMinutes(repo, t, {
        storagePublicUrl: 'https://files.example',
      })

      for (const range of ['bytes=0-1', 'bytes=-2', 'bytes=9500-', 'bytes=0-500']) {
        assert.equal((await ask({ range })).statusCode, 302)
      }
      assert.deepEqual(await counted(), [])
      await ask({ range: 'bytes=0-' })
      assert.deepEqual(await counted(), ['AntennaPod app 1 estimated'])
    }),
  )

  it(
    'is what went out of it over a real connection',
    sandboxed(async (repo, t) => {
      const { app, counted } = await tenMinutes(repo, t)
      const address = await app.listen({ port: 0, host: '127.0.0.1' })
      const headers = { 'user-agent': AGENT }
      const over = new Promise((resolve) =>
        app.server.once('request', (_asked, answer) => answer.once('close', resolve)),
      )

      const asked = get(`${address}${ADDRESS}`, { headers, agent: false })
      const [response] = (await once(asked, 'response')) as [IncomingMessage]
      response.resume()
      await over

      assert.deepEqual(await counted(), ['AntennaPod app 1'])
    }),
  )

  it(
    'stands nowhere in the way: where it cannot be counted, it is heard all the same',
    sandboxed(async (repo, t) => {
      const broken = Object.assign(Object.create(repo), {
        transaction: () => Promise.reject(new Error('no database')),
      }) as Repo
      const { app, ask } = await tenMinutes(broken, t)

      assert.equal((await ask()).statusCode, 200)
      await app.downloads.flush()
      assert.equal((await ask()).statusCode, 200)
      assert.equal(await repo.count(DownloadCount), 0)
    }),
  )
})

describe('what fetches a feed', () => {
  it(
    'is counted for its podcast, kept or not, and says its subscribers',
    sandboxed(async (repo, t) => {
      const { app } = await tenMinutes(repo, t)
      const headers = { 'user-agent': 'Overcast/1.0 (41 subscribers; feed-id=7)' }
      for (const url of ['/local-time/feed', '/local-time/feed', '/local-time/feed.json']) {
        assert.equal((await app.inject({ url, headers })).statusCode, 200)
      }
      await app.inject({ url: '/feed', headers })
      await app.downloads.flush()

      const rows = await repo.all(FeedAgent)
      assert.deepEqual(
        rows.map(({ agent, fetches, subscribers }) => [agent, fetches, subscribers]),
        [['Overcast', 3, 41]],
      )
    }),
  )
})
