import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buildAssoc } from '@showrunner/data'
import { updateSettings } from '@showrunner/domain/settings'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { aFullEpisode, HOSTILE } from './testing/a-full-episode.ts'
import { assertValidHtml } from './testing/assert-valid-html.ts'
import { page, testApp } from './testing/test-app.ts'

describe('the front page', () => {
  it(
    'shows the newest episode large, the next ones below it, and the shows',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo, { title: 'Local Time' })
      await anEpisode(repo, podcast, { slug: 'older', title: 'Older' })
      const newest = { slug: 'newer', title: 'Newer', publishedAt: '2026-03-02T09:00:00Z' }
      await anEpisode(repo, podcast, newest)

      const { status, html } = await page(await testApp(repo), '/')

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, /<h2 data-size="short" dir="auto"><a href="\/local-time\/newer">Newer</)
      assert.match(html, /<h3 dir="auto"><a href="\/local-time\/older">Older</)
      assert.match(html, /<h3 dir="auto" lang="en"><a href="\/local-time">Local Time</)
    }),
  )

  it(
    'says how to bring the first podcast in when there is none',
    sandboxed(async (repo) => {
      const { status, html } = await page(await testApp(repo), '/')

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, /npx showrunner import/)
    }),
  )

  it(
    'says the year where its lines are of several, and not where they are of one',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'newest', publishedAt: '2026-11-01T09:00:00Z' })
      await anEpisode(repo, podcast, { slug: 'newer' })
      const app = await testApp(repo)
      const { html: ofOne } = await page(app, '/')
      await anEpisode(repo, podcast, { slug: 'old', publishedAt: '2022-03-18T09:00:00Z' })

      const { html: ofSeveral } = await page(app, '/')

      assert.match(ofOne, />1 Mar<\/time>/)
      assert.match(ofSeveral, />1 Mar 2026<\/time>[\s\S]*>18 Mar 2022<\/time>/)
    }),
  )

  it(
    'keeps to itself what is a draft or not released yet',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'tomorrow', publishedAt: '2026-11-21T09:00:00Z' })
      await anEpisode(repo, podcast, { slug: 'unready', published: false })
      await aPodcast(repo, { slug: 'secret', title: 'Secret', status: 'draft' })

      const { html } = await page(await testApp(repo), '/')

      assert.doesNotMatch(html, /tomorrow|unready|Secret/)
    }),
  )
})

describe('the page of an episode', () => {
  it(
    'shows everything, and trusts none of it',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const { status, html } = await page(await testApp(repo), '/local-time/full')

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.doesNotMatch(html, /<script>alert/)
      const escaped = '&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;&amp;&quot; ’مرحبا’'
      assert.ok(html.includes(`<h1 id="headline" data-size="long" dir="auto">${escaped}</h1>`))
      for (const part of ['Chapters', 'Notes', 'Transcript', 'Links', 'Made possible by']) {
        assert.match(html, new RegExp(`<h2[^>]*>${part}</h2>`))
      }
      assert.match(
        html,
        /<span class="crumbs"><a href="\/podcasts" lang="en">Podcasts<\/a> <a href="\/local-time"/,
      )
      assert.match(html, /<a class="previous" href="\/local-time\/before" rel="prev">/)
      assert.match(html, /<a class="next" href="\/local-time\/after" rel="next">/)
      assert.match(html, /<a class="link" href="\/local-time\/full\/transcript">Read on<\/a>/)
      assert.match(html, /<span class="meta">\d+ words in all</)
    }),
  )

  it(
    'tells search engines and other sites what it is',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const { html } = await page(await testApp(repo), '/local-time/full')

      assert.match(html, /<link rel="canonical" href="https:\/\/radio.example\/local-time\/full">/)
      assert.match(html, /property="og:audio" content="https:\/\/radio.example\/uploads\/full.mp3"/)
      assert.match(html, /type="application\/rss\+xml" title="[^"]+" href="\/local-time\/feed"/)
    }),
  )

  it(
    'stands without notes, guests, artwork or sound',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'bare', audioUrl: null, audioType: null })

      const { status, html } = await page(await testApp(repo), '/local-time/bare')

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.doesNotMatch(html, /<show-player|<img|id="(chapters|notes|transcript)"/)
    }),
  )

  it(
    'is not there before its time, nor at an address that cannot be one',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'later', publishedAt: '2026-11-21T09:00:00Z' })
      const app = await testApp(repo)

      const scheduled = await page(app, '/local-time/later')
      const impossible = await page(app, '/local-time/%00')

      assert.deepEqual([scheduled.status, impossible.status], [404, 404])
    }),
  )
})

describe('the page of a podcast', () => {
  it(
    'lists its episodes by year, the people who make it and where its feed is',
    sandboxed(async (repo) => {
      const { podcast } = await aFullEpisode(repo)
      await anEpisode(repo, podcast, { slug: 'old', publishedAt: '2024-01-01T09:00:00Z' })

      const { status, html } = await page(await testApp(repo), '/local-time')

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.deepEqual(html.match(/(?<=id="part-\d" dir="auto">)[^<]+/g), ['2026', '2024'])
      assert.match(html, /href="\/person\/ines-okafor"/)
      assert.match(html, /readonly value="https:\/\/radio.example\/local-time\/feed"/)
      assert.match(html, /4 episodes/)
    }),
  )

  it(
    'shows fifty at a time',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      for (let number = 1; number <= 51; number += 1) {
        await anEpisode(repo, podcast, { slug: `e${number}` })
      }
      const app = await testApp(repo)

      const [first, second] = [
        await page(app, '/local-time'),
        await page(app, '/local-time?page=2'),
      ]

      await assertValidHtml(first.html)
      await assertValidHtml(second.html)
      assert.match(
        first.html,
        /1 to 50 of 51.*\n<a class="link" href="\/local-time\?page=2" rel="next"/,
      )
      assert.match(second.html, /<a class="link" href="\/local-time" rel="prev"/)
      assert.equal((await page(app, '/local-time?page=3')).status, 404)
    }),
  )

  it(
    'refuses a page that is no number, and says so',
    sandboxed(async (repo) => {
      await aPodcast(repo)

      const { status, html } = await page(await testApp(repo), '/local-time?page=two')

      assert.equal(status, 400)
      await assertValidHtml(html)
      assert.match(html, /page: /)
    }),
  )

  it(
    'announces a show that has not begun',
    sandboxed(async (repo) => {
      await aPodcast(repo, { status: 'soon' })

      const { html } = await page(await testApp(repo), '/local-time')

      await assertValidHtml(html)
      assert.match(html, /Coming soon/)
      assert.match(html, /The first episode is on its way/)
    }),
  )
})

describe('the page of a person', () => {
  it(
    'shows what they host and where they were a guest',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      const app = await testApp(repo)

      const [host, guest] = [
        await page(app, '/person/ines-okafor'),
        await page(app, '/person/guest'),
      ]

      await assertValidHtml(host.html)
      await assertValidHtml(guest.html)
      assert.match(host.html, /id="hosted">As host/)
      assert.match(host.html, /href="https:\/\/github.com\/ines"/)
      assert.match(guest.html, /id="guested">As guest/)
      assert.doesNotMatch(guest.html, /As host/)
    }),
  )

  it(
    'writes initials where there is no picture',
    sandboxed(async (repo) => {
      const person = await aPerson(repo, 'Ines Okafor')
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      await repo.insertOrThrow(buildAssoc(episode, 'episodeHosts', { personId: person.id }))

      const { html } = await page(await testApp(repo), '/local-time/one')

      assert.match(html, /<span class="face" aria-hidden="true">IO<\/span>/)
    }),
  )
})

describe('the other pages', () => {
  it(
    'list the podcasts',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const { html } = await page(await testApp(repo), '/podcasts')

      await assertValidHtml(html)
      assert.match(html, /<a href="\/podcasts" aria-current="page">/)
      assert.match(html, /href="\/local-time"/)
    }),
  )

  it(
    'say who publishes all this, and write their address so that it works',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      const owner = { ownerName: HOSTILE, ownerEmail: 'a+b&c=d@radio.example' }
      await updateSettings(repo, { title: HOSTILE, description: '**We**', ...owner })

      const { html } = await page(await testApp(repo), '/about')

      await assertValidHtml(html)
      assert.match(html, /href="mailto:a%2Bb%26c%3Dd@radio.example"/)
      assert.match(html, /<strong>We<\/strong>/)
    }),
  )
})
