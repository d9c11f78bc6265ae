import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { aFeed, serving, sandboxed } from '../testing/index.ts'
import { type FeedSource, importPodcast } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

/** What is imported before, and must stand unchanged after. */
async function everything(repo: Repo): Promise<unknown> {
  return [
    await repo.all(from(Podcast).orderBy({ id: 'asc' })),
    await repo.all(from(Episode).orderBy({ id: 'asc' })),
    await repo.all(from(Person).orderBy({ id: 'asc' })),
  ]
}

const refuses = (source: FeedSource, message: RegExp) =>
  sandboxed(async (repo) => {
    const feed = aFeed({ items: [{ guid: 'one', more: '<podcast:person>Ada</podcast:person>' }] })
    await importPodcast(repo, { bytes: feed }, { asOf: NOW })
    const before = await everything(repo)

    await assert.rejects(importPodcast(repo, source, { asOf: NOW }), (error: Error) => {
      assert.match(error.message, message)
      assert.ok(!error.message.trim().includes('\n') && error.message.length < 500, error.message)
      return true
    })

    assert.deepEqual(await everything(repo), before)
  })

const document = (text: string) => ({ bytes: Buffer.from(text) })
const whole = aFeed({ items: [{ guid: 'one', title: 'Changed' }, { guid: 'two' }] })

const BOMB = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "${'ha'.repeat(50)}"><!ENTITY b "${'&a;'.repeat(50)}"><!ENTITY c "${'&b;'.repeat(50)}">]>
<rss version="2.0"><channel><title>&c;</title></channel></rss>`
const OUTSIDE = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>&x;</title></channel></rss>`

describe('a document that cannot be imported changes nothing', () => {
  it('when it is empty', refuses(document(''), /empty/))
  it('when it is a web page', refuses(document('<!DOCTYPE html><html><p>Hi'), /feed|HTML|page/i))
  it('when it is no text at all', refuses({ bytes: Buffer.from([0xff, 0xfe, 0, 1, 2]) }, /./))
  it('when it breaks off', refuses({ bytes: whole.subarray(0, whole.length - 40) }, /./))
  it('when it is a bomb of entities', refuses(document(BOMB), /entit|DOCTYPE/i))
  it('when it reaches for files', refuses(document(OUTSIDE), /entit|DOCTYPE/i))
  it(
    'when it is not in the encoding it says',
    refuses(
      {
        bytes: Buffer.concat([
          whole.subarray(0, -20),
          Buffer.from([0xc3, 0x28]),
          whole.subarray(-20),
        ]),
      },
      /UTF-8|encod/i,
    ),
  )
  it(
    'when there is no such file',
    refuses({ file: '/no/such/feed.xml' }, /feed\.xml: the file cannot be read/),
  )
  it('when it is no address', refuses({ url: 'feed.xml' }, /address/))
  it('when it is in this network', refuses({ url: 'http://127.0.0.1:9/feed' }, /127\.0\.0\.1/))
})

describe('an item that brings too much', () => {
  it(
    'is imported without what is too much',
    sandboxed(async (repo) => {
      const huge = `<content:encoded><![CDATA[${'<p>word</p>'.repeat(50_000)}]]></content:encoded>`
      const feed = aFeed({ items: [{ guid: 'one', more: huge }] })

      const { episodes, warnings } = await importPodcast(repo, { bytes: feed }, { asOf: NOW })

      assert.equal(episodes.created, 1)
      assert.match(warnings.join(), /"About one": its notes should be at most 500000 byte/)
      assert.equal((await repo.oneOrThrow(Episode)).notes, null)
    }),
  )
})

describe('a feed from an address', () => {
  it(
    'is known by it, also after it has moved for good',
    sandboxed(async (repo, t) => {
      const feed = (title: string) => aFeed({ title, items: [{ guid: 'one' }] })
      let title = 'First'
      const url = await serving(t, '/feed.xml', (request, response) => {
        if (request.url === '/old.xml') {
          response.writeHead(301, { location: '/feed.xml' }).end()
        } else response.end(feed(title))
      })
      const options = { asOf: NOW, allowPrivate: true }
      await importPodcast(repo, { url: url.replace('feed', 'old') }, options)

      title = 'Second'
      const again = await importPodcast(repo, { url }, options)

      assert.equal(again.outcome, 'updated')
      const podcast = await repo.oneOrThrow(Podcast)
      assert.deepEqual([podcast.title, podcast.slug, podcast.sourceUrl], ['Second', 'first', url])
    }),
  )

  it(
    'is the same podcast when its file was imported before',
    sandboxed(async (repo, t) => {
      const feed = aFeed({ items: [{ guid: 'one' }] })
      const url = await serving(t, '/feed.xml', (_request, response) => response.end(feed))
      await importPodcast(repo, { bytes: feed }, { asOf: NOW })

      const again = await importPodcast(repo, { url }, { asOf: NOW, allowPrivate: true })

      assert.equal(again.outcome, 'unchanged')
      assert.equal((await repo.oneOrThrow(Podcast)).sourceUrl, url)
    }),
  )

  it(
    'goes on where its pages say, round no circle, and ends at a page that is missing',
    sandboxed(async (repo, t) => {
      const page = (guid: string, next: string) =>
        aFeed({ more: `<atom:link rel="next" href="${next}"/>`, items: [{ guid }] })
      const pages: Record<string, Buffer> = {
        '/feed.xml': page('one', '/2.xml'),
        '/2.xml': page('two', '/3.xml'),
        '/3.xml': page('three', '/2.xml'),
      }
      const url = await serving(t, '/feed.xml', (request, response) => {
        const found = pages[request.url ?? '']
        if (found) response.end(found)
        else response.writeHead(404).end()
      })
      const options = { asOf: NOW, allowPrivate: true }

      const circle = await importPodcast(repo, { url }, options)
      assert.equal(circle.episodes.created, 3)

      pages['/2.xml'] = page('two', '/gone.xml')
      const torn = await importPodcast(repo, { url }, options)
      assert.equal(torn.episodes.unchanged, 2)
      assert.match(torn.warnings.join(), /a further page of the feed is missing: .*404/)
    }),
  )

  it(
    'is refused in one sentence when the server has none',
    sandboxed(async (repo, t) => {
      const url = await serving(t, '/feed.xml', (_request, response) =>
        response.writeHead(404).end('no'),
      )

      await assert.rejects(
        importPodcast(repo, { url }, { asOf: NOW, allowPrivate: true }),
        /feed\.xml: the server answered 404/,
      )
      assert.equal(await repo.count(Podcast), 0)
    }),
  )
})
