import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import {
  type AlternateEnclosure,
  type Feed,
  type FeedDraft,
  type Image,
  readFeed,
  writeFeed,
} from '@showrunner/feeds'
import { assertWellFormed } from '@showrunner/feeds/testing'
import * as fc from 'fast-check'
import { getFeed } from '../feed/index.ts'
import { OUTSIDE, sandboxed } from '../testing/index.ts'
import { importPodcast } from './index.ts'
import { others } from './other-pictures.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

async function published(
  repo: Repo,
  xml: string,
): Promise<{ came: Feed; went: Feed; xml: string }> {
  const { feed: came } = await readFeed(xml)
  const options = { asOf: NOW, fetchDocuments: false }
  const first = await importPodcast(repo, { bytes: Buffer.from(xml) }, options)
  const again = await importPodcast(repo, { bytes: Buffer.from(xml) }, options)
  assert.deepEqual([again.outcome, again.episodes.updated], ['unchanged', 0])
  const written = writeFeed(await getFeed(repo, first.podcast.slug, NOW, OUTSIDE))
  assertWellFormed(written)
  const { feed: went, warnings } = await readFeed(written)
  assert.deepEqual(warnings, [])
  return { came, went, xml: written }
}

const words = fc
  .array(
    fc.constantFrom(
      'tea',
      '<b>',
      '&amp;',
      '&',
      ']]>',
      'עברית',
      '🫖',
      '"',
      "'",
      '\u0007',
      '\n',
      '%',
    ),
  )
  .map((parts) => `T ${parts.join(' ')} t`)
const option = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })
const web = fc.webUrl({ withQueryParameters: true })
const count = option(fc.integer({ min: 0, max: 999_999_999 }))

const image: fc.Arbitrary<Image> = fc.record({
  url: fc.oneof(web, fc.constant('https://tea.example/cover.png')),
  alt: option(words),
  type: option(fc.constantFrom('image/webp', 'video/mp4', 'what ever')),
  purpose: option(
    fc.constantFrom('artwork', 'social banner', 'ARTWORK', 'app/hero', 'artwork social'),
  ),
  aspectRatio: option(fc.constantFrom('1/1', '16/9', 'wide')),
  width: count,
  height: count,
})

const alternate: fc.Arbitrary<AlternateEnclosure> = fc.record({
  type: fc.constantFrom('audio/opus', 'video/mp4', 'whatever it is'),
  length: option(fc.integer({ min: 1, max: 2 ** 45 })),
  bitrate: option(fc.constantFrom(32_000, 160_707.74, 0.5)),
  height: count,
  language: option(fc.constantFrom('en', 'pt-BR', 'not a language')),
  title: option(words),
  rel: option(words),
  codecs: option(fc.constantFrom('opus', 'avc1.4d401f, mp4a.40.2')),
  isDefault: fc.boolean(),
  sources: fc.array(
    fc.record({
      uri: fc.oneof(web, fc.constantFrom('ipfs://bafy', 'magnet:?xt=urn:btih:a&dn="b"')),
      contentType: option(fc.constantFrom('application/x-bittorrent', 'a b')),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  integrity: option(fc.record({ type: fc.constantFrom('sri', 'pgp-signature'), value: words })),
})

const chat = option(
  fc.record({
    server: fc.constantFrom('irc.example', 'https://m.example/x', 'a b'),
    protocol: fc.constantFrom('irc', 'IRC', 'matrix'),
    accountId: option(words),
    space: option(fc.constantFrom('#tea', 'my room', '#tea:m.example')),
  }),
)

const feeds = fc.record({
  title: words,
  imageUrl: option(fc.constant('https://tea.example/cover.png')),
  images: fc.array(image, { maxLength: 3 }),
  chat,
  items: fc.array(
    fc.record({
      title: words,
      imageUrl: option(fc.constant('https://tea.example/cover.png')),
      images: fc.array(image, { maxLength: 3 }),
      alternateEnclosures: fc.array(alternate, { maxLength: 3 }),
      chat,
    }),
    { minLength: 1, maxLength: 2 },
  ),
})

type Drawn = typeof feeds extends fc.Arbitrary<infer T> ? T : never

// Each is another show: one that has the episodes of another would be taken for that.
function draftOf({ items, ...channel }: Drawn): FeedDraft {
  const show = randomUUID()
  return {
    ...channel,
    guid: show,
    items: items.map((item, number) => ({
      ...item,
      guid: `${show}-${number}`,
      publishedAt: NOW,
      enclosure: {
        url: `https://tea.example/${show}/${number}.mp3`,
        type: 'audio/mpeg',
        length: 10,
      },
    })),
  }
}

function said(feed: Feed) {
  return {
    images: others(feed.images, feed.imageUrl),
    chat: feed.chat,
    items: feed.items
      .map((item) => ({
        guid: item.guid,
        images: others(item.images, item.imageUrl),
        alternates: item.alternateEnclosures,
        chat: item.chat,
      }))
      .toSorted((a, b) => (a.guid < b.guid ? -1 : 1)),
  }
}

describe('pictures, other files and chats of any feed', () => {
  it(
    'go out as they came in, whatever is said of them, and change nothing the second time',
    sandboxed(async (repo) => {
      await fc.assert(
        fc.asyncProperty(feeds, async (drawn) => {
          const { came, went } = await published(repo, writeFeed(draftOf(drawn)))
          assert.deepEqual(said(went), said(came))
        }),
        { numRuns: 40 },
      )
    }),
  )
})
