import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { readFeed } from '@showrunner/feeds'
import { aFullEpisode } from '../testing/a-full-episode.ts'
import { testApp } from '../testing/test-app.ts'

describe('the feed of a podcast', () => {
  it(
    'is RSS that names the site’s own addresses in full',
    sandboxed(async (repo) => {
      const { podcast } = await aFullEpisode(repo)
      const app = await testApp(repo)

      const response = await app.inject('/local-time/feed')
      const { feed } = await readFeed(response.rawPayload)

      assert.equal(response.headers['content-type'], 'application/rss+xml; charset=utf-8')
      assert.equal(response.headers['access-control-allow-origin'], '*')
      assert.equal(feed.title, podcast.title)
      assert.equal(feed.items.length, 3)
      const full = feed.items.find(({ title }) => title === podcast.title)
      assert.equal(full?.enclosure?.url, 'https://radio.example/uploads/full.mp3')
      assert.equal(full?.chapters?.url, 'https://radio.example/local-time/full/chapters.json')
      assert.deepEqual(
        full?.transcripts.map(({ url }) => url),
        ['vtt', 'srt', 'json', 'html'].map(
          (as) => `https://radio.example/local-time/full/transcript.${as}`,
        ),
      )
    }),
  )

  it(
    'is not sent again to a reader who has it',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const app = await testApp(repo)
      const { headers } = await app.inject('/local-time/feed')
      const etag = String(headers.etag)
      const since = String(headers['last-modified'])
      const ask = (known: Record<string, string>) =>
        app.inject({ url: '/local-time/feed', headers: known })

      const byTag = await ask({ 'if-none-match': etag })
      const byDate = await ask({ 'if-modified-since': since })
      await anEpisode(repo, podcast, { slug: 'newest' })
      const changed = await ask({ 'if-none-match': etag, 'if-modified-since': since })

      assert.match(etag, /^"[\w-]{27}"$/)
      assert.deepEqual([byTag.statusCode, byTag.body], [304, ''])
      assert.equal(byDate.statusCode, 304)
      assert.equal(changed.statusCode, 200)
    }),
  )

  it(
    'comes compressed to those who can read it so, each way with an ETag of its own',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      for (const slug of ['one', 'two', 'three']) await anEpisode(repo, podcast, { slug })
      const app = await testApp(repo)
      const url = '/local-time/feed'

      const plain = await app.inject(url)
      const gzip = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br;q=0' } })
      const brotli = await app.inject({ url, headers: { 'accept-encoding': 'gzip, deflate, br' } })
      const known = { 'if-none-match': String(brotli.headers.etag), 'accept-encoding': 'br' }
      const again = await app.inject({ url, headers: known })

      assert.equal(gunzipSync(gzip.rawPayload).toString(), plain.body)
      assert.equal(brotliDecompressSync(brotli.rawPayload).toString(), plain.body)
      const tags = [plain, gzip, brotli].map(({ headers }) => headers.etag)
      assert.equal(new Set(tags).size, 3)
      assert.equal(again.statusCode, 304)
    }),
  )

  it(
    'is written once for everybody who asks at the same time',
    sandboxed(async (repo) => {
      await aPodcast(repo)
      const app = await testApp(repo)
      let reads = 0
      repo.onQuery(({ sql }) => {
        if (sql.includes('from "episodes"')) reads += 1
      })

      await app.inject('/local-time/feed')
      const alone = reads
      await Promise.all(Array.from({ length: 10 }, () => app.inject('/local-time/feed')))

      assert.equal(reads, alone * 2)
    }),
  )

  it(
    'is missing where there is no such podcast',
    sandboxed(async (repo) => {
      assert.equal((await (await testApp(repo)).inject('/nothing/feed')).statusCode, 404)
    }),
  )
})
