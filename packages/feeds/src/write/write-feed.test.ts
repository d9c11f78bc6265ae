import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { feedChunks, writeFeed, type FeedDraft, type ItemDraft } from '../index.ts'

const item: ItemDraft = {
  guid: 'tea-1',
  title: 'Leaves & <bags>',
  publishedAt: new Date('2026-01-02T03:04:05Z'),
  enclosure: { url: 'https://a.example/1.mp3?a=1&b=2', type: 'audio/mpeg', length: 1234 },
  durationSeconds: 3723.4,
  season: 1,
  seasonName: 'Green',
  episode: 2,
  explicit: false,
  contentHtml: '<p>See ]]> there</p>',
}

const feed: FeedDraft = {
  title: 'Tea at Four',
  link: 'https://a.example',
  selfUrl: 'https://a.example/feed',
  description: 'All about tea',
  imageUrl: 'https://a.example/art.png',
  categories: [{ name: 'Arts', subcategory: 'Food' }],
  explicit: false,
  guid: 'c90e609a-df1e-596a-bd5e-57bcc8aad6cc',
  locked: true,
  lockedOwner: 'ann@a.example',
  people: [{ name: 'Ann', role: 'host', group: 'cast', imageUrl: null, link: null }],
  items: [item],
}

describe('writeFeed', () => {
  it('writes what podcast apps read', () => {
    assert.equal(
      writeFeed(feed),
      `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel>
<title>Tea at Four</title>
<link>https://a.example</link>
<atom:link rel="self" href="https://a.example/feed" type="application/rss+xml"/>
<description>All about tea</description>
<itunes:explicit>false</itunes:explicit>
<itunes:image href="https://a.example/art.png"/>
<itunes:category text="Arts">
<itunes:category text="Food"/>
</itunes:category>
<podcast:guid>c90e609a-df1e-596a-bd5e-57bcc8aad6cc</podcast:guid>
<podcast:locked owner="ann@a.example">yes</podcast:locked>
<podcast:person role="host" group="cast">Ann</podcast:person>
<item>
<title>Leaves &amp; &lt;bags&gt;</title>
<guid isPermaLink="false">tea-1</guid>
<pubDate>Fri, 02 Jan 2026 03:04:05 GMT</pubDate>
<enclosure url="https://a.example/1.mp3?a=1&amp;b=2" length="1234" type="audio/mpeg"/>
<itunes:duration>3723</itunes:duration>
<itunes:explicit>false</itunes:explicit>
<itunes:season>1</itunes:season>
<itunes:episode>2</itunes:episode>
<podcast:season name="Green">1</podcast:season>
<podcast:episode>2</podcast:episode>
<content:encoded><![CDATA[<p>See ]]]]><![CDATA[> there</p>]]></content:encoded>
</item>
</channel>
</rss>
`,
    )
  })

  it('gives an episode number to Apple only where Apple can read it', () => {
    const xml = writeFeed({ ...feed, items: [{ ...item, season: 0, episode: 315.5 }] })

    assert.doesNotMatch(xml, /<itunes:(season|episode)>/)
    assert.match(xml, /<podcast:season name="Green">0</)
    assert.match(xml, /<podcast:episode>315.5</)
  })

  it('leaves out what is null, empty or blank', () => {
    const bare = writeFeed({
      title: 'Tea',
      subtitle: ' ',
      author: null,
      keywords: [],
      podroll: [],
      items: [],
    })

    assert.match(
      bare,
      /<channel>\n<title>Tea<\/title>\n<description>Tea<\/description>\n<\/channel>/,
    )
  })

  it('comes in pieces, one for each item, taken from the list as they are written', () => {
    let taken = 0
    const items = (function* () {
      for (const guid of ['1', '2', '3']) {
        taken += 1
        yield { ...item, guid }
      }
    })()
    const chunks = feedChunks({ ...feed, items })

    chunks.next()
    assert.match(chunks.next().value ?? '', /^<item>\n[^]*<\/item>\n$/)
    assert.equal(taken, 1)
    assert.equal([...chunks].length, 3)
  })
})
