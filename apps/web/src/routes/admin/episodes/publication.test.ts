import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, type Repo } from '@showrunner/data'
import { Episode, EpisodeGuest } from '@showrunner/domain/episodes'
import { Person } from '@showrunner/domain/people'
import { PreviewLink } from '@showrunner/domain/publishing'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { listJobs } from '@showrunner/jobs'
import { assertValidHtml } from '../../../testing/assert-valid-html.ts'
import { inAdmin } from '../../../testing/in-admin.ts'

const DRAFT = {
  slug: 'noon',
  title: 'High <Noon>',
  summary: 'At noon.',
  published: false,
  publishedAt: null,
  audioBytes: 1000,
  audioDuration: 60,
}

async function aHostsDraft(repo: Repo, params: object = {}) {
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { ...DRAFT, ...params })
  const host = await inAdmin(repo, { hostOf: [podcast] })
  const at = `/admin/podcasts/${podcast.id}/episodes/${episode.id}`
  const stored = () => repo.getOrThrow(Episode, episode.id)
  return { podcast, episode, host, at, stored }
}

const inBerlin = (repo: Repo) => repo.updateAll(from(Person), { timeZone: 'Europe/Berlin' })

describe('the page where an episode is published', () => {
  it(
    'says what has to be mended, where, and offers nothing until it is',
    sandboxed(async (repo) => {
      const { host, at } = await aHostsDraft(repo, { audioUrl: null, audioType: null })

      const { status, html } = await host.get(`${at}/publish`)

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, /To be mended first <span class="count">1<\/span>/)
      assert.match(
        html,
        new RegExp(`There is nothing to hear yet\\.</span> <a class="link" href="${at}/audio"`),
      )
      assert.match(html, /It has no guests\./)
      assert.doesNotMatch(html, /Publish now|datetime-local/)
    }),
  )

  it(
    'publishes at once',
    sandboxed(async (repo) => {
      const { host, at, stored } = await aHostsDraft(repo)
      const form = await host.get(`${at}/publish`)
      await assertValidHtml(form.html)

      const sent = await host.post(`${at}/publish`, { when: 'now' })

      assert.deepEqual([sent.status, sent.headers['location']], [303, `${at}/publish`])
      assert.deepEqual((await stored()).publishedAt, new Date('2026-11-20T12:00:00Z'))
      assert.equal((await host.app.inject('/local-time/noon')).statusCode, 200)
      const after = await host.get(`${at}/publish`)
      await assertValidHtml(after.html)
      assert.match(after.html, /Published<\/span>/)
      assert.match(after.html, /href="\/local-time\/noon">See it/)
    }),
  )

  it(
    'asks whether the guests are thanked, names them, and keeps the answer',
    sandboxed(async (repo) => {
      const { host, at, episode, stored } = await aHostsDraft(repo)
      const guest = await aPerson(repo, 'Grace <Hopper>', { handle: 'grace', email: 'g@x.example' })
      const { id: episodeId, podcastId } = episode
      await repo.insertOrThrow(build(EpisodeGuest, { episodeId, podcastId, personId: guest.id }))

      const form = await host.get(`${at}/publish`)
      await assertValidHtml(form.html)
      assert.match(form.html, /name="thanksGuests" type="checkbox" value="true" checked/)
      assert.match(form.html, /Grace &lt;Hopper&gt;: one mail with the link/)

      await host.post(`${at}/publish`, { when: 'now', thanksGuests: 'false' })
      assert.equal((await stored()).thanksGuests, false)
    }),
  )

  it(
    'takes the time in the zone of who types it, and says it in both',
    sandboxed(async (repo) => {
      const { host, at, stored } = await aHostsDraft(repo)
      await inBerlin(repo)
      const form = await host.get(`${at}/publish`)
      assert.match(form.html, /<span class="zone">Europe\/Berlin</)
      assert.match(form.html, /It is 20 Nov 2026, 13:00 CET \(12:00 UTC\) now\./)

      const said = { when: 'later', at: '2026-11-21T00:30', zone: 'Europe/Berlin' }
      await host.post(`${at}/publish`, said)

      assert.deepEqual((await stored()).publishedAt, new Date('2026-11-20T23:30:00Z'))
      const after = await host.get(`${at}/publish`)
      await assertValidHtml(after.html)
      assert.match(after.html, /Scheduled<\/span>/)
      assert.match(after.html, /21 Nov 2026, 00:30 CET \(20 Nov 2026, 23:30 UTC\)<\/time>/)
      assert.match(after.html, /value="2026-11-21T00:30"/)
      assert.deepEqual(
        (await listJobs(repo)).map(({ name, runAt }) => [name, runAt]),
        [['episode_appeared', new Date('2026-11-20T23:30:00Z')]],
      )
    }),
  )

  it(
    'shows what was typed again when there is no such time, and stores nothing',
    sandboxed(async (repo) => {
      const { host, at, stored } = await aHostsDraft(repo)
      await inBerlin(repo)
      const send = (typed: string) => host.post(`${at}/publish`, { when: 'later', at: typed })

      const skipped = await send('2027-03-28T02:30')
      const nothing = await send('')

      assert.deepEqual([skipped.status, nothing.status], [422, 422])
      await assertValidHtml(skipped.html)
      assert.match(skipped.html, /value="2027-03-28T02:30"/)
      assert.match(skipped.html, /href="#f-at">Appears on: there is no such time in Europe\/Berlin/)
      assert.match(nothing.html, /say a day and a time/)
      assert.equal((await stored()).published, false)
    }),
  )

  it(
    'moves what is scheduled, and does not hide what is out',
    sandboxed(async (repo) => {
      const { host, at, stored } = await aHostsDraft(repo)
      await host.post(`${at}/publish`, { when: 'later', at: '2026-11-21T10:00' })

      await host.post(`${at}/publish`, { when: 'later', at: '2026-11-22T10:00' })
      const moved = (await stored()).publishedAt
      await host.post(`${at}/publish`, { when: 'now' })
      const refused = await host.post(`${at}/publish`, { when: 'later', at: '2026-12-01T10:00' })

      assert.deepEqual(moved, new Date('2026-11-22T10:00:00Z'))
      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /unpublish it first/)
      assert.deepEqual((await stored()).publishedAt, new Date('2026-11-20T12:00:00Z'))
    }),
  )

  it(
    'refuses what lacks something, whatever is sent',
    sandboxed(async (repo) => {
      const { host, at, stored } = await aHostsDraft(repo, { summary: null })

      const refused = await host.post(`${at}/publish`, { when: 'now' })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, new RegExp(`href="${at}/edit#f-summary">It says nothing`))
      assert.equal((await stored()).published, false)
    }),
  )

  it(
    'unpublishes, and publishes again under the first date',
    sandboxed(async (repo) => {
      const out = { published: true, publishedAt: '2026-03-01T09:00:00Z' }
      const { host, at, stored } = await aHostsDraft(repo, out)
      const before = await host.get(`${at}/publish`)
      await assertValidHtml(before.html)
      assert.match(before.html, /It goes from every page/)
      assert.match(before.html, /href="\/local-time\/noon\/share-tall\.jpg"/)
      assert.match(before.html, /value="https:\/\/radio\.example\/local-time\/noon"/)
      assert.match(
        before.html,
        /&lt;iframe src=&quot;https:\/\/radio\.example\/local-time\/noon\/embed&quot;/,
      )

      const editor = await inAdmin(repo, { admin: true, name: 'Eve' })
      const told = /href="(\/admin\/news\/new\?[^"]*)"/
      assert.doesNotMatch(before.html, told)
      const [, about = ''] = told.exec((await editor.get(`${at}/publish`)).html) ?? []
      const item = await editor.get(about.replaceAll('&amp;', '&'))
      assert.match(item.html, /name="headline"[^>]*value="High &lt;Noon&gt;"/)
      assert.match(item.html, /value="https:\/\/radio\.example\/local-time\/noon"/)

      await host.post(`${at}/unpublish`)
      assert.equal((await host.app.inject('/local-time/noon')).statusCode, 410)
      const draft = await host.get(`${at}/publish`)
      await assertValidHtml(draft.html)
      assert.match(draft.html, /Publish again, dated 1 Mar 2026, 09:00 UTC/)
      await host.post(`${at}/publish`, { when: 'again' })

      assert.deepEqual((await stored()).publishedAt, new Date('2026-03-01T09:00:00Z'))
    }),
  )

  it(
    'changes the address, and shows a refused one again',
    sandboxed(async (repo) => {
      const { host, at } = await aHostsDraft(repo)
      await host.post(`${at}/publish`, { when: 'now' })

      const refused = await host.post(`${at}/slug`, { slug: 'High Noon' })
      const sent = await host.post(`${at}/slug`, { slug: 'high-noon' })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /value="High Noon"/)
      assert.match(refused.html, /href="#f-slug">Slug can only contain/)
      assert.equal(sent.status, 303)
      const old = await host.app.inject('/local-time/noon')
      assert.deepEqual([old.statusCode, old.headers.location], [301, '/local-time/high-noon'])
    }),
  )

  it(
    'makes preview links, shows each once, and takes them back',
    sandboxed(async (repo) => {
      const { host, at } = await aHostsDraft(repo)

      const sent = await host.post(`${at}/previews`)
      const cookie = sent.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
      const once = await host.app.inject({
        url: `${at}/publish`,
        headers: { ...host.headers, cookie: `${host.headers.cookie}; ${cookie}` },
      })
      const [, link = ''] =
        /value="https:\/\/radio\.example(\/preview\/[\w-]{43})"/.exec(once.body) ?? []
      await assertValidHtml(once.body)
      assert.equal((await host.app.inject(link)).statusCode, 200)
      const later = await host.get(`${at}/publish`)
      assert.doesNotMatch(later.html, /\/preview\//)
      assert.match(later.html, /Ada Byron/)
      assert.match(later.html, /Looked at once, last on/)

      const { id } = await repo.oneOrThrow(PreviewLink)
      await host.post(`${at}/previews/${id}/revoke`)

      assert.equal((await host.app.inject(link)).statusCode, 410)
      assert.match((await host.get(`${at}/publish`)).html, /No link leads here yet/)
    }),
  )

  it(
    'is not there for hosts of another podcast, nor under another podcast’s address',
    sandboxed(async (repo) => {
      const { at, host, episode, stored } = await aHostsDraft(repo)
      const other = await aPodcast(repo, { slug: 'other' })
      const stranger = await inAdmin(repo, { hostOf: [other], name: 'Eve' })
      const editor = await inAdmin(repo, { editor: true, name: 'Ed' })
      const paths = ['publish', 'unpublish', 'slug', 'previews', 'previews/1/revoke']
      const statuses = await Promise.all(
        paths.map(async (path) => (await stranger.post(`${at}/${path}`, { when: 'now' })).status),
      )

      assert.deepEqual(statuses, [404, 404, 404, 404, 404])
      assert.equal((await stranger.get(`${at}/publish`)).status, 404)
      assert.equal((await editor.get(`${at}/publish`)).status, 404)
      const astray = `/admin/podcasts/${other.id}/episodes/${episode.id}/publish`
      assert.equal((await stranger.get(astray)).status, 404)
      assert.equal((await host.get(astray)).status, 404)
      assert.equal((await stored()).published, false)
      assert.equal(await repo.count(PreviewLink), 0)
    }),
  )
})
