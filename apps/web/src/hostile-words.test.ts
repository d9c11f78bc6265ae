import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { change, type Repo } from '@showrunner/data'
import { Episode } from '@showrunner/domain/episodes'
import { JOBS } from '@showrunner/domain/jobs'
import { publishEpisode } from '@showrunner/domain/publishing'
import { subscribe } from '@showrunner/domain/subscriptions'
import { anEpisode, aPerson, aPodcast, partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { readFeed } from '@showrunner/feeds'
import { assertWellFormed } from '@showrunner/feeds/testing'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import {
  array,
  assert as assertProperty,
  asyncProperty,
  constantFrom,
  oneof,
  string,
} from 'fast-check'
import FeedParser from 'feedparser'
import { parseFeed as parseWithFeedsmith } from 'feedsmith'
import { parseFeed as parseWithPartytime } from 'podcast-partytime'
import RssParser from 'rss-parser'
import { assertValidHtml } from './testing/assert-valid-html.ts'
import { inAdmin } from './testing/in-admin.ts'
import { NOW } from './testing/test-app.ts'

const NASTY = [
  '<script>alert(1)</script>',
  '</title>',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1))',
  '<a href="data:text/html,x">a</a>',
  '<svg onload=alert(1)>',
  '<!--',
  '<![CDATA[',
  ']]>',
  '"',
  "'",
  '&',
  '&amp;',
  '&#x3c;',
  '`',
  '<%= 1 %>',
  '{{1}}',
  '${1}',
  '\u0000',
  '\u0007',
  '\u0085',
  '\u202e',
  '\ufffe',
  '\r\nBcc: all@example.com\r\n',
  'عברית',
  '🫖',
]

const nasty = array(oneof(constantFrom(...NASTY), string({ unit: 'grapheme', maxLength: 4 })), {
  maxLength: 8,
}).map((parts) => parts.join(''))

/** Without what XML forbids. */
const clean = (text: string) => text.replaceAll(/[\p{Cc}\ufffe\uffff]/gu, '')

/** As a header of a mail has to be. */
const inOneLine = (text: string) => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')

/** What somebody may call something: it begins and ends with a letter, and is no longer than a title may be. */
const title = nasty.map((text) => `T${text.replaceAll('\0', '').slice(0, 200)}t`)
/** Notes in which HTML may stand. */
const notes = nasty.map((text) => `Of clocks. ${text.replaceAll('\0', '')}`)

/** Whoever writes a show, in the admin area, and a listener who is mailed of every episode of it. */
async function aDesk(repo: Repo) {
  const podcast = await aPodcast(repo, { title: `Clocks & <b>"bells"</b>` })
  const listener = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
  const wanted = { podcastId: podcast.id, episodeId: null, personId: listener.id }
  await subscribe(repo, { ...wanted, context: 'podcast' }, NOW)
  await anEpisode(repo, podcast, { slug: 'harmless', title: 'Harmless', notes: 'Nothing.' })
  return { podcast, host: await inAdmin(repo, { admin: true }) }
}

type Desk = Awaited<ReturnType<typeof aDesk>>

interface Said {
  readonly title: string
  readonly subtitle: string
  readonly notes: string
}

/** An episode that says so, typed into its form and published; and what was mailed of it. */
async function appeared(repo: Repo, { podcast, host }: Desk, said: Said) {
  const episodes = `/admin/podcasts/${podcast.id}/episodes`
  const begun = await host.post(episodes, { title: 'New', sponsorsOf: '' })
  const edit = String(begun.headers['location'])
  const sheet = await host.get(edit)
  const lockVersion = /name="lockVersion" value="(\d+)"/.exec(sheet.html)?.[1] ?? ''
  const saved = await host.post(edit, { lockVersion, ...said })
  assert.equal(saved.status, 303, saved.html)

  const id = Number(/episodes\/(\d+)/.exec(edit)?.[1])
  const draft = await repo.getOrThrow(Episode, id)
  const sound = {
    audioUrl: `/uploads/${id}.mp3`,
    audioType: 'audio/mpeg',
    audioBytes: 1000,
    audioDuration: 60,
  }
  await repo.updateOrThrow(change(draft, sound))
  const published = await publishEpisode(repo, draft, {}, NOW)
  assert.ok(published.ok)
  const sent: Message[] = []
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent }))
  const mail = sent.find(({ to }) => to === 'ada@example.com')
  assert.ok(mail)
  return { episode: await repo.getOrThrow(Episode, id), mail }
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
}

/** What HTML that is nothing but text says. */
function spoken(html: string): string {
  assert.doesNotMatch(html, /[<>]/)
  return html.replaceAll(/&([#\w]+);/g, (_, name: string) => {
    assert.ok(name in ENTITIES, name)
    return ENTITIES[name] ?? ''
  })
}

const heading = (html: string) => spoken(/<h1[^>]*>([^<]*)<\/h1>/.exec(html)?.[1] ?? '<')

/** The tags of a page, without what their attributes are. */
function tagsOf(html: string): readonly string[] {
  const withoutValues = html.replaceAll(/="[^"]*"/g, '=')
  return withoutValues.match(/<[a-z!/][^>]*>/gi) ?? []
}

/** Nothing acts but what always does. */
function assertHarmless(html: string, scripts: number): void {
  const tags = tagsOf(html)
  assert.equal(tags.filter((tag) => /^<script/i.test(tag)).length, scripts)
  assert.deepEqual(
    tags.filter((tag) => /\son\w+\s*=/i.test(tag)),
    [],
  )
  assert.doesNotMatch(html, / (?:href|src|action)="\s*(?:javascript|data|vbscript):/i)
}

const collapsed = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim()

async function titlesInReaders(xml: string): Promise<readonly (readonly string[])[]> {
  assertWellFormed(xml)
  const { feed, warnings } = await readFeed(xml)
  assert.deepEqual(warnings, [])
  const feedsmith = parseWithFeedsmith(xml)
  assert.equal(feedsmith.format, 'rss')
  const lenient = await new RssParser().parseString(xml)
  return [feed.items, feedsmith.feed.items ?? [], lenient.items].map((items) =>
    items.map((item) => collapsed(item.title)),
  )
}

async function guidsInReaders(xml: string): Promise<readonly (readonly string[])[]> {
  const streamed: string[] = []
  for await (const item of Readable.from([xml]).pipe(new FeedParser({})))
    streamed.push(String(Reflect.get(Object(item), 'guid')))
  return [streamed, parseWithPartytime(xml)?.items.map(({ guid }) => guid) ?? []]
}

describe('an episode that is called whatever somebody can type', () => {
  it(
    'says just that on its page, in the feed and in the mail of it, and nothing of it acts',
    sandboxed(async (repo) => {
      const desk = await aDesk(repo)
      const { get } = desk.host
      const scripts = tagsOf((await get('/local-time/harmless')).html).filter((tag) =>
        tag.startsWith('<script'),
      ).length

      await assertProperty(
        asyncProperty(title, title, notes, async (called, subtitle, written) => {
          const said = { title: called, subtitle, notes: written }
          const { episode, mail } = await appeared(repo, desk, said)

          const page = await get(`/local-time/${episode.slug}`)
          assert.equal(page.status, 200)
          await assertValidHtml(page.html)
          assert.equal(heading(page.html), episode.title)
          assertHarmless(page.html, scripts)

          const feed = (await get('/local-time/feed')).body
          for (const titles of await titlesInReaders(feed))
            assert.ok(titles.map(clean).includes(clean(collapsed(episode.title))))
          for (const guids of await guidsInReaders(feed)) assert.ok(guids.includes(episode.guid))

          const subject = inOneLine(`${desk.podcast.title}: ${episode.title}`)
          assert.equal(mail.subject, subject)
          assert.ok(mail.text.startsWith(`${subject}\n\n`))
          assert.ok(episode.subtitle === null || mail.text.includes(episode.subtitle))
          assert.equal(heading(mail.html), subject)
          assertHarmless(mail.html, 0)
        }),
        { numRuns: 6 },
      )
    }),
  )
})
