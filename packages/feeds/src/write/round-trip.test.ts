import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import FeedParser from 'feedparser'
import { parseFeed as parseWithFeedsmith } from 'feedsmith'
import { parseFeed as parseWithPartytime } from 'podcast-partytime'
import RssParser from 'rss-parser'
import { readFeed, writeFeed, type FeedDraft, type ItemDraft } from '../index.ts'
import { assertWellFormed } from '../testing/index.ts'
import { collapse } from '../values.ts'
import { clean } from './xml.ts'

const NASTY = [
  '\u0000',
  '\u0007',
  '\u001b',
  '\u0085',
  '\ufffe',
  '\ud800',
  '\udc00',
  ']]>',
  '<![CDATA[',
  '&amp;',
  '&',
  '<b>',
  '"',
  "'",
  'עברית',
  '\u202e',
  '🫖',
  '👩‍👩‍👧',
  '\r\n',
  '\t',
  ' ',
  'é',
  'x',
]

const nasty = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 3 })))
  .map((parts) => parts.join(''))

/** A title as it must come back: without what XML forbids, on one line, and with a letter in it. */
const title = nasty.map((text) => `T${text}t`)
const cleanTitle = (text: string) => collapse(clean(text))

/** Letter for letter, with what would have to be escaped, and inner spaces. */
const guid = fc.string({ minLength: 1 }).map((text) => `g${text}&<>"/ ${text}g`)

const item = fc.record({
  title,
  guid,
  description: fc.option(nasty),
  contentHtml: fc.option(nasty),
  itunesTitle: fc.option(title),
  seasonName: fc.option(nasty),
  season: fc.integer({ min: 1, max: 99 }),
  durationSeconds: fc.option(fc.nat(100_000)),
  explicit: fc.option(fc.boolean()),
  publishedAt: fc.option(
    fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  ),
  images: fc.array(
    fc.record({
      url: fc.webUrl({ withQueryParameters: true }),
      alt: fc.option(nasty),
      type: fc.option(fc.constant('image/webp')),
      purpose: fc.option(nasty),
      aspectRatio: fc.option(fc.constant('16/9')),
      width: fc.option(fc.nat(3000)),
      height: fc.option(fc.nat(3000)),
    }),
    { maxLength: 2 },
  ),
  alternateEnclosures: fc.array(
    fc.record({
      type: fc.constant('audio/opus'),
      length: fc.option(fc.integer({ min: 1, max: 1e12 })),
      bitrate: fc.option(fc.constant(160_707.74)),
      height: fc.constant(null),
      language: fc.option(fc.constant('en')),
      title: fc.option(nasty),
      rel: fc.option(nasty),
      codecs: fc.option(fc.constant('opus')),
      isDefault: fc.boolean(),
      sources: fc.array(
        fc.record({
          uri: fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.constant('ipfs://bafy')),
          contentType: fc.option(nasty),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      integrity: fc.option(fc.record({ type: fc.constant('sri'), value: nasty })),
    }),
    { maxLength: 2 },
  ),
  chat: fc.option(
    fc.record({
      server: title,
      protocol: fc.constant('irc'),
      accountId: fc.option(nasty),
      space: fc.option(nasty),
    }),
  ),
  people: fc.array(
    fc.record({
      name: title,
      role: fc.constant('guest'),
      group: fc.constant('cast'),
      imageUrl: fc.option(fc.webUrl()),
      link: fc.option(fc.webUrl()),
    }),
  ),
  enclosure: fc.record({
    url: fc.webUrl({ withQueryParameters: true }),
    type: fc.constant('audio/mpeg'),
    length: fc.integer({ min: 1, max: 1e12 }),
  }),
})

const feeds = fc.record({
  title,
  author: nasty,
  items: fc.uniqueArray(item, { selector: ({ guid }) => guid, minLength: 1, maxLength: 4 }),
})

/** A text as it must come back: what XML forbids is gone, and what stood around it. */
const text = (value: string | null | undefined) => clean(value ?? '').trim() || null

function expected(item: ItemDraft) {
  return {
    title: cleanTitle(item.title),
    guid: item.guid,
    guidIsPermaLink: false,
    description: text(item.description),
    contentHtml: text(item.contentHtml),
    itunesTitle: item.itunesTitle == null ? null : cleanTitle(item.itunesTitle),
    seasonName: text(item.seasonName),
    durationSeconds: item.durationSeconds ?? null,
    explicit: item.explicit ?? null,
    publishedAt: item.publishedAt ? new Date(item.publishedAt.toUTCString()) : null,
    people: item.people?.map((person) => ({ ...person, name: cleanTitle(person.name) })),
    enclosure: item.enclosure,
  }
}

const law = (
  check: (feed: FeedDraft & { items: ItemDraft[] }, xml: string) => Promise<void> | void,
  numRuns: number,
) =>
  fc.assert(
    fc.asyncProperty(feeds, async (feed) => check(feed, writeFeed(feed))),
    { numRuns },
  )

describe('what writeFeed writes, whatever it is given', () => {
  it('is well-formed XML, the same each time', async () => {
    await law((feed, xml) => {
      assertWellFormed(xml)
      assert.equal(writeFeed(feed), xml)
    }, 200)
  })

  it('reads back equal', async () => {
    await law(async (feed, xml) => {
      const { feed: read, warnings } = await readFeed(xml)

      assert.deepEqual(warnings, [])
      assert.equal(read.title, cleanTitle(feed.title))
      assert.equal(read.author, text(feed.author))
      assert.deepEqual(
        read.items.map((item) => ({ ...item, ...expected(item) })),
        read.items,
      )
      assert.partialDeepStrictEqual(read.items, feed.items.map(expected))
    }, 200)
  })

  it('is read by rss-parser with the same titles, guids and enclosures', async () => {
    await law(async (feed, xml) => {
      const read = await new RssParser().parseString(xml)

      assert.deepEqual(
        read.items.map((item) => [collapse(item.title ?? ''), item.guid, item.enclosure?.url]),
        feed.items.map((item) => [cleanTitle(item.title), item.guid, item.enclosure?.url]),
      )
    }, 50)
  })

  it('is read by podcast-partytime with the same guids and enclosures, and none left out', async () => {
    await law((feed, xml) => {
      // It decodes twice: what looks like an entity when it was decoded once is another's text to it.
      fc.pre(feed.items.every(({ guid, enclosure }) => !/&#?\w/.test(guid + enclosure?.url)))
      const read = parseWithPartytime(xml)

      assert.deepEqual(
        read?.items.map((item) => [item.guid, item.enclosure.url]) ?? [],
        feed.items.map((item) => [item.guid, item.enclosure?.url]),
      )
    }, 50)
  })

  it('is read by feedsmith with the same titles, guids and enclosures', async () => {
    await law((feed, xml) => {
      const read = parseWithFeedsmith(xml)
      assert.equal(read.format, 'rss')

      assert.deepEqual(
        (read.feed.items ?? []).map((item) => [
          collapse(item.title ?? ''),
          item.guid?.value,
          item.enclosures?.[0]?.url,
        ]),
        feed.items.map((item) => [cleanTitle(item.title), item.guid, item.enclosure?.url]),
      )
    }, 50)
  })

  it('is read by feedparser with the same guids and enclosures', async () => {
    await law(async (feed, xml) => {
      const parser = Readable.from([xml]).pipe(new FeedParser({}))
      const read: FeedParser.Item[] = []
      for await (const item of parser) read.push(item)

      assert.deepEqual(
        read.map((item) => [item.guid.trim(), item.enclosures[0]?.url]),
        feed.items.map((item) => [item.guid, item.enclosure?.url]),
      )
    }, 50)
  })
})
