import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { describe, it } from 'node:test'
import { readFeed, readFeedFile, writeFeed } from '../index.ts'

const FEEDS = new URL('../../../../../shared/data/feeds/', import.meta.url)
const skip = existsSync(FEEDS) ? false : 'the feeds of ../shared/data are not on this machine'

async function readReal(name: string) {
  const path = new URL(name, FEEDS).pathname
  const { feed, warnings } = await readFeedFile(path)
  // What we write of it says the same, so nothing that is read gets lost on the way out.
  assert.deepEqual(await readFeed(writeFeed(feed)), { feed, warnings: [] })
  return { feed, warnings }
}

describe('real feeds, read, written and read again', { skip }, () => {
  it('Changing the Tide: a small show', async () => {
    const { feed, warnings } = await readReal('changing-the-tide.xml')

    assert.deepEqual([feed.items.length, warnings.length], [15, 0])
    assert.equal(feed.copyright, '© 2022 Jonathan Crabtree')
    assert.equal(feed.items[0]?.title, '0.00000015: Andy Schroder, Distributed Charge + A0')
    assert.ok(
      feed.items.every(({ durationSeconds }) => durationSeconds !== null && durationSeconds > 60),
    )
  })

  it('Langsam gesprochene Nachrichten: German, one item without a guid', async () => {
    const { feed, warnings } = await readReal('dk-podcast.xml')

    assert.equal(feed.items.length, 59)
    assert.match(warnings.map(({ message }) => message).join(), /01\.02\.2022.* has no guid/)
    assert.deepEqual(feed.categories, [{ name: 'Education', subcategory: 'Language Learning' }])
    assert.equal(feed.explicit, false)
    assert.equal(feed.items[0]?.durationSeconds, 420)
  })

  it('Launched: people, and notes in HTML', async () => {
    const { feed, warnings } = await readReal('launched.xml')

    assert.deepEqual([feed.items.length, warnings.length], [36, 0])
    assert.equal(feed.locked, true)
    assert.equal(feed.items[3]?.durationSeconds, 4825)
    assert.match(feed.items[3]?.contentHtml ?? '', /<h3>Links &amp; Show Notes<\/h3>/)
    assert.ok(feed.items.every(({ people }) => people[0]?.name === 'Charlie Chapman'))
  })

  it('Podcasting 2.0: long, with transcripts, chapters and value', async () => {
    const { feed, warnings } = await readReal('pc20rss.xml')

    assert.deepEqual([feed.items.length, warnings.length], [56, 0])
    assert.equal(feed.guid, '917393e3-1b1e-5cef-ace4-edaa54e1f810')
    assert.equal(feed.items.filter(({ transcripts }) => transcripts.length > 0).length, 47)
    assert.equal(feed.items.filter(({ chapters }) => chapters !== null).length, 48)
    assert.deepEqual(
      feed.items[0]?.people.map(({ name, role }) => [name, role]),
      [
        ['Adam Curry', 'host'],
        ['Dave Jones', 'host'],
        ['Brian of London', 'guest'],
      ],
    )
  })

  it("the namespace's own example: everything at once", async () => {
    const { feed, warnings } = await readReal('podcast-namespace-example.xml')
    const [newest] = feed.items

    assert.deepEqual([feed.items.length, feed.liveItems.length, warnings.length], [3, 1, 0])
    assert.equal(feed.podroll.length, 2)
    assert.equal(feed.publisher?.medium, 'publisher')
    assert.deepEqual(
      [newest?.season, newest?.seasonName, newest?.episode],
      [1, 'Podcasting 2.0', 3],
    )
    assert.equal(newest?.alternateEnclosures.length, 5)
    assert.deepEqual(newest?.soundbites, [{ startsMs: 33_833, durationMs: 60_000, title: null }])
    assert.equal(feed.values[0]?.recipients.length, 2)
  })

  it('The Changelog: chapters in the feed', async () => {
    const { feed } = await readReal('changelog-one-item.xml')
    const [item] = feed.items

    assert.equal(item?.guid, 'changelog.com/1/2836')
    assert.equal(item?.durationSeconds, 6872)
    assert.equal(item?.inlineChapters.length, 6)
    assert.deepEqual(item?.inlineChapters[1], {
      startsMs: 83_000,
      endsMs: null,
      title: 'Sponsor: Coder.com',
      link: 'https://coder.com/',
      imageUrl: null,
      hidden: false,
    })
    assert.equal(feed.funding[0]?.url, 'https://changelog.com/++')
  })
})
