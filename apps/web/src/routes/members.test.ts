import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { change, from, type Repo } from '@showrunner/data'
import { readAudio } from '@showrunner/audio'
import * as memberFeeds from '@showrunner/domain/member-feeds'
import { Membership } from '@showrunner/domain/memberships'
import { deletePerson, mergePeople } from '@showrunner/domain/people'
import {
  aMember,
  anEpisode,
  aPerson,
  aPodcast,
  endMembership,
  sandboxed,
} from '@showrunner/domain/testing'
import { readFeed } from '@showrunner/feeds'
import { newKey } from '@showrunner/storage'
import { temporaryStorage } from '@showrunner/storage/testing'
import { type FastifyInstance } from 'fastify'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Parts } from '../parts.ts'
import { NOW, testApp } from '../testing/test-app.ts'

const SITE = 'https://radio.example'
const SOUND = Buffer.from('what only members hear')
const pathOf = (url: string | undefined) => String(url).replace(SITE, '')

/** A member with a feed, and an episode that has a recording for members. */
async function aFeed(repo: Repo, parts: Partial<Parts> = {}) {
  const storage = temporaryStorage()
  const key = newKey('episodes/1', 'mp3')
  await storage.put(key, Readable.from([SOUND]), { type: 'audio/mpeg' })
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { slug: 'noon', audioUrl: '/uploads/noon.mp3' })
  await storage.put('noon.mp3', Readable.from(['what all hear']), { type: 'audio/mpeg' })
  await repo.updateOrThrow(
    change(episode, {
      membersAudioUrl: `/uploads/${key}`,
      membersAudioType: 'audio/mpeg',
      membersAudioBytes: SOUND.length,
    }),
  )
  const ada = await aMember(repo, 'Ada')
  const made = await memberFeeds.createMemberFeed(repo, ada, { name: 'Mine' }, NOW)
  if (!made.ok) throw new Error('the fixture is refused')
  const app = await testApp(repo, { storage, ...parts })
  const url = `/members/${made.token}/feed`
  return { app, podcast, episode, ada, feed: made.value, token: made.token, url, key }
}

async function soundOf(app: FastifyInstance, url: string): Promise<string> {
  const { feed } = await readFeed((await app.inject(url)).rawPayload)
  return pathOf(feed.items[0]?.enclosure?.url)
}

describe('the private feed of a member', () => {
  it(
    'is one reader’s: no cache between keeps it, and nothing lists it',
    sandboxed(async (repo) => {
      const { app, url } = await aFeed(repo)

      const { headers, rawPayload, statusCode } = await app.inject(url)
      const { feed } = await readFeed(rawPayload)

      assert.equal(statusCode, 200)
      assert.equal(headers['content-type'], 'application/rss+xml; charset=utf-8')
      assert.equal(headers['cache-control'], 'private, no-cache')
      assert.equal(headers['cdn-cache-control'], 'no-store')
      assert.equal(headers['surrogate-control'], 'no-store')
      assert.equal(headers['x-robots-tag'], 'noindex, nofollow')
      assert.equal(headers['referrer-policy'], 'no-referrer')
      assert.equal(headers['access-control-allow-origin'], undefined)
      assert.equal(headers['link'], undefined)
      assert.equal(feed.selfUrl, SITE + url)
      assert.equal(feed.blocked, true)
    }),
  )

  it(
    'is not sent again to a reader who has it, and comes compressed',
    sandboxed(async (repo) => {
      const { app, podcast, url } = await aFeed(repo)
      for (const slug of ['a', 'b', 'c', 'd']) await anEpisode(repo, podcast, { slug })

      const plain = await app.inject(url)
      const head = await app.inject({ method: 'HEAD', url })
      const gzip = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } })
      const known = { 'if-none-match': String(gzip.headers.etag) }
      const again = await app.inject({ url, headers: known })
      await anEpisode(repo, podcast, { slug: 'latest' })
      const changed = await app.inject({ url, headers: known })

      assert.equal(gunzipSync(gzip.rawPayload).toString(), plain.body)
      assert.deepEqual([head.statusCode, head.body], [200, ''])
      assert.equal(head.headers.etag, plain.headers.etag)
      assert.deepEqual([again.statusCode, again.body], [304, ''])
      assert.equal(again.headers['cache-control'], 'private, no-cache')
      assert.equal(changed.statusCode, 200)
    }),
  )

  it(
    'is nowhere for a stranger who guesses, and they have to wait soon',
    sandboxed(async (repo) => {
      const { app, url, feed } = await aFeed(repo)
      const guess = (path: string) => app.inject({ url: path, remoteAddress: '203.0.113.9' })

      const wrong = [
        `/members/${'A'.repeat(22)}/feed`,
        `/members/${feed.id}/feed`,
        `/members/${feed.tokenHash}/feed`,
        url.replace(/.\/feed$/, '_/feed').replace('__', '-_'),
        `/members/${feed.id}-${'A'.repeat(22)}/audio/1.mp3`,
        `/members/1-../audio/1.mp3`,
        '/members/x/audio/silence.mp3',
        `${url}/`,
        url.replace('/feed', ''),
      ]
      for (const path of wrong) {
        const answer = await guess(path)
        assert.equal(answer.statusCode, 404, path)
        assert.equal(answer.headers['cache-control'], 'private, no-store', path)
        assert.doesNotMatch(answer.body, /noon/, path)
      }
      for (let count = wrong.length; count < 60; count += 1)
        await guess(`/members/no-${count}/feed`)

      const waiting = await guess('/members/another/feed')
      assert.equal(waiting.statusCode, 429)
      assert.ok(Number(waiting.headers['retry-after']) > 0)
      assert.equal((await guess(url)).statusCode, 200)
    }),
  )

  it(
    'stops at the old address when there is another, with its sound',
    sandboxed(async (repo) => {
      const { app, url, feed } = await aFeed(repo)
      const sound = await soundOf(app, url)
      assert.equal((await app.inject(sound)).statusCode, 200)

      const token = await memberFeeds.rotateAddress(repo, feed, NOW)

      assert.equal((await app.inject(url)).statusCode, 404)
      assert.equal((await app.inject(sound)).statusCode, 404)
      assert.equal((await app.inject(`/members/${token}/feed`)).statusCode, 200)
    }),
  )

  it(
    'explains itself after the membership, in an item that apps show, and is whole again after a return',
    sandboxed(async (repo) => {
      const { app, url, ada } = await aFeed(repo)
      const sound = await soundOf(app, url)
      const etag = String((await app.inject(url)).headers.etag)

      await endMembership(repo, ada, NOW)
      const ended = await app.inject({ url, headers: { 'if-none-match': etag } })
      const { feed } = await readFeed(ended.rawPayload)
      const over = await app.inject({ url: sound, headers: { range: 'bytes=0-3' } })
      const silence = await app.inject(pathOf(feed.items[0]?.enclosure?.url))

      assert.equal(ended.statusCode, 200)
      assert.equal(feed.items.length, 1)
      assert.match(feed.items[0]?.title ?? '', /Your membership of .+ has ended/)
      assert.equal(over.statusCode, 410)
      assert.equal(over.headers['cache-control'], 'private, no-store')
      assert.match(over.body, /~\/feeds/)
      assert.equal(silence.rawPayload.length, feed.items[0]?.enclosure?.length)
      const path = join(mkdtempSync(join(tmpdir(), 'silence-')), 'silence.mp3')
      writeFileSync(path, silence.rawPayload)
      assert.equal(Math.round((await readAudio(path)).durationMs / 1000), 4)

      await repo.updateAll(from(Membership).where({ personId: ada.id }), { status: 'active' })
      assert.equal((await app.inject({ url, headers: { 'if-none-match': etag } })).statusCode, 304)
      assert.equal((await app.inject(sound)).body, SOUND.toString())
    }),
  )

  it(
    'goes on with whom its owner is merged into, and is gone with an owner who is deleted',
    sandboxed(async (repo) => {
      const { app, url, ada } = await aFeed(repo)
      const sound = await soundOf(app, url)
      const grace = await aPerson(repo, 'Grace')

      await mergePeople(repo, {}, { gone: ada, kept: grace }, NOW)
      assert.match((await app.inject(url)).body, /noon/)
      assert.equal((await app.inject(sound)).body, SOUND.toString())

      await deletePerson(repo, {}, grace)
      assert.equal((await app.inject(url)).statusCode, 404)
      assert.equal((await app.inject(sound)).statusCode, 404)
    }),
  )

  it(
    'lets nobody hear through it what it does not have: another feed’s key, a draft, a show left out',
    sandboxed(async (repo) => {
      const { app, url, podcast, episode, feed } = await aFeed(repo)
      const sound = await soundOf(app, url)
      const eve = await aMember(repo, 'Eve')
      const other = await memberFeeds.createMemberFeed(repo, eve, { name: 'Hers' }, NOW)
      assert.ok(other.ok)
      const [, , key = ''] = sound.split('/')
      const else1 = await anEpisode(repo, podcast, { slug: 'else' })
      const statusOf = async (path: string) => (await app.inject(path)).statusCode

      const anothers = key.replace(/^\d+/, String(other.value.id))
      assert.equal(await statusOf(sound.replace(key, anothers)), 404)
      assert.equal(await statusOf(sound.replace(`${episode.id}.mp3`, `${else1.id}.mp3`)), 404)

      const another = await aPodcast(repo, { slug: 'another', title: 'Another' })
      const chosen = { allPodcasts: 'false', podcasts: [another.id] }
      assert.ok((await memberFeeds.updateMemberFeed(repo, feed, chosen)).ok)
      assert.equal(await statusOf(sound), 404)

      assert.ok((await memberFeeds.updateMemberFeed(repo, feed, { allPodcasts: 'true' })).ok)
      await repo.updateOrThrow(change(episode, { published: false }))
      assert.equal(await statusOf(sound), 404)
    }),
  )

  for (const storagePublicUrl of [undefined, 'https://cdn.example']) {
    it(
      `has sound that is sent whole, in part and as a head, to nobody’s cache, with other files at ${storagePublicUrl ?? 'the site'}`,
      sandboxed(async (repo) => {
        const where = storagePublicUrl === undefined ? {} : { storagePublicUrl }
        const { app, url, key } = await aFeed(repo, where)
        const sound = await soundOf(app, url)
        const ask = (method: 'GET' | 'HEAD', headers: Record<string, string> = {}) =>
          app.inject({ method, url: sound, headers })

        const [whole, head] = [await ask('GET'), await ask('HEAD')]
        const part = await ask('GET', { range: 'bytes=5-8' })
        const beyond = await ask('GET', { range: 'bytes=500-' })
        const again = await ask('GET', { 'if-none-match': String(whole.headers.etag) })

        assert.match(sound, /^\/members\/\d+-[\w-]{22}\/audio\/\d+\.mp3$/)
        assert.equal(whole.body, SOUND.toString())
        assert.deepEqual([head.body, head.headers['content-length']], ['', String(SOUND.length)])
        assert.deepEqual([part.statusCode, part.body], [206, 'only'])
        assert.deepEqual([beyond.statusCode, again.statusCode], [416, 304])
        for (const { headers } of [whole, head, part, beyond, again]) {
          assert.match(String(headers['cache-control']), /^private, no-(cache|store)$/)
          assert.equal(headers['x-robots-tag'], 'noindex, nofollow')
          assert.ok(!JSON.stringify(headers).includes(key))
        }
      }),
    )
  }

  it(
    'leads to the sound that everybody hears where the owner wants that, or there is no other',
    sandboxed(async (repo) => {
      const { app, url, feed, podcast } = await aFeed(repo)
      await memberFeeds.updateMemberFeed(repo, feed, { membersAudio: 'false' })
      assert.equal((await app.inject(await soundOf(app, url))).body, 'what all hear')

      await anEpisode(repo, podcast, { slug: 'else', publishedAt: '2026-04-01T00:00:00Z' })
      const away = await app.inject(await soundOf(app, url))

      assert.equal(away.statusCode, 302)
      assert.equal(away.headers.location, 'https://audio.example/else.mp3')
      assert.equal(away.headers['referrer-policy'], 'no-referrer')
    }),
  )

  it(
    'is the only place that knows the recording for members',
    sandboxed(async (repo) => {
      const { app, key } = await aFeed(repo)
      const secret = key.split('/').at(-1) ?? key

      const pages = ['/', '/podcasts', '/local-time', '/local-time/noon', '/local-time/feed']
      for (const page of pages) {
        const { body, headers, statusCode } = await app.inject(page)
        assert.equal(statusCode, 200, page)
        assert.ok(!`${body}${JSON.stringify(headers)}`.includes(secret), page)
      }
    }),
  )

  it(
    'leaves its key in no log',
    sandboxed(async (repo) => {
      const lines: string[] = []
      const stream = { write: (line: string) => void lines.push(line) }
      const { app, url, token } = await aFeed(repo, { logger: { level: 'trace', stream } })
      const sound = await soundOf(app, url)
      await app.inject(sound)
      await app.inject(`/members/${token}/nowhere`)
      await app.inject(`/Members/${token}/feed`)
      await app.inject(`//members//${token}/feed/`)
      await app.inject(`/members/${token}`)

      const [, , key = ''] = sound.split('/')
      assert.ok(lines.length >= 7)
      assert.ok(lines.every((line) => !line.includes(token) && !line.includes(key)))
    }),
  )
})
