import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseFeed as parseWithFeedsmith } from 'feedsmith'
import { parseFeed as parseWithPartytime } from 'podcast-partytime'
import RssParser from 'rss-parser'
import { SaxesParser } from 'saxes'
import { type FeedDraft, type LiveItemDraft, readFeed, writeFeed } from '../index.ts'

const SHOW: LiveItemDraft = {
  status: 'live',
  startsAt: new Date('2026-11-20T18:00:00Z'),
  endsAt: new Date('2026-11-20T19:00:00Z'),
  guid: 'e32b4890-983b-4ce5-8b46-f2d6bc1d8819',
  title: 'Two bells & <one> clock',
  link: 'https://radio.example/local-time/noon',
  enclosure: { url: 'https://stream.example/live.mp3?a=1&b=2', type: 'audio/mpeg', length: null },
  contentLinks: [{ url: 'https://radio.example/local-time/noon', text: 'Listen & chat along' }],
}

const feedWith = (show: LiveItemDraft): FeedDraft => ({
  title: 'Local Time',
  link: 'https://radio.example/local-time',
  description: 'Clocks',
  items: [
    {
      guid: 'one',
      title: 'One',
      enclosure: { url: 'https://radio.example/one.mp3', type: 'audio/mpeg', length: 10 },
    },
  ],
  liveItems: [show],
})

describe('a live show in a feed', () => {
  const xml = writeFeed(feedWith(SHOW))

  it('is well-formed, with its namespace', () => {
    const parser = new SaxesParser({ xmlns: true })
    parser.on('error', (error) => {
      throw error
    })
    parser.write(xml).close()
    assert.match(xml, /<podcast:liveItem status="live" start="2026-11-20T18:00:00.000Z" end="/)
  })

  it('reads back equal', async () => {
    const { feed, warnings } = await readFeed(xml)

    assert.deepEqual(warnings, [])
    // An enclosure says how long it is; a stream is not.
    const enclosure = { ...SHOW.enclosure, length: feed.liveItems[0]?.enclosure?.length }
    assert.partialDeepStrictEqual(feed.liveItems, [{ ...SHOW, enclosure }])
    assert.equal(feed.items.length, 1)
  })

  it('is read by podcast-partytime in each state', () => {
    for (const status of ['pending', 'live', 'ended'] as const) {
      const [item] =
        parseWithPartytime(writeFeed(feedWith({ ...SHOW, status })))?.podcastLiveItems ?? []
      assert.ok(item)
      assert.equal(item.status, status)
      assert.equal(item.guid, SHOW.guid)
      assert.deepEqual([item.start, item.end], [SHOW.startsAt, SHOW.endsAt])
      assert.equal(item.enclosure.url, SHOW.enclosure?.url)
      assert.equal(item.contentLinks[0]?.url, SHOW.link)
    }
  })

  it('is read by feedsmith', () => {
    const read = parseWithFeedsmith(xml)

    assert.equal(read.format, 'rss')
    const [item] = read.feed.podcast?.liveItems ?? []
    assert.equal(item?.status, 'live')
    assert.equal(item.contentLinks?.[0]?.href, SHOW.link)
  })

  it('is no episode to who does not know it', async () => {
    const read = await new RssParser().parseString(xml)

    assert.deepEqual(
      read.items.map(({ guid }) => guid),
      ['one'],
    )
  })
})
