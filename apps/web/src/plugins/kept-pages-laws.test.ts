import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { type LightMyRequestResponse as Response } from 'fastify'
import { sql } from '@showrunner/data'
import { aNetwork } from '../testing/a-network.ts'
import { keptSite } from '../testing/kept-site.ts'

const OWN = ['', '/chapters.json', '/transcript.html', '/transcript.vtt', '/transcript.json'].map(
  (rest) => `/local-time/full${rest}`,
)
const PEOPLE = ['/person/ines-okafor', '/person/guest', '/person/ada-byron']
const ABOUT_TOPIC = ['/topics', '/topic/topic', '/topic/topic/posts']
const SPONSORS = ['/sponsors', '/sponsor/sponsor']
const TRANSCRIPT = '/local-time/full/transcript'

/** What somebody changes by hand, and the pages that are made anew for it. */
const CHANGES: readonly (readonly [change: string, pages: readonly string[]])[] = [
  [
    `update chapters set title = 'In'`,
    ['/local-time/full', '/local-time/full/chapters.json', '/local-time/feed', TRANSCRIPT],
  ],
  [`update transcript_cues set body = 'Quite.'`, ['/local-time/full', TRANSCRIPT, ...OWN.slice(2)]],
  [`update episode_links set title = 'A link'`, ['/local-time/full', '/local-time/feed']],
  [
    `update episode_sponsors set title = 'Oil'`,
    ['/local-time/full', '/local-time/feed', ...SPONSORS],
  ],
  [`update topics set name = 'Tides'`, ['/local-time/full', '/posts/a-post', ...ABOUT_TOPIC]],
  [
    `update posts set title = 'A, again' where slug = 'a-post'`,
    [
      '/posts',
      '/posts/a-post',
      '/posts/b-post',
      '/person/ada-byron',
      '/person/ada-byron/written',
      ...ABOUT_TOPIC,
    ],
  ],
  [
    `update people set name = 'Gus' where handle = 'guest'`,
    [
      '/',
      '/local-time',
      '/local-time/feed',
      '/local-time/full',
      '/person/guest',
      '/people',
      '/topic/topic',
      '/sponsor/sponsor',
      '/archive/2026',
      '/local-time/archive/2026',
    ],
  ],
  [
    `update episodes set summary = 'Alone, once more' where slug = 'alone'`,
    [
      '/',
      '/other-time',
      '/other-time/feed',
      '/other-time/alone',
      '/people',
      '/person/ines-okafor/hosted',
      '/topics',
      '/topic/topic',
      '/archive',
      '/archive/2026',
      ...SPONSORS,
      ...PEOPLE,
    ],
  ],
  [
    `insert into episodes (podcast_id, slug, guid, title) select id, 'draft', gen_random_uuid(), 'Draft' from podcasts`,
    [],
  ],
  [`update episodes set title = 'Drafted' where slug = 'draft'`, []],
  [`delete from episode_topics`, ['/local-time/full', '/topics', '/topic/topic']],
  [`update people set name = 'Nobody' where false`, []],
  [
    `update posts set published = false where slug = 'b-post'`,
    [
      '/posts',
      '/posts/a-post',
      '/posts/b-post',
      '/person/ada-byron',
      '/person/ada-byron/written',
      ...ABOUT_TOPIC,
    ],
  ],
]

describe('a change by hand', () => {
  it(
    'is on every page that shows it, and has no other made anew',
    { timeout: 120_000 },
    async (t) => {
      const site = await keptSite(t)
      if (!site) return
      const { fresh, urls } = await aNetwork(site)
      const ask = async (url: string) => (await site.app.inject(url)).body

      for (const [change, expected] of CHANGES) {
        for (const url of urls) await ask(url)
        await site.psql(change)
        const anew: string[] = []
        for (const url of urls) {
          const renders = await site.rendersDuring(async () => {
            assert.equal(await ask(url), (await fresh.inject(url)).body, `${url} after ${change}`)
          })
          if (renders > 0) anew.push(url)
        }
        assert.deepEqual(anew.toSorted(), [...expected].toSorted(), change)
      }
    },
  )
})

/** Rows and columns that pages show, and what may be put there. */
const PLACES = {
  settings: ['title', 'tagline'],
  podcasts: ['title', 'subtitle', 'status'],
  podcast_hosts: ['person_id', 'retired'],
  episodes: ['title', 'summary', 'published', 'number', 'podcast_id'],
  episode_hosts: ['person_id', 'position'],
  episode_guests: ['person_id', 'position'],
  episode_topics: ['topic_id'],
  episode_sponsors: ['title', 'description'],
  episode_links: ['title', 'position'],
  chapters: ['title', 'hidden'],
  transcripts: ['cue_count'],
  transcript_cues: ['body', 'speaker'],
  topics: ['name'],
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

function valueFor(column: string, number: number): string {
  if (['hidden', 'retired', 'published'].includes(column)) return String(number % 2 === 0)
  if (column === 'status') return number % 2 === 0 ? `'draft'` : `'publishing'`
  return /_id$|position|number|count/.test(column) ? String(number) : `'${column} ${number}'`
}

function statementFor({ table, column, number, row, removes }: Change): string {
  const which = `where id = (select id from ${table} order by id offset ${row} limit 1)`
  // The network has settings, whatever happens.
  if (removes && table !== 'settings') return `delete from ${table} ${which}`
  return `update ${table} set ${column} = ${valueFor(column, number)} ${table === 'settings' ? '' : which}`
}

describe('a kept page', () => {
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
