import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseRssFeed } from 'feedsmith'
import partytime from 'podcast-partytime'
import RssParser from 'rss-parser'
import { visit, type Visitor } from './visit.ts'

export function feedJourneys(): void {
  describe('a podcast’s feed', () => {
    it(
      'reads the same in parsers that share nothing with ours',
      visit(async (visitor) => {
        const { xml } = await openFeed(visitor)

        const titles = [
          (await new RssParser().parseString(xml)).items.map(({ title }) => title),
          parseRssFeed(xml).items?.map(({ title }) => title),
          partytime.parseFeed(xml)?.items.map(({ title }) => title),
        ]

        assert.ok((titles[0]?.length ?? 0) >= 3)
        assert.deepEqual(titles[1], titles[0])
        assert.deepEqual(titles[2], titles[0])
      }),
    )

    it(
      'is not sent again to who has it, and answers HEAD as it answers GET',
      visit(async (visitor) => {
        const { address } = await openFeed(visitor)

        const first = await visitor.fetch(address)
        const etag = first.headers.get('etag') ?? ''
        const again = await visitor.fetch(address, { headers: { 'if-none-match': etag } })
        const head = await visitor.fetch(address, { method: 'HEAD' })

        assert.match(first.headers.get('content-type') ?? '', /^application\/rss\+xml/)
        assert.equal(again.status, 304)
        assert.equal(head.status, 200)
        assert.equal(head.headers.get('etag'), etag)
        assert.equal(first.headers.get('access-control-allow-origin'), '*')
      }),
    )

    it(
      'names audio that is there, as long as it says, in parts when asked',
      visit(async (visitor) => {
        const { xml } = await openFeed(visitor)
        const enclosures = [...xml.matchAll(/<enclosure url="([^"]+)" length="(\d+)"/g)]
        assert.ok(enclosures.length >= 3)

        for (const [, url = '', length] of enclosures) {
          const head = await visitor.fetch(url, { method: 'HEAD' })
          const part = await visitor.fetch(url, { headers: { range: 'bytes=10-19' } })
          const beyond = await visitor.fetch(url, { headers: { range: 'bytes=999999999-' } })

          assert.equal(head.headers.get('content-length'), length)
          assert.equal(head.headers.get('content-type'), 'audio/mpeg')
          assert.equal(part.status, 206)
          assert.equal((await part.arrayBuffer()).byteLength, 10)
          assert.equal(beyond.status, 416)
        }
      }),
    )

    it(
      'names chapters and transcripts that are there and say what they are',
      visit(async (visitor) => {
        const { xml } = await openFeed(visitor)
        const documents = [
          ...xml.matchAll(/<podcast:(?:chapters|transcript) url="([^"]+)" type="([^"]+)"/g),
        ]
        assert.ok(documents.length >= 4)

        for (const [, url = '', type = ''] of documents) {
          const response = await visitor.fetch(url)
          assert.equal(response.status, 200, url)
          assert.ok(response.headers.get('content-type')?.startsWith(type), `${url} is not ${type}`)
          assert.ok((await response.text()).length > 50)
        }
      }),
    )
  })
}

/** The feed of the first podcast on the page of all. */
async function openFeed({ site, fetch }: Visitor): Promise<{ address: string; xml: string }> {
  const podcasts = await (await fetch(`${site.url}/podcasts`)).text()
  const address = `${site.url}${/<h3[^>]*><a href="(\/[^"]+)"/.exec(podcasts)?.[1]}/feed`
  return { address, xml: await (await fetch(address)).text() }
}
