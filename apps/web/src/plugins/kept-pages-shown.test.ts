import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { change } from '@showrunner/data'
import { everySchema } from '@showrunner/domain/testing'
import { aNetwork, PAGES } from '../testing/a-network.ts'
import { formsIn } from '../testing/forms-in.ts'
import { inAdmin } from '../testing/in-admin.ts'
import { keptSite, type KeptSite } from '../testing/kept-site.ts'

/** A kind of row that pages show, and the pages that are made anew when a column of it is another. */
interface Shown {
  readonly table: string
  readonly column: string
  /** Where there are several: the one with this slug, or handle. */
  readonly only?: Readonly<Record<string, string>>
  /** In the admin area: the form of it, and what the field is called there. */
  readonly form?: readonly [address: string, field: string]
  /** What is made anew besides when it is changed in its form, which changes the row that it belongs to. */
  readonly also?: string
  /** What the field is called on the sheet of the full episode. */
  readonly sheet?: string
  readonly values?: readonly [string, string, string]
  /** Their addresses. */
  readonly pages: string
}

const FEEDS = `
      /podcasts/feed /podcasts/feed.json /topic/topic/feed /local-time/feed
      /local-time/feed.json`

const SHEET = '/admin/podcasts/1/episodes/1/edit'

/** What is made anew when the sheet of the full episode is saved: its version is another, whatever else. */
const OF_FULL = `
      ${FEEDS} / /sitemap.xml /archive /archive/2026 /people /person/ines-okafor /person/guest
      /person/guest/guested /person/guest/credited /person/ines-okafor/hosted
      /person/ada-byron /person/ada-byron/feed /topics /topic/topic /sponsors /sponsor/sponsor
      /local-time /local-time/archive/2026 /local-time/before /local-time/full
      /local-time/popular /local-time/recommended
      /local-time/full/chapters.json /local-time/full/chapters.psc /local-time/full/embed
      /local-time/full/play.json /local-time/full/transcript /local-time/full/transcript.html
      /local-time/full/transcript.vtt /local-time/full/transcript.srt /local-time/full/transcript.json`

const SAYS_NOTHING_OF_THE_NETWORK = listed(`
      /local-time/full/chapters.json /local-time/full/chapters.psc /local-time/full/play.json
      /local-time/full/transcript.vtt /local-time/full/transcript.srt
      /local-time/full/transcript.json /local-time/noon/live.ics`)

const SHOWN: readonly Shown[] = [
  {
    table: 'chapters',
    column: 'title',
    sheet: 'chapters[0][title]',
    pages: `
      ${FEEDS} /local-time/full /local-time/full/chapters.json /local-time/full/chapters.psc
      /local-time/full/embed /local-time/full/play.json /local-time/full/transcript`,
  },
  {
    table: 'transcript_cues',
    column: 'body',
    form: ['/admin/podcasts/1/episodes/1/transcripts/1', 'rows[1][body]'],
    also: FEEDS,
    pages: `
      /local-time/full /local-time/full/transcript /local-time/full/transcript.html
      /local-time/full/transcript.vtt /local-time/full/transcript.srt /local-time/full/transcript.json`,
  },
  {
    table: 'episode_links',
    column: 'title',
    sheet: 'links[0][title]',
    pages: `${FEEDS} /local-time/full`,
  },
  { table: 'pictures', column: 'alt', sheet: 'pictures[0][alt]', pages: FEEDS },
  {
    table: 'episode_alternates',
    column: 'title',
    sheet: 'alternates[0][title]',
    pages: FEEDS,
  },
  {
    table: 'episode_sponsors',
    column: 'title',
    sheet: 'episodeSponsors[0][title]',
    pages: `${FEEDS} /sitemap.xml /sponsors /sponsor/sponsor /local-time/full`,
  },
  {
    table: 'episode_credits',
    column: 'role',
    sheet: 'credits[0][role]',
    pages: `
      /person/guest/credited ${FEEDS} /sitemap.xml /person/guest /local-time/full`,
  },
  {
    table: 'episode_guests',
    column: 'role',
    sheet: 'episodeGuests[0][role]',
    pages: `
      /person/guest/guested ${FEEDS} / /sitemap.xml /archive/2026 /people /person/guest /topic/topic /sponsor/sponsor
      /local-time /local-time/archive/2026 /local-time/full /local-time/popular
      /local-time/recommended`,
  },
  {
    table: 'topics',
    column: 'name',
    form: ['/admin/topics/1/edit', 'name'],
    pages: `
      /sitemap.xml /posts/feed /posts/a-post /topics /topic/topic /topic/topic/feed
      /topic/topic/posts /news /news/feed /news/late-2 /news/issues/1 /source/clock
      /local-time/full`,
  },
  {
    table: 'sponsors',
    column: 'name',
    form: ['/admin/sponsors/1/edit', 'name'],
    pages: '/sitemap.xml /sponsors /sponsor/sponsor /local-time/full',
  },
  {
    table: 'people',
    column: 'name',
    only: { handle: 'guest' },
    form: ['/admin/people/2/edit', 'name'],
    pages: `
      /person/guest/guested /person/guest/credited ${FEEDS} / /sitemap.xml /archive/2026 /people /person/guest /topic/topic /sponsor/sponsor
      /local-time /local-time/archive/2026 /local-time/full /local-time/popular
      /local-time/recommended`,
  },
  {
    table: 'podcasts',
    column: 'subtitle',
    only: { slug: 'other-time' },
    form: ['/admin/podcasts/2/edit', 'subtitle'],
    pages: `
      /podcasts/publisher /person/guest/guested /person/guest/credited /person/ines-okafor/hosted / /podcasts /podcasts/feed /podcasts/feed.json /feeds /feeds.opml /about /sitemap.xml
      /archive /archive/2026 /people /person/ines-okafor /person/guest /person/ada-byron
      /person/ada-byron/feed /topics /topic/topic /topic/topic/feed /sponsors /sponsor/sponsor
      /local-time /other-time /other-time/feed /other-time/alone`,
  },
  {
    table: 'episodes',
    column: 'summary',
    only: { slug: 'alone' },
    form: ['/admin/podcasts/2/episodes/4/edit', 'summary'],
    pages: `
      /person/guest/guested /person/guest/credited /person/ines-okafor/hosted / /podcasts/feed /podcasts/feed.json /sitemap.xml /archive /archive/2026 /people
      /person/ines-okafor /person/guest /person/ada-byron /person/ada-byron/feed /topics
      /topic/topic /topic/topic/feed /sponsors /sponsor/sponsor /other-time /other-time/feed
      /other-time/alone`,
  },
  {
    table: 'posts',
    column: 'title',
    only: { slug: 'a-post' },
    form: ['/admin/posts/1/edit', 'title'],
    pages: `
      /person/ada-byron/written /feeds /sitemap.xml /posts /posts/feed /posts/a-post /posts/b-post /person/ada-byron
      /topics /topic/topic /topic/topic/posts /local-time/full`,
  },
  {
    table: 'live_shows',
    column: 'planned_minutes',
    values: ['31', '32', '33'],
    form: ['/admin/podcasts/1/episodes/5/live', 'plannedMinutes'],
    pages: `
      / /sitemap.xml /local-time /local-time/feed /local-time/feed.json /local-time/noon
      /local-time/noon/live.ics`,
  },
  {
    table: 'popular_episodes',
    column: 'place',
    values: ['2', '3', '4'],
    pages: '/local-time/popular',
  },
  { table: 'live_notes', column: 'text', pages: '/local-time/noon' },
  {
    table: 'news_items',
    column: 'story_html',
    only: { slug: 'late' },
    form: ['/admin/news/2/edit', 'story'],
    pages: `
      /sitemap.xml /news /news/feed /news/late-2 /news/issues/1 /sources /source/clock`,
  },
  {
    table: 'news_sources',
    column: 'name',
    form: ['/admin/news/sources/1/edit', 'name'],
    pages: `
      /sitemap.xml /news /news/feed /news/early-1 /news/late-2 /news/issues/1 /sources
      /source/clock`,
  },
  {
    table: 'news_issues',
    column: 'teaser',
    form: ['/admin/news/issues/1/edit', 'teaser'],
    pages: '/about /sitemap.xml /news /news/issues /news/issues/1',
  },
  { table: 'comments', column: 'body_html', pages: '/local-time/full' },
  {
    table: 'settings',
    column: 'tagline',
    form: ['/admin/settings', 'tagline'],
    pages: PAGES.filter((page) => !SAYS_NOTHING_OF_THE_NETWORK.includes(page)).join(' '),
  },
]

/** What is done in the admin area by forms that only add, or take away. */
const DEEDS: readonly (readonly [
  address: string,
  form: Readonly<Record<string, string>>,
  pages: string,
])[] = [
  ['/admin/podcasts/1/episodes/5/live/notes', { text: 'In a form' }, '/local-time/noon'],
  ['/admin/comments/1/decline', {}, '/local-time/full'],
]

/** What else somebody does by hand. */
const STATEMENTS: readonly (readonly [change: string, pages: string])[] = [
  [
    `do $$ begin
       update episodes set title = 'Taken back';
       raise exception 'no';
     exception when others then null; end $$`,
    '',
  ],
  [
    `merge into sponsors using (values ('sponsor', 'Merged')) found (slug, name) on sponsors.slug = found.slug
     when matched then update set name = found.name`,
    '/sitemap.xml /sponsors /sponsor/sponsor /local-time/full',
  ],
  [
    `insert into sponsors (id, slug, name) overriding system value values (1, 'sponsor', 'Again')
     on conflict (id) do update set name = excluded.name`,
    '/sitemap.xml /sponsors /sponsor/sponsor /local-time/full',
  ],
  [
    `insert into episodes (podcast_id, slug, guid, title) select id, 'draft', gen_random_uuid(), 'Draft' from podcasts`,
    '',
  ],
  [`update episodes set title = 'Drafted' where slug = 'draft'`, ''],
  [`update people set name = 'Nobody' where false`, ''],
  [
    `delete from episode_topics`,
    '/sitemap.xml /topics /topic/topic /topic/topic/feed /local-time/full',
  ],
  [
    `update posts set published = false where slug = 'b-post'`,
    `
      /person/ada-byron/written /feeds /sitemap.xml /posts /posts/feed /posts/a-post /posts/b-post /person/ada-byron
      /topics /topic/topic /topic/topic/posts`,
  ],
]

describe('what a page shows', () => {
  it(
    'is there at once whoever changes it, by hand, by the repo or in the admin area, and no other page is made anew',
    { timeout: 600_000 },
    async (t) => {
      const site = await keptSite(t)
      if (!site) return
      const { fresh, urls } = await aNetwork(site)
      const ada = await inAdmin(site.repo, { admin: true, name: 'Ada the Admin' }, {}, site.app)
      await site.live.caughtUp()
      const ask = async (url: string) => (await site.app.inject(url)).body
      const follow = async (
        what: string,
        change: () => Promise<unknown>,
        expected: readonly string[],
        compared: readonly string[],
      ) => {
        await change()
        const anew: string[] = []
        for (const url of urls) {
          const renders = await site.rendersDuring(async () => {
            const kept = await ask(url)
            if (!compared.includes(url)) return
            assert.equal(kept, (await fresh.inject(url)).body, `${url} after ${what}`)
          })
          if (renders > 0) anew.push(url)
        }
        assert.deepEqual(anew.toSorted(), [...new Set(expected)].toSorted(), what)
      }
      for (const url of urls) await ask(url)

      for (const shown of SHOWN) {
        const { table, pages, sheet, values = ['By hand', 'By the repo', 'In a form'] } = shown
        const [first, second, third] = values
        const on = listed(pages)
        await follow(`${table} by hand`, () => site.psql(byHand(shown, first)), on, urls)
        await follow(`${table} by the repo`, () => byRepo(site, shown, second), on, on)
        const form = sheet === undefined ? shown.form : ([SHEET, sheet] as const)
        const expected = [...on, ...listed(sheet === undefined ? (shown.also ?? '') : OF_FULL)]
        if (form)
          await follow(`${table} in a form`, () => byForm(ada, form, third), expected, expected)
      }
      for (const [address, form, pages] of DEEDS) {
        const deed = async () => {
          const done = await ada.post(address, form)
          assert.equal(done.status, 303, `${address} said ${done.html}`)
        }
        await follow(address, deed, listed(pages), urls)
      }
      for (const [change, expected] of STATEMENTS) {
        await follow(change, () => site.psql(change), listed(expected), urls)
      }
    },
  )
})

function listed(pages: string): readonly string[] {
  return pages.split(/\s+/).filter((page) => page !== '')
}

function byHand({ table, column, only }: Shown, value: string): string {
  const where = Object.entries(only ?? {}).map(([name, wanted]) => `where ${name} = '${wanted}'`)
  return `update ${table} set ${column} = '${value}' ${where.join('')}`
}

async function byRepo(
  { repo, live }: KeptSite,
  { table, column, only = {} }: Shown,
  value: string,
): Promise<void> {
  const schema = (await everySchema()).find(({ source }) => source === table)
  assert.ok(schema, table)
  const [[name, wanted] = ['id', 1]] = Object.entries(only)
  const row: object | undefined = await repo.getBy(schema, { [name]: wanted } as never)
  assert.ok(row, table)
  const field = column.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())
  const changed = { [field]: /^[0-9]+$/.test(value) ? Number(value) : value }
  await repo.updateOrThrow(change(row as never, changed as never))
  await live.caughtUp()
}

/** The form as it is, with this in one of its fields. Whoever sent it may be led to the page at once. */
async function byForm(
  { get, post }: Awaited<ReturnType<typeof inAdmin>>,
  [address, field]: readonly [string, string],
  value: string,
): Promise<void> {
  const { html } = await get(address)
  const form = formsIn(html, address).find(({ fields }) => fields.some(([name]) => name === field))
  assert.ok(form, `${address} has no ${field}`)
  const saved = await post(form.action, { ...Object.fromEntries(form.fields), [field]: value })
  assert.equal(saved.status, 303, `${address} said ${saved.html}`)
}
