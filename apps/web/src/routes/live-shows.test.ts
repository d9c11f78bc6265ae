import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { Episode } from '@showrunner/domain/episodes'
import * as live from '@showrunner/domain/live'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { HOSTILE } from '../testing/a-full-episode.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { keptSite } from '../testing/kept-site.ts'
import { NOW, page, testApp } from '../testing/test-app.ts'

const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

const SECRET = 'nothing that anybody may know yet'

async function aShow(repo: Repo, plan: object = {}) {
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, {
    slug: 'noon',
    title: HOSTILE,
    summary: 'What we will talk of.',
    notes: SECRET,
    published: false,
    audioUrl: '/uploads/secret.mp3',
    youtubeUrl: 'https://www.youtube.com/watch?v=abcdefghijk',
  })
  const said = { startsAt: later(30).toISOString(), ...plan }
  const planned = await live.planLiveShow(repo, episode, said, { asOf: NOW })
  assert.ok(planned.ok)
  const at = async (url: string, minutes = 0) =>
    page(await testApp(repo, { clock: () => later(minutes) }), url)
  return { podcast, episode, at, ada: await aPerson(repo, 'Ada') }
}

async function assertNothingElse(html: string): Promise<void> {
  await assertValidHtml(html)
  assert.doesNotMatch(html, new RegExp(`${SECRET}|secret\\.mp3|abcdefghijk`))
}

describe('the page of a show that is announced', () => {
  it(
    'counts down to it, leads to a calendar and a feed, and tells nothing else of the episode',
    sandboxed(async (repo) => {
      const { at } = await aShow(repo)

      const { html, status } = await at('/local-time/noon')

      assert.equal(status, 200)
      await assertNothingElse(html)
      assert.match(
        html,
        /<time datetime="2026-11-20T12:30:00.000Z">Friday 20 November 2026, 12:30 UTC/,
      )
      assert.match(html, /What we will talk of\./)
      assert.match(html, /href="\/local-time\/noon\/live.ics"/)
      assert.match(html, /"@type":"BroadcastEvent"/)
      assert.doesNotMatch(html, /noindex/)
    }),
  )

  it(
    'is not there of a draft that was not announced, or when the announcement is taken back or forgotten',
    sandboxed(async (repo) => {
      const { at, episode, podcast } = await aShow(repo)
      await anEpisode(repo, podcast, { slug: 'draft', published: false })

      assert.equal((await at('/local-time/draft')).status, 404)
      assert.equal((await at('/local-time/draft/live.ics')).status, 404)
      assert.equal((await at('/local-time/noon', 30 + 360)).status, 404)
      for (const file of ['chapters.json', 'transcript.vtt', 'transcript.html']) {
        assert.equal((await at(`/local-time/noon/${file}`)).status, 404, file)
      }
      await live.cancelLiveShow(repo, episode)
      assert.equal((await at('/local-time/noon')).status, 404)
      assert.equal((await at('/local-time/noon/live.ics')).status, 404)
    }),
  )

  it(
    'is announced on the first page and on that of its podcast, and no other',
    sandboxed(async (repo) => {
      const { at } = await aShow(repo)
      await aPodcast(repo, { slug: 'other', title: 'Other' })

      for (const url of ['/', '/local-time']) {
        const { html } = await at(url)
        assert.match(html, /class="coming-up"/)
        await assertValidHtml(html)
      }
      for (const url of ['/other', '/about']) {
        assert.doesNotMatch((await at(url)).html, /class="coming-up"/)
      }
    }),
  )

  it(
    'comes into a calendar at the right time, every line of it short enough',
    sandboxed(async (repo) => {
      const { at, episode } = await aShow(repo, { plannedMinutes: '45' })
      await repo.updateAll(from(Episode).where({ id: episode.id }), {
        title: `One, two; three\\four\r\nBEGIN:VALARM ${'é🫖'.repeat(40)}`,
      })

      const { body, headers } = await at('/local-time/noon/live.ics')

      assert.match(String(headers['content-type']), /^text\/calendar/)
      assert.match(body, /\r\nDTSTART:20261120T123000Z\r\nDTEND:20261120T131500Z\r\n/)
      assert.ok(body.split('\r\n').every((line) => Buffer.byteLength(line) <= 75))
      const unfolded = body.replaceAll('\r\n ', '')
      assert.match(
        unfolded,
        /SUMMARY:Local Time: One\\, two\\; three\\\\four \\nBEGIN:VALARM (é🫖){40}\r\n/,
      )
      assert.doesNotMatch(unfolded, /\r\nBEGIN:VALARM/)
    }),
  )
})

describe('the page of a show on air', () => {
  it(
    'has the stream, notes and chapters, and every page of the site leads to it',
    sandboxed(async (repo) => {
      const { at, episode, ada } = await aShow(repo, {
        streamUrl: 'https://stream.example/live.m3u8',
      })
      await live.goOnAir(repo, episode, later(30))
      await live.addLiveNote(
        repo,
        episode,
        ada,
        { text: HOSTILE, url: 'https://almanac.example/' },
        later(31),
      )
      await live.markChapter(repo, episode, { title: HOSTILE }, later(32))

      const { html } = await at('/local-time/noon', 33)

      await assertNothingElse(html)
      assert.match(html, /<video controls preload="none"/)
      assert.match(html, /data-topic="show:/)
      assert.match(html, /almanac\.example/)
      for (const url of ['/', '/local-time', '/about', '/local-time/noon']) {
        const { html: other } = await at(url, 33)
        assert.match(other, /id="on-air" role="status">\s*<p><a href="\/local-time\/noon"/)
        await assertValidHtml(other)
      }
      assert.doesNotMatch((await at('/', 33)).html, /class="coming-up"/)
    }),
  )

  it(
    'only leads to a stream that is on another site',
    sandboxed(async (repo) => {
      const { at, episode } = await aShow(repo, { streamUrl: 'https://www.youtube.com/watch?v=x' })
      await live.goOnAir(repo, episode, later(30))

      const { html } = await at('/local-time/noon', 33)

      assert.match(html, /<a class="button" href="https:\/\/www.youtube.com\/watch\?v=x"/)
      assert.doesNotMatch(html, /<(?:iframe|video|audio|img|script)[^>]*youtube/)
    }),
  )
})

describe('the page of a show that is over', () => {
  it(
    'says that the episode follows, and becomes it, with its notes',
    sandboxed(async (repo) => {
      const { at, episode, ada } = await aShow(repo)
      await live.goOnAir(repo, episode, later(30))
      await live.addLiveNote(repo, episode, ada, { text: 'The almanac' }, later(31))
      await live.endShow(repo, episode, later(60))

      const over = await at('/local-time/noon', 61)
      await assertNothingElse(over.html)
      assert.match(over.html, /The show is over/)
      assert.match(over.html, /The almanac/)
      assert.doesNotMatch((await at('/', 61)).html, /class="lamp"/)

      await repo.updateAll(from(Episode), { published: true, publishedAt: later(90) })
      const { html } = await at('/local-time/noon', 91)
      await assertValidHtml(html)
      assert.match(html, /The almanac/)
      assert.match(html, /<a class="figures" href="#t=1:00">1:00<\/a>/)
      assert.match(html, /"@type":"PodcastEpisode"/)
      assert.doesNotMatch(html, /The show is over|data-topic/)
    }),
  )
})

describe('the feed of a podcast', () => {
  it(
    'tells of its show while it is announced, on air, and over for a day',
    sandboxed(async (repo) => {
      const { at, episode } = await aShow(repo, { streamUrl: 'https://stream.example/live.mp3' })
      const status = async (minutes: number) =>
        /<podcast:liveItem status="(\w+)"/.exec((await at('/local-time/feed', minutes)).body)?.[1]

      assert.equal(await status(0), 'pending')
      const { body } = await at('/local-time/feed')
      assert.match(body, /start="2026-11-20T12:30:00.000Z" end="2026-11-20T13:30:00.000Z"/)
      assert.match(body, /<enclosure url="https:\/\/stream.example\/live.mp3"/)
      assert.match(body, /<podcast:contentLink href="https:\/\/radio.example\/local-time\/noon">/)
      assert.doesNotMatch(body, new RegExp(`${SECRET}|secret\\.mp3`))
      assert.equal(await status(30 + 360), undefined)
      await live.goOnAir(repo, episode, later(30))
      assert.equal(await status(9999), 'live')
      await live.endShow(repo, episode, later(60))
      assert.equal(await status(60 + 24 * 60 - 1), 'ended')
      assert.equal(await status(60 + 24 * 60), undefined)
    }),
  )
})

describe('pages that are kept', () => {
  it('say that a show is on air at once, all of them, and are left alone by anything else of it', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const { repo, app } = site
    const { episode, ada } = await aShow(repo)
    await site.live.caughtUp()
    const urls = ['/', '/about', '/local-time', '/podcasts']
    const ask = async () => Promise.all(urls.map(async (url) => (await app.inject(url)).body))
    const onAir = async () => (await ask()).filter((html) => html.includes('class="lamp"')).length
    const rendersAfter = async (work: () => Promise<unknown>) => {
      await work()
      await site.live.caughtUp()
      return site.rendersDuring(ask)
    }
    assert.equal(await onAir(), 0)

    await rendersAfter(() => live.goOnAir(repo, episode, later(30)))
    assert.equal(await onAir(), urls.length)
    // The first page and that of the podcast ask which shows are to come; the others only show what is on air.
    assert.equal(await rendersAfter(() => live.slowDown(repo, episode, 30)), 2)
    assert.equal(
      await rendersAfter(() => live.addLiveNote(repo, episode, ada, { text: 'A note' }, later(31))),
      0,
    )
    await rendersAfter(() => live.endShow(repo, episode, later(60)))
    assert.equal(await onAir(), 0)
  })
})
