import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { type LightMyRequestResponse as Response } from 'fastify'
import { type Read, sql } from '@showrunner/data'
import { aNetwork } from '../testing/a-network.ts'
import { keptSite } from '../testing/kept-site.ts'

/** Rows and columns that pages show, and what may be put there. */
const PLACES = {
  settings: ['title', 'tagline'],
  podcasts: ['title', 'subtitle', 'status'],
  podcast_hosts: ['person_id', 'retired'],
  episodes: ['title', 'summary', 'published', 'number', 'podcast_id'],
  episode_hosts: ['person_id', 'position'],
  episode_guests: ['person_id', 'position'],
  episode_topics: ['topic_id'],
  episode_credits: ['role', 'person_id'],
  episode_sponsors: ['title', 'description'],
  episode_links: ['title', 'position'],
  episode_alternates: ['title', 'position'],
  pictures: ['alt', 'position'],
  popular_episodes: ['place'],
  chapters: ['title', 'hidden'],
  transcripts: ['cue_count'],
  transcript_cues: ['body', 'speaker'],
  topics: ['name'],
  podcast_topics: ['topic_id'],
  podcast_credits: ['role', 'person_id'],
  sponsors: ['name'],
  live_shows: [
    'planned_minutes',
    'chat_enabled',
    'stream_url',
    'starts_at',
    'went_live_at',
    'ended_at',
  ],
  live_notes: ['text', 'at_ms'],
  news_sources: ['name'],
  news_items: ['headline', 'status', 'pinned', 'source_id'],
  news_item_topics: ['topic_id'],
  news_issues: ['teaser', 'published'],
  news_issue_items: ['news_item_id', 'position'],
  comments: ['body_html', 'approved'],
  people: ['name', 'bio_html'],
  posts: ['title', 'published', 'author_id'],
  post_topics: ['topic_id'],
} as const

const changes = fc.constantFrom(...Object.keys(PLACES)).chain((table) =>
  fc.record({
    table: fc.constant(table as keyof typeof PLACES),
    column: fc.constantFrom<string>(...PLACES[table as keyof typeof PLACES]),
    number: fc.integer({ min: 1, max: 4 }),
    row: fc.nat(5),
    removes: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  }),
)
type Change = typeof changes extends fc.Arbitrary<infer C> ? C : never

const FLAGS = new Set(['hidden', 'retired', 'published', 'pinned', 'approved', 'chat_enabled'])
const STATUSES: Readonly<Record<string, readonly string[]>> = {
  podcasts: ['draft', 'publishing'],
  news_items: ['draft', 'published'],
}

function valueFor(table: string, column: string, number: number): string {
  if (column === 'status') return `'${STATUSES[table]?.[number % 2]}'`
  if (FLAGS.has(column)) return String(number % 2 === 0)
  if (column === 'stream_url') return `'https://stream.example/${number}.mp3'`
  if (column.endsWith('_at'))
    return `timestamptz '2026-11-20 12:00Z' + ${number - 2} * interval '1 hour'`
  return /_id$|_ms$|minutes|position|place|number|count/.test(column)
    ? String(number)
    : `'${column} ${number}'`
}

function statementFor({ table, column, number, row, removes }: Change): string {
  const which = `where id = (select id from ${table} order by id offset ${row} limit 1)`
  // The network has settings, whatever happens.
  if (removes && table !== 'settings') return `delete from ${table} ${which}`
  return `update ${table} set ${column} = ${valueFor(table, column, number)} ${table === 'settings' ? '' : which}`
}

describe('a kept page', () => {
  it('reads no table of which no row is changed here', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const { urls } = await aNetwork(site)
    const reads: Read[] = []
    const { repo } = site
    await repo.recorded(reads, async () => {
      for (const url of urls) assert.equal((await site.app.inject(url)).statusCode, 200, url)
    })

    const tables = new Set(reads.map(({ table }) => table))
    const unchanged = [...tables].filter((table) => !Object.hasOwn(PLACES, table))
    assert.deepEqual(unchanged, [])
  })

  it(
    'is always as it would be if it were made now, whatever changes',
    { timeout: 240_000 },
    async (t) => {
      const site = await keptSite(t)
      if (!site) return
      const { fresh, urls } = await aNetwork(site)
      const page = fc.constantFrom(...urls)
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.tuple(
              fc.array(changes, { minLength: 1, maxLength: 3 }),
              fc.array(page, { minLength: 1, maxLength: 4 }),
            ),
            {
              minLength: 1,
              maxLength: 4,
            },
          ),
          async (turns) => {
            for (const [together, asked] of turns) {
              // What the database refuses changes nothing.
              await site.repo
                .transaction(async () => {
                  for (const one of together) await site.repo.run(sql.raw(statementFor(one)))
                })
                .catch(() => undefined)
              await site.live.caughtUp()
              for (const url of asked) {
                const kept: Response = await site.app.inject(url)
                const made: Response = await fresh.inject(url)
                assert.deepEqual([kept.statusCode, kept.body], [made.statusCode, made.body], url)
              }
            }
          },
        ),
        // What is tried makes the next try begin elsewhere, so that a smaller failure cannot be looked for.
        { numRuns: 30, endOnFailure: true },
      )
      const { hits, renders } = site.live.pages.counters
      assert.ok(hits > 0 && renders > 0, `${hits} hits, ${renders} renders`)
    },
  )
})
