import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import FeedParser from 'feedparser'
import { parseFeed as parseWithFeedsmith, parseJsonFeed, parseOpml } from 'feedsmith'
import { parseFeed as parseWithPartytime } from 'podcast-partytime'
import RssParser from 'rss-parser'
import { readFeed, writeFeed, writeJsonFeed, writeOpml, writePodloveChapters } from '../index.ts'
import { A_FULL_FEED, assertWellFormed } from '../testing/index.ts'

const XML = writeFeed(A_FULL_FEED)
const TITLES = A_FULL_FEED.items.map(({ title }) => title)
const GUIDS = A_FULL_FEED.items.map(({ guid }) => guid)
const SOUNDS = A_FULL_FEED.items.map(({ enclosure }) => enclosure?.url)

describe('a feed that says everything a feed can say', () => {
  it('reads back equal, every field of it', async () => {
    const { feed, warnings } = await readFeed(XML)

    assert.deepEqual(warnings, [])
    assert.deepEqual(feed, A_FULL_FEED)
  })

  it('is well-formed to a strict parser that knows namespaces', () => assertWellFormed(XML))

  it('has every feature by which podcast-partytime knows what apps can do', () => {
    const read = parseWithPartytime(XML)
    const known = Object.values(read?.pc20support ?? {}).flat()

    for (const feature of [
      'locked',
      'transcript',
      'funding',
      'chapters',
      'soundbite',
      'person',
      'location',
      'season',
      'episode',
      'guid',
      'alternateEnclosure',
      'value',
      'trailer',
      'license',
      'medium',
      'social-interact',
      'podroll',
      'txt',
    ]) {
      assert.ok(
        known.some(
          (name) =>
            name.toLowerCase().replace(/-/g, '') === feature.toLowerCase().replace(/-/g, ''),
        ),
        `${feature} is not among ${known.join(', ')}`,
      )
    }
    assert.deepEqual(
      read?.items.map((item) => item.guid),
      GUIDS,
    )
  })

  it('is read by rss-parser', async () => {
    const { title, items, itunes } = await new RssParser().parseString(XML)

    assert.deepEqual([title, itunes?.['author']], [A_FULL_FEED.title, A_FULL_FEED.author])
    assert.deepEqual(
      items.map((item) => [item.title, item.guid, item.enclosure?.url]),
      TITLES.map((one, at) => [one, GUIDS[at], SOUNDS[at]]),
    )
  })

  it('is read by feedsmith, which knows the podcast namespace', () => {
    const read = parseWithFeedsmith(XML)
    assert.equal(read.format, 'rss')
    const { podcast, items = [] } = read.feed

    assert.deepEqual(
      items.map((item) => [item.title, item.guid?.value, item.enclosures?.[0]?.url]),
      TITLES.map((one, at) => [one, GUIDS[at], SOUNDS[at]]),
    )
    assert.equal(podcast?.guid, A_FULL_FEED.guid)
    assert.equal(podcast?.updateFrequency?.rrule, A_FULL_FEED.updateFrequency?.rrule)
    assert.equal(items[0]?.podcast?.season?.name, 'Autumn flush')
    assert.equal(items[0]?.podcast?.episode?.display, '12½')
    assert.equal(items[0]?.podcast?.soundbites?.[0]?.display, 'Why it is green')
  })

  it('is read by feedparser, which finds the hub', async () => {
    const parser = Readable.from([XML]).pipe(new FeedParser({}))
    const items: FeedParser.Item[] = []
    for await (const item of parser) items.push(item)

    assert.deepEqual(
      items.map((item) => [item.title, item.guid, item.enclosures[0]?.url]),
      TITLES.map((one, at) => [one, GUIDS[at], SOUNDS[at]]),
    )
    assert.equal(parser.meta['cloud']?.href, A_FULL_FEED.hubUrls[0])
  })
})

describe('writeJsonFeed', () => {
  it('says the same in JSON Feed 1.1, as feedsmith reads it', () => {
    const read = parseJsonFeed(writeJsonFeed(A_FULL_FEED))

    assert.equal(read.title, A_FULL_FEED.title)
    assert.equal(read.feed_url, A_FULL_FEED.selfUrl)
    assert.equal(read.next_url, A_FULL_FEED.nextPageUrl)
    assert.deepEqual(
      read.items?.map(({ id, title }) => [id, title]),
      GUIDS.map((guid, at) => [guid, TITLES[at]]),
    )
    assert.deepEqual(read.items?.[0]?.attachments, [
      {
        url: 'https://tea.example/1.mp3',
        mime_type: 'audio/mpeg',
        size_in_bytes: 12_345_678,
        duration_in_seconds: 1830,
      },
    ])
    assert.deepEqual(
      read.items?.[0]?.authors?.map(({ name }) => name),
      ['Ben'],
    )
  })

  it('has its list of items where there is none, and no halves of signs', () => {
    const empty = JSON.parse(writeJsonFeed({ title: 'A\ud800b', items: [] }))

    assert.deepEqual(empty, {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'A\ufffdb',
      items: [],
    })
  })
})

describe('writeOpml', () => {
  it('lists feeds as feedsmith reads them, whatever is in their titles', () => {
    const opml = writeOpml({
      title: 'Tea & <more>',
      ownerName: 'Ann',
      feeds: [
        {
          title: 'Tea "at" Four\u0007',
          feedUrl: 'https://tea.example/feed?a=1&b=2',
          link: 'https://tea.example/',
          description: null,
          language: 'en',
        },
      ],
    })

    assertWellFormed(opml)
    const read = parseOpml(opml)
    assert.equal(read.head?.title, 'Tea & <more>')
    assert.deepEqual(
      read.body?.outlines?.map(({ text, type, xmlUrl }) => [text, type, xmlUrl]),
      [['Tea "at" Four', 'rss', 'https://tea.example/feed?a=1&b=2']],
    )
  })
})

describe('writePodloveChapters', () => {
  it('is a document of its own', () => {
    const [episode] = A_FULL_FEED.items
    const xml = writePodloveChapters(episode?.inlineChapters ?? [])

    assertWellFormed(xml)
    assert.match(xml, /<psc:chapter start="00:01:01.500" title="At home"\/>/)
  })
})
