import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { pictureType } from '@showrunner/artwork'
import { picture } from '@showrunner/artwork/testing'
import { change, sql } from '@showrunner/data'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '@showrunner/domain/testing'
import { temporaryStorage } from '@showrunner/storage/testing'
import { type FastifyInstance } from 'fastify'
import { Readable } from 'node:stream'
import { page, testApp } from '../testing/test-app.ts'

const SIZES = {
  'share.jpg': [1200, 630],
  'share-square.jpg': [1080, 1080],
  'share-tall.jpg': [1080, 1920],
}

/** The sides of a JPEG, which stand in its frame header. */
function sidesOf(jpeg: Buffer): readonly number[] {
  for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const marker = jpeg.readUInt8(at + 1)
    if (marker >= 0xc0 && marker <= 0xc2)
      return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)]
  }
  throw new Error('no frame')
}

async function imageOf(app: FastifyInstance, url: string): Promise<string> {
  const { html } = await page(app, url)
  const [, image = ''] =
    /property="og:image" content="https:\/\/radio.example([^"]+)"/.exec(html) ?? []
  return image.replaceAll('&amp;', '&')
}

describe('what a page is shared with', () => {
  it(
    'is drawn for every kind of page, in three shapes',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const episode = await anEpisode(repo, podcast, { slug: 'one', title: 'The harbour clock' })
      const ada = await aPerson(repo, 'Ada Byron')
      await repo.run(
        sql`insert into episode_hosts (episode_id, podcast_id, person_id, position) values (${episode.id}, ${podcast.id}, ${ada.id}, 0)`,
      )
      await aPost(repo, ada, { slug: 'a-post', publishedAt: new Date('2026-02-01T00:00:00Z') })
      const app = await testApp(repo)
      const seen = new Set<string>()

      for (const url of [
        '/',
        '/local-time',
        '/local-time/one',
        '/person/ada-byron',
        '/posts/a-post',
      ]) {
        assert.ok(
          (await imageOf(app, url)).startsWith(`${url === '/' ? '' : url}/share.jpg?v=`),
          url,
        )
        for (const [file, sides] of Object.entries(SIZES)) {
          const drawn = await app.inject(`${url === '/' ? '' : url}/${file}`)
          assert.equal(drawn.statusCode, 200, `${url} ${file}`)
          assert.equal(drawn.headers['content-type'], 'image/jpeg')
          assert.equal(pictureType(drawn.rawPayload), 'jpeg')
          assert.deepEqual(sidesOf(drawn.rawPayload), sides)
          seen.add(createHash('sha256').update(drawn.rawPayload).digest('hex'))
        }
      }
      assert.equal(seen.size, 15, 'each is another')
    }),
  )

  it(
    'is kept for good at an address that changes with it, and not sent to who has it',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      const app = await testApp(repo)
      const before = await imageOf(app, '/local-time/one')
      const drawn = await app.inject(before)
      const etag = String(drawn.headers.etag)

      await repo.updateOrThrow(change(episode, { title: 'Another title' }))
      const after = await imageOf(app, '/local-time/one')
      const stale = await app.inject(before)
      const known = await app.inject({ url: after, headers: { 'if-none-match': etag } })
      const own = String(known.headers.etag)
      const again = await app.inject({ url: after, headers: { 'if-none-match': own } })
      const head = await app.inject({ method: 'HEAD', url: after })

      assert.equal(drawn.headers['cache-control'], 'public, max-age=31536000, immutable')
      assert.notEqual(after, before)
      assert.equal(stale.headers['cache-control'], 'public, max-age=300')
      assert.notDeepEqual(stale.rawPayload, drawn.rawPayload)
      assert.deepEqual([known.statusCode, again.statusCode, again.body], [200, 304, ''])
      assert.deepEqual([head.statusCode, head.body], [200, ''])
      assert.equal(head.headers['content-length'], String(known.rawPayload.length))
    }),
  )

  it(
    'has the artwork that was uploaded here, and is sent nowhere for another',
    sandboxed(async (repo) => {
      const storage = temporaryStorage()
      const red = await picture({ width: 1400, colour: '#ff0000' })
      await storage.put('covers/red.jpg', Readable.from([red]), { type: 'image/jpeg' })
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, {
        slug: 'here',
        title: 'Same',
        coverUrl: '/uploads/covers/red.jpg',
      })
      await anEpisode(repo, podcast, {
        slug: 'gone',
        title: 'Same',
        coverUrl: '/uploads/covers/no.jpg',
      })
      await anEpisode(repo, podcast, {
        slug: 'away',
        title: 'Same',
        coverUrl: 'http://127.0.0.1:9/x.jpg',
      })
      const app = await testApp(repo, { storage })
      const drawn = async (slug: string) =>
        (await app.inject(`/local-time/${slug}/share.jpg`)).rawPayload

      const [here, gone, away] = [await drawn('here'), await drawn('gone'), await drawn('away')]

      assert.notDeepEqual(here, gone)
      assert.deepEqual(gone, away)
    }),
  )

  it(
    'is not there for what nobody may see yet, nor for what is no page',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'draft', published: false })
      await anEpisode(repo, podcast, { slug: 'later', publishedAt: '2027-01-01T00:00:00Z' })
      const app = await testApp(repo)

      for (const url of ['/local-time/draft', '/local-time/later', '/nothing', '/podcasts']) {
        assert.equal((await app.inject(`${url}/share.jpg`)).statusCode, 404, url)
      }
    }),
  )

  it(
    'is drawn once, however many ask at a time',
    sandboxed(async (repo) => {
      await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      const storage = temporaryStorage()
      let opened = 0
      const open: typeof storage.open = (...asked) => {
        opened += 1
        return storage.open(...asked)
      }
      await repo.run(sql`update podcasts set cover_url = '/uploads/none.jpg'`)
      const app = await testApp(repo, { storage: { ...storage, open } })

      await Promise.all(Array.from({ length: 8 }, () => app.inject('/local-time/one/share.jpg')))

      assert.equal(opened, 1)
    }),
  )
})

describe('the icons of the network', () => {
  it(
    'are drawn, or made from its artwork, and named to phones',
    sandboxed(async (repo) => {
      const storage = temporaryStorage()
      const app = await testApp(repo, { storage })
      const plain = await app.inject('/icon-192.png')
      const red = await picture({ width: 1400, colour: '#ff0000' })
      await storage.put('covers/red.jpg', Readable.from([red]), { type: 'image/jpeg' })
      await repo.run(
        sql`update settings set cover_url = '/uploads/covers/red.jpg', title = 'Kept Radio'`,
      )

      const { html } = await page(app, '/')
      const [, icon = ''] = /rel="icon"[^>]*sizes="192x192" href="([^"]+)"/.exec(html) ?? []
      const drawn = await app.inject(icon)
      const manifest = await app.inject('/manifest.webmanifest')
      const listed: { name: string; icons: { src: string; sizes: string }[] } = manifest.json()

      assert.equal(pictureType(plain.rawPayload), 'png')
      assert.equal(drawn.rawPayload.readUInt32BE(16), 192)
      assert.notDeepEqual(drawn.rawPayload, plain.rawPayload)
      assert.match(String(manifest.headers['content-type']), /^application\/manifest\+json/)
      assert.equal(listed.name, 'Kept Radio')
      for (const { src, sizes } of listed.icons) {
        const { rawPayload } = await app.inject(src)
        assert.equal(`${rawPayload.readUInt32BE(16)}x${rawPayload.readUInt32BE(20)}`, sizes)
      }
      assert.equal((await app.inject('/apple-touch-icon.png')).rawPayload.readUInt32BE(16), 180)
      assert.deepEqual(
        [...(await app.inject('/favicon.ico')).rawPayload.subarray(0, 6)],
        [0, 0, 1, 0, 1, 0],
      )
    }),
  )
})
