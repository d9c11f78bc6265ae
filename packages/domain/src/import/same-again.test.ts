import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { build, from, type Repo } from '@showrunner/data'
import {
  type Feed,
  readFeed,
  readTranscript,
  writeChapters,
  writeFeed,
  writeTranscript,
} from '@showrunner/feeds'
import { A_FULL_FEED } from '@showrunner/feeds/testing'
import * as fc from 'fast-check'
import { Episode, EpisodeLink, EpisodeSponsor } from '../episodes/index.ts'
import { getFeed } from '../feed/index.ts'
import { Sponsor } from '../sponsors/index.ts'
import { anEpisode, aPodcast, OUTSIDE, sandboxed, serving } from '../testing/index.ts'
import { importPodcast } from './index.ts'
import { saidOf } from './said-again.ts'

const FEEDS = join(import.meta.dirname, '../../../../../shared/data/feeds')
const NOW = new Date('2026-11-20T12:00:00Z')
const skip = existsSync(FEEDS) ? false : `${FEEDS} is absent`
const files = skip ? [] : readdirSync(FEEDS).map((name) => join(FEEDS, name))

/** The feed as it came, and as it is when we publish it. */
async function published(
  repo: Repo,
  xml: string,
  into?: string,
): Promise<{ came: Feed; went: Feed }> {
  const { feed: came } = await readFeed(xml)
  const bytes = Buffer.from(xml)
  const { podcast } = await importPodcast(
    repo,
    { bytes },
    { asOf: NOW, into, fetchDocuments: false },
  )
  const draft = await getFeed(repo, podcast.slug, NOW, OUTSIDE)
  const { feed: went, warnings } = await readFeed(writeFeed(draft))
  assert.deepEqual(warnings, [])
  return { came, went }
}

function assertSame(went: Feed, came: Feed): void {
  const given = { importedAt: NOW, guid: went.guid ?? '' }
  assert.deepEqual(saidOf(went, given), saidOf(came, given))
}

const words = fc
  .array(
    fc.constantFrom('tea', 'é', '<b>', '&amp;', '&', ']]>', 'עברית', '🫖', '"', "'", '\u0007', '%'),
  )
  .map((parts) => `T ${parts.join(' ')} t`)
const web = fc.webUrl({ withQueryParameters: true })
const option = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })

const people = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('Ann', 'Ben', 'Cleo', 'Dov'),
    role: fc.constantFrom('host', 'guest', 'editor', 'narrator'),
    group: fc.constantFrom('cast', 'writing'),
    imageUrl: fc.constant(null),
    link: fc.constant(null),
  }),
  // Whoever is heard has one part: a feed that says two is taken at its first.
  { selector: ({ name }) => name, maxLength: 3 },
)

const items = fc.record({
  guid: fc.uuid(),
  guidIsPermaLink: fc.boolean(),
  title: words,
  itunesTitle: option(words),
  subtitle: option(words),
  contentHtml: option(
    fc.constantFrom('<p>Notes, <em>good</em> ones.</p>', '<ul>\n<li>One</li>\n</ul>'),
  ),
  publishedAt: fc.date({ min: new Date('2001-01-01'), max: NOW, noInvalidDate: true }),
  enclosure: fc.record({
    url: web,
    type: fc.constantFrom('audio/mpeg', 'video/mp4'),
    length: fc.integer({ min: 1, max: 2 ** 40 }),
  }),
  durationSeconds: option(fc.integer({ min: 1, max: 100_000 })),
  season: option(fc.integer({ min: 1, max: 99 })),
  episode: option(fc.integer({ min: 1, max: 9999 })),
  episodeType: fc.constantFrom('full', 'bonus', 'trailer'),
  imageUrl: option(web),
  explicit: fc.boolean(),
  blocked: fc.boolean(),
  people,
  soundbites: fc.array(
    fc.record({
      startsMs: fc.nat(9_000_000),
      durationMs: fc.integer({ min: 1, max: 120_000 }),
      title: option(words),
    }),
    { maxLength: 2 },
  ),
  funding: fc.array(fc.record({ url: web, text: words }), { maxLength: 2 }),
  txts: fc.array(fc.record({ purpose: option(fc.constant('verify')), text: words }), {
    maxLength: 2,
  }),
  license: option(fc.record({ name: words, url: option(web) })),
})

const feeds = fc.record({
  title: words,
  description: words,
  author: option(words),
  imageUrl: option(web),
  explicit: fc.boolean(),
  locked: fc.boolean(),
  people,
  funding: fc.array(fc.record({ url: web, text: words }), { maxLength: 2 }),
  items: fc.uniqueArray(items, { selector: ({ guid }) => guid, minLength: 1, maxLength: 3 }),
})

describe('a feed that is imported and published again', () => {
  it(
    'says everything that a feed can say, as it was said',
    sandboxed(async (repo) => {
      const { came, went } = await published(repo, writeFeed(A_FULL_FEED))

      assertSame(went, came)
    }),
  )

  for (const file of files) {
    it(
      `says the same: ${file.split('/').at(-1)}`,
      { skip },
      sandboxed(async (repo) => {
        const { came, went } = await published(repo, await readFile(file, 'utf8'))

        assertSame(went, came)
      }),
    )
  }

  it(
    'says the same, whatever it says',
    sandboxed(async (repo) => {
      await fc.assert(
        fc.asyncProperty(feeds, async (feed) => {
          const { came, went } = await published(repo, writeFeed({ ...feed, guid: randomUUID() }))
          assertSame(went, came)
        }),
        { numRuns: 40 },
      )
    }),
  )

  it(
    'says the same when it comes back to us from ourselves, and nothing beside the notes becomes part of them',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { id: episodeId, podcastId } = await anEpisode(repo, podcast, {
        slug: 'noon',
        notes: 'Of **noon**, [here](/about).',
        audioUrl: '/uploads/noon.mp3',
      })
      const { id: sponsorId } = await repo.insertOrThrow(
        build(Sponsor, { name: 'Oil', slug: 'oil' }),
      )
      const words = { title: 'Oil', linkUrl: 'https://oil.example', description: '</div>' }
      await repo.insertOrThrow(build(EpisodeSponsor, { episodeId, podcastId, sponsorId, ...words }))
      const link = { title: 'A', url: 'https://a.example/' }
      await repo.insertOrThrow(build(EpisodeLink, { episodeId, podcastId, ...link }))
      const first = writeFeed(await getFeed(repo, 'local-time', NOW, OUTSIDE))

      const { went } = await published(repo, first, 'local-time')
      const row = await repo.getOrThrow(Episode, episodeId)
      const { went: again } = await published(
        repo,
        first.replace('Of <strong>', 'About <strong>'),
        'local-time',
      )
      const later = await repo.getOrThrow(Episode, episodeId)

      assertSame(went, (await readFeed(first)).feed)
      assert.deepEqual(
        [row.notes, row.summary, row.audioUrl, row.websiteUrl, row.chaptersUrl],
        ['Of **noon**, [here](/about).', null, '/uploads/noon.mp3', null, null],
      )
      assert.match(later.notes ?? '', /^<p>About <strong>noon<\/strong>/)
      assert.doesNotMatch(later.notes ?? '', /Oil|Links/)
      assert.equal(again.items[0]?.contentHtml?.match(/Sponsors:/g)?.length, 1)
    }),
  )

  it(
    'has the chapters and the words that it named, to the millisecond, with who says them',
    sandboxed(async (repo, t) => {
      const chapters = [
        { startsMs: 0, endsMs: 5000, title: 'In', link: null, imageUrl: null, hidden: false },
        {
          startsMs: 5000,
          endsMs: 9000,
          title: 'Ad',
          link: 'https://oil.example/',
          imageUrl: null,
          hidden: true,
        },
        {
          startsMs: 9000,
          endsMs: null,
          title: 'Out',
          link: null,
          imageUrl: 'https://tea.example/out.png',
          hidden: false,
        },
      ]
      const cues = [
        { startsMs: 120, endsMs: 1999, speaker: 'Ann', text: 'Is it <green> & "fresh"?' },
        { startsMs: 2000, endsMs: 4001, speaker: 'Ben', text: 'It is.' },
      ]
      const at = await serving(t, '', ({ url }, response) => {
        response.end(
          url === '/chapters' ? writeChapters(chapters) : writeTranscript(cues, 'text/vtt'),
        )
      })
      const [first] = A_FULL_FEED.items
      assert.ok(first)
      const item = {
        ...first,
        chapters: { url: `${at}/chapters`, type: 'application/json+chapters' },
        transcripts: [{ url: `${at}/words`, type: 'text/vtt', language: 'en', rel: 'captions' }],
      }
      const bytes = Buffer.from(writeFeed({ ...A_FULL_FEED, items: [item] }))

      const { podcast } = await importPodcast(repo, { bytes }, { asOf: NOW, allowPrivate: true })

      const [episode] = await repo.all(
        from(Episode)
          .where({ podcastId: podcast.id })
          .preload('chapters', { transcripts: ['cues'] }),
      )
      const kept = episode?.chapters.map(
        ({ startsMs, endsMs, title, linkUrl, imageUrl, hidden }) => ({
          startsMs,
          endsMs,
          title,
          link: linkUrl,
          imageUrl,
          hidden,
        }),
      )
      const said = episode?.transcripts[0]?.cues.map(({ startsMs, endsMs, speaker, body }) => ({
        startsMs,
        endsMs,
        speaker,
        text: body,
      }))
      assert.deepEqual(kept, chapters)
      assert.deepEqual(said, cues)
      for (const type of [
        'text/vtt',
        'application/x-subrip',
        'application/json',
        'text/html',
      ] as const) {
        const read = readTranscript(Buffer.from(writeTranscript(said ?? [], type)), type)
        assert.deepEqual(
          read.map(({ text }) => text),
          cues.map(({ text }) => text),
          type,
        )
      }
    }),
  )
})
