import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { build, change, type Repo } from '@showrunner/data'
import * as fc from 'fast-check'
import FeedParser from 'feedparser'
import { parseFeed as parseWithFeedsmith } from 'feedsmith'
import { parseFeed as parseWithPartytime } from 'podcast-partytime'
import RssParser from 'rss-parser'
import { clean, readFeed, writeFeed } from '@showrunner/feeds'
import { assertWellFormed } from '@showrunner/feeds/testing'
import { EpisodeGuest, EpisodeLink, updateEpisode } from '../episodes/index.ts'
import { anEpisode, aPerson, aPodcast, OUTSIDE, sandboxed } from '../testing/index.ts'
import { getFeed } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

const NASTY = [
  '\u0001',
  '\u0007',
  '\u001b[31m',
  '\ufffe',
  ']]>',
  '<![CDATA[',
  '<!--',
  '</title>',
  '&amp;',
  '&#0;',
  '&lt;b&gt;',
  '<b>',
  '<script>alert(1)</script>',
  '"',
  "'",
  'עברית',
  '\u202e',
  '👩‍👩‍👧',
  '[a](javascript:alert(1))',
  '`code`',
  '# ',
  'x',
]

/** Text as a database takes it. */
const words = fc
  .array(fc.constantFrom(...NASTY), { minLength: 1, maxLength: 8 })
  .map((parts) => `T ${parts.join(' ')} t`)

async function feedWith(repo: Repo, said: { title: string; notes: string; name: string }) {
  return repo.transaction(async () => {
    const podcast = await aPodcast(repo, { slug: `p-${Math.random().toString(36).slice(2)}` })
    await repo.updateOrThrow(change(podcast, { title: said.title, subtitle: said.name }))
    const episode = await anEpisode(repo, podcast, { slug: 'noon' })
    const saved = await updateEpisode(repo, episode, { title: said.title, notes: said.notes })
    assert.ok(saved.ok)
    const { id: episodeId, podcastId } = episode
    const person = await aPerson(repo, 'Ada', {
      handle: `h-${Math.random().toString(36).slice(2)}`,
    })
    await repo.updateOrThrow(change(person, { name: said.name }))
    await repo.insertOrThrow(build(EpisodeGuest, { episodeId, podcastId, personId: person.id }))
    const link = { title: said.title, url: 'https://a.example/?a="b"&c=<d>' }
    await repo.insertOrThrow(build(EpisodeLink, { episodeId, podcastId, ...link }))
    return { xml: writeFeed(await getFeed(repo, podcast.slug, NOW, OUTSIDE)), guid: episode.guid }
  })
}

/** On one line, without what XML forbids. */
const asRead = (text: string) => clean(text).replace(/\s+/g, ' ').trim()

describe('whatever titles, notes and names hold', () => {
  it(
    'the feed is one that strict and lenient readers read alike, and runs nothing',
    sandboxed(async (repo) => {
      await fc.assert(
        fc.asyncProperty(words, words, words, async (title, notes, name) => {
          const { xml, guid } = await feedWith(repo, { title, notes, name })

          assertWellFormed(xml)
          const { feed, warnings } = await readFeed(xml)
          assert.deepEqual(warnings, [])
          const [item] = feed.items
          assert.deepEqual(
            [item?.guid, item?.title, item?.people[0]?.name, feed.title],
            [guid, asRead(title), asRead(name), asRead(title)],
          )
          assert.doesNotMatch(item?.contentHtml ?? '', /<script|href="javascript/i)
          const others = [
            (await new RssParser().parseString(xml)).items[0]?.guid,
            parseWithPartytime(xml)?.items[0]?.guid,
            guidOf(parseWithFeedsmith(xml)),
            await guidByFeedparser(xml),
          ]
          assert.deepEqual(others, [guid, guid, guid, guid])
        }),
        { numRuns: 15 },
      )
    }),
  )
})

function guidOf(read: ReturnType<typeof parseWithFeedsmith>): string | undefined {
  return read.format === 'rss' ? read.feed.items?.[0]?.guid?.value : undefined
}

async function guidByFeedparser(xml: string): Promise<string | undefined> {
  const parser = Readable.from([xml]).pipe(new FeedParser({}))
  for await (const item of parser) return item.guid
  return undefined
}
