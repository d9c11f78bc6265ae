import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readFeed } from '../index.ts'

const NAMESPACES = `xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:psc="http://podlove.org/simple-chapters"`
const AUDIO = '<enclosure url="https://a.example/1.mp3" length="123" type="audio/mpeg"/>'

const rss = (channel: string, namespaces = NAMESPACES) =>
  `<rss version="2.0" ${namespaces}><channel><title>Tea at Four</title>${channel}</channel></rss>`

async function readItem(inside: string) {
  const { feed, warnings } = await readFeed(rss(`<item>${AUDIO}${inside}</item>`))
  return { item: feed.items[0]!, warnings: warnings.map(({ message }) => message) }
}

describe('readFeed: the channel', () => {
  it('reads what directories ask for', async () => {
    const { feed, warnings } = await readFeed(
      rss(`<link>https://a.example</link><description>All about tea</description><language>en-gb</language>
        <atom:link rel="self" href="https://a.example/feed"/><atom:link rel="hub" href="https://hub.example"/>
        <itunes:author>Ann</itunes:author><itunes:explicit>yes</itunes:explicit><itunes:type>Serial</itunes:type>
        <itunes:owner><itunes:name>Ann</itunes:name><itunes:email>ann@a.example</itunes:email></itunes:owner>
        <itunes:image href="https://a.example/art.png"/>
        <itunes:category text="Arts"><itunes:category text="Food"/><itunes:category text="Design"/></itunes:category>
        <itunes:category text="News"/><itunes:complete>Yes</itunes:complete><itunes:block>yes</itunes:block>
        <itunes:new-feed-url>https://b.example/feed</itunes:new-feed-url>`),
    )

    assert.deepEqual(warnings, [])
    assert.equal(feed.selfUrl, 'https://a.example/feed')
    assert.deepEqual(feed.hubUrls, ['https://hub.example'])
    assert.deepEqual(feed.owner, { name: 'Ann', email: 'ann@a.example' })
    assert.deepEqual(feed.categories, [
      { name: 'Arts', subcategory: 'Food' },
      { name: 'Arts', subcategory: 'Design' },
      { name: 'News', subcategory: null },
    ])
    assert.deepEqual(
      [feed.explicit, feed.type, feed.complete, feed.blocked, feed.newFeedUrl],
      [true, 'serial', true, true, 'https://b.example/feed'],
    )
  })

  it('reads the podcast namespace under its old addresses, other prefixes and other letter case', async () => {
    const { feed } = await readFeed(
      rss(
        '<p:Guid>G-1</p:Guid><p:locked owner="a@b">YES</p:locked><p:FUNDING URL="https://a.example/pay">Pay</p:FUNDING>',
        'xmlns:p="https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md/"',
      ),
    )

    assert.deepEqual([feed.guid, feed.locked, feed.lockedOwner], ['G-1', true, 'a@b'])
    assert.deepEqual(feed.funding, [{ url: 'https://a.example/pay', text: 'Pay' }])
  })

  it('reads prefixes that were never declared, and says so', async () => {
    const { feed, warnings } = await readFeed(rss('<itunes:author>Ann</itunes:author><x:y/>', ''))

    assert.equal(feed.author, 'Ann')
    assert.deepEqual(
      warnings.map(({ message }) => message),
      ['the prefix "itunes:" is used but not declared', 'the prefix "x:" is used but not declared'],
    )
  })

  it('takes the RSS image and category where iTunes has none', async () => {
    const { feed } = await readFeed(
      rss(
        '<image><url>https://a.example/i.png</url><title>No</title></image><category>Arts</category>',
      ),
    )

    assert.equal(feed.imageUrl, 'https://a.example/i.png')
    assert.equal(feed.title, 'Tea at Four')
    assert.deepEqual(feed.categories, [{ name: 'Arts', subcategory: null }])
  })
})

describe('readFeed: items', () => {
  it('keeps the guid letter for letter, and whether it is an address', async () => {
    assert.equal(
      (await readItem('<guid isPermaLink="false">A/b&amp;C==</guid>')).item.guid,
      'A/b&C==',
    )
    assert.equal((await readItem('<guid isPermaLink="FALSE">x</guid>')).item.guidIsPermaLink, false)
    assert.equal((await readItem('<guid>https://a.example/1</guid>')).item.guidIsPermaLink, true)
  })

  it('reads seasons and numbers from either namespace, and knows their names', async () => {
    const { item } = await readItem(
      '<itunes:season>1</itunes:season><podcast:season name="Leaves">2</podcast:season><podcast:episode display="Ch.3">315.5</podcast:episode><itunes:episodeType>Bonus</itunes:episodeType>',
    )

    assert.deepEqual(
      [item.season, item.seasonName, item.episode, item.episodeDisplay, item.episodeType],
      [2, 'Leaves', 315.5, 'Ch.3', 'bonus'],
    )
  })

  it('fills in the role and the group of a person, and leaves out one without a name', async () => {
    const { item } = await readItem(
      '<podcast:person/><podcast:person role="Guest" group="Cast" img="https://a.example/b.png" href="https://b.example"> Bo  Li </podcast:person><podcast:person>Ann</podcast:person>',
    )

    assert.deepEqual(item.people, [
      {
        name: 'Bo Li',
        role: 'guest',
        group: 'cast',
        imageUrl: 'https://a.example/b.png',
        link: 'https://b.example',
      },
      { name: 'Ann', role: 'host', group: 'cast', imageUrl: null, link: null },
    ])
  })

  it('reads transcripts, chapters of both kinds and soundbites', async () => {
    const { item } = await readItem(
      `<podcast:transcript url="https://a.example/1.srt" type="application/srt" language="en" rel="captions"/>
       <podcast:transcript url="https://a.example/1.vtt"/>
       <podcast:chapters url="https://a.example/1.json" type="application/json+chapters"/>
       <psc:chapters version="1.2"><psc:chapter start="00:01:02.500" title="Two" href="https://t.example"/><psc:chapter start="0" title="One"/></psc:chapters>
       <podcast:soundbite startTime="33.833" duration="60.0">Best bit</podcast:soundbite>`,
    )

    assert.deepEqual(
      item.transcripts.map(({ type, rel }) => [type, rel]),
      [
        ['application/srt', 'captions'],
        ['text/vtt', null],
      ],
    )
    assert.equal(item.chapters?.url, 'https://a.example/1.json')
    assert.deepEqual(
      item.inlineChapters.map(({ startsMs, title, link }) => [startsMs, title, link]),
      [
        [0, 'One', null],
        [62_500, 'Two', 'https://t.example'],
      ],
    )
    assert.deepEqual(item.soundbites, [{ startsMs: 33_833, durationMs: 60_000, title: 'Best bit' }])
  })

  it('reads HTML notes in CDATA, escaped, or simply in the XML', async () => {
    const { item } = await readItem(
      '<content:encoded><![CDATA[<p>Tea &amp; ]]><![CDATA[cake</p>]]></content:encoded>',
    )
    assert.equal(item.contentHtml, '<p>Tea &amp; cake</p>')

    const loose = await readItem('<description>Tea <b>and</b> cake&nbsp;&hellip;</description>')
    assert.equal(loose.item.description, 'Tea and cake\u00a0…')
  })
})

describe('readFeed: what is left out or mended', () => {
  it('leaves out an item without audio, and says which and where', async () => {
    const { feed, warnings } = await readFeed(
      rss('<item>\n<title>A post</title><guid>1</guid></item>'),
    )

    assert.deepEqual(feed.items, [])
    assert.deepEqual(warnings, [
      {
        line: 1,
        message: 'the item "A post" has no enclosure, so there is nothing to play; left out',
      },
    ])
  })

  it('knows an item without a guid by its audio', async () => {
    const { item, warnings } = await readItem('<title>One</title><guid> </guid>')

    assert.equal(item.guid, 'https://a.example/1.mp3')
    assert.deepEqual(warnings, [`the item "One" has no guid; its enclosure's address stands in`])
  })

  it('keeps the first of two items with one guid', async () => {
    const twice = ['One', 'Two'].map(
      (title) => `<item>${AUDIO}<guid>g</guid><title>${title}</title></item>`,
    )
    const { feed, warnings } = await readFeed(rss(twice.join('')))

    assert.deepEqual(
      feed.items.map(({ title }) => title),
      ['One'],
    )
    assert.match(warnings[0]?.message ?? '', /the guid "g" is there twice/)
  })

  it('takes the alternate enclosure where the enclosure is missing', async () => {
    const { feed } = await readFeed(
      rss(
        '<item><guid>1</guid><podcast:alternateEnclosure type="audio/opus" length="9"><podcast:source uri="ipfs://x"/><podcast:source uri="https://a.example/1.opus"/></podcast:alternateEnclosure></item>',
      ),
    )

    assert.deepEqual(feed.items[0]?.enclosure, {
      url: 'https://a.example/1.opus',
      type: 'audio/opus',
      length: 9,
    })
  })

  it('says what it could not make sense of, and reads the rest', async () => {
    const { item, warnings } = await readItem(
      '<guid>1</guid><title>One</title><pubDate>next week</pubDate><itunes:duration>long</itunes:duration><link>javascript:alert(1)</link><itunes:explicit>perhaps</itunes:explicit>',
    )

    assert.deepEqual(
      [item.publishedAt, item.durationSeconds, item.link, item.explicit],
      [null, null, null, null],
    )
    assert.deepEqual(warnings, [
      '<item> "long" is not a duration; left out',
      '<item> "javascript:alert(1)" is not a web address; left out',
      '<item> "next week" is not a date; left out',
      '<item> "perhaps" is not yes or no; left out',
    ])
  })

  it('gives a title to an item that has none', async () => {
    const { item } = await readItem(
      '<guid>1</guid><description>&lt;p&gt;How to boil water&lt;/p&gt;</description>',
    )

    assert.equal(item.title, 'How to boil water')
  })

  it('reports live items, and leaves out those without a time', async () => {
    const live = (start: string) =>
      `<podcast:liveItem status="live" ${start}><title>On air</title><guid>l</guid>${AUDIO}</podcast:liveItem>`
    const { feed, warnings } = await readFeed(rss(live('start="2026-09-26T07:30:00Z"') + live('')))

    assert.deepEqual(
      feed.liveItems.map(({ title, status, startsAt }) => [title, status, startsAt.toISOString()]),
      [['On air', 'live', '2026-09-26T07:30:00.000Z']],
    )
    assert.match(warnings[0]?.message ?? '', /lacks status, start or enclosure/)
  })

  it('lists two hundred warnings and counts the rest', async () => {
    const { warnings } = await readFeed(rss('<item><title>x</title></item>'.repeat(250)))

    assert.equal(warnings.length, 201)
    assert.equal(warnings.at(-1)?.message, 'and 50 more warnings')
  })
})
