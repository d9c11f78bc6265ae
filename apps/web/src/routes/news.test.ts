import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { createSource, NewsItem, publishNewsItem } from '@showrunner/domain/news'
import { newsIssueChangeset, NewsIssue } from '@showrunner/domain/issues'
import { aNewsItem, anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { build, change } from '@showrunner/data'
import { HOSTILE } from '../testing/a-full-episode.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { signedIn } from '../testing/signed-in.ts'
import { NOW, page, testApp } from '../testing/test-app.ts'

async function anItemOut(repo: Repo, params: Record<string, unknown> = {}, at = NOW) {
  const item = await aNewsItem(repo, params)
  const saved = await publishNewsItem(repo, item, { publishedAt: at }, { asOf: NOW })
  assert.ok(saved.ok)
  return saved.value
}

describe('GET /news', () => {
  it(
    'says so where nothing is news, and is in the masthead only where something is',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const empty = await page(app, '/news')
      assert.equal(empty.status, 200)
      assert.match(empty.html, /Nothing is news yet\./)
      assert.doesNotMatch(empty.html, /<nav[^>]*>[^]*href="\/news"/)
      await assertValidHtml(empty.html)

      await anItemOut(repo)
      assert.match((await page(app, '/')).html, /<nav[^>]*>[^]*href="\/news"/)
    }),
  )

  it(
    'shows what is pinned, then the newest, each with its story; hostile words as words',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      await createSource(repo, { name: HOSTILE, slug: 'source', websiteUrl: 'https://x.example' })
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'tides', title: 'Tides' })
      await anItemOut(repo, { headline: 'Older', pinned: true }, new Date('2026-11-01T00:00:00Z'))
      await anItemOut(repo, {
        headline: HOSTILE,
        story: `A <script>alert(1)</script> **story**.`,
        source: 'x (source)',
        imageUrl: '/uploads/clock.jpg',
      })
      await anItemOut(repo, { headline: 'Ours', episode: 'Tides (tides)', url: '' })

      const { status, html } = await page(app, '/news')
      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.doesNotMatch(html, /<script>alert/)
      assert.match(html, /<strong>story<\/strong>/)
      assert.match(html, /href="\/local-time\/tides"/)
      const order = [...html.matchAll(/id="news-(\d+)"/g)].map(([, id]) => Number(id))
      const ids = (await repo.all(from(NewsItem).orderBy({ id: 'asc' }))).map(({ id }) => id)
      assert.deepEqual(order, [ids[0], ids[2], ids[1]])
    }),
  )
})

describe('GET /news/<item>', () => {
  it(
    'is at its headline and number; whatever else stands before the number leads there',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const { id } = await anItemOut(repo, { headline: 'The clock is right', story: 'It *is*.' })
      const url = `/news/the-clock-is-right-${id}`

      const { status, html } = await page(app, url)
      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, new RegExp(`<link rel="canonical" href="https://radio.example${url}"`))
      for (const other of [`/news/${id}`, `/news/clock-${id}`]) {
        const answer = await app.inject({ url: other })
        assert.deepEqual([answer.statusCode, answer.headers.location], [301, url])
      }
      assert.equal((await page(app, `/news/the-clock-is-right-${id + 1}`)).status, 404)
      assert.equal((await page(app, '/news/nothing')).status, 404)
    }),
  )

  it(
    'is not there before its moment, nor once it is taken back',
    sandboxed(async (repo) => {
      const { id } = await anItemOut(repo, {}, new Date('2026-11-20T12:01:00Z'))
      const url = `/news/the-clock-is-right-${id}`
      assert.equal((await page(await testApp(repo), url)).status, 404)
      const later = await testApp(repo, { clock: () => new Date('2026-11-20T12:02:00Z') })
      assert.equal((await page(later, url)).status, 200)
    }),
  )
})

describe('the feed of the news', () => {
  it(
    'has the newest with all they say, well-formed whatever that is',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const { id } = await anItemOut(repo, { headline: HOSTILE, story: 'It *is*.' })
      const answer = await app.inject({ url: '/news/feed' })
      assert.equal(answer.statusCode, 200)
      assert.match(String(answer.headers['content-type']), /rss\+xml/)
      assert.match(answer.body, new RegExp(`<guid isPermaLink="false">news-item-${id}</guid>`))
      assert.match(answer.body, /<em>is<\/em>/)
      assert.doesNotMatch(answer.body, /<title>[^<]*<script/)
    }),
  )
})

describe('sources and issues', () => {
  it(
    'have a list and a page each, valid with anything in them and with nothing',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      for (const url of ['/sources', '/news/issues']) {
        const { status, html } = await page(app, url)
        assert.equal(status, 200)
        await assertValidHtml(html)
      }
      await createSource(repo, { name: HOSTILE, slug: 'source', websiteUrl: 'https://x.example' })
      const item = await anItemOut(repo, { headline: HOSTILE, source: 'x (source)' })
      for (const number of [1, 2]) {
        const newsIssueItems = [{ newsItemId: item.id, withPicture: 'true' }]
        const said = { number, teaser: HOSTILE, note: '**Hello**', newsIssueItems }
        const issue = newsIssueChangeset(build(NewsIssue), said)
        await repo.insertOrThrow(change(issue, { published: true, publishedAt: NOW }))
      }

      for (const url of ['/sources', '/source/source', '/news/issues', '/news/issues/2', '/news']) {
        const { status, html } = await page(app, url)
        assert.equal(status, 200, url)
        await assertValidHtml(html)
        assert.doesNotMatch(html, /<script>alert/)
      }
      const { html } = await page(app, '/news/issues/2')
      assert.match(html, /<strong>Hello<\/strong>/)
      assert.match(html, /href="\/news\/issues\/1" rel="prev"/)
      assert.equal((await page(app, '/news/issues/3')).status, 404)
      assert.equal((await page(app, '/source/nobody')).status, 404)
    }),
  )
})

describe('sending something in', () => {
  it(
    'is for who is signed in, as who they are, and says what is missing',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const ada = await aPerson(repo, 'Ada Byron')
      const headers = { ...(await signedIn(repo, ada)), accept: 'text/html' }
      const send = async (form: Record<string, string>, sent: object = headers) =>
        app.inject({
          method: 'POST',
          url: '/news/submit',
          headers: { ...sent, 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams(form).toString(),
        })

      const away = await app.inject({ url: '/news/submit' })
      assert.deepEqual([away.statusCode, away.headers.location], [303, '/in?next=%2Fnews%2Fsubmit'])
      const form = await app.inject({ url: '/news/submit', headers })
      assert.match(String(form.headers['cache-control']), /no-store/)
      await assertValidHtml(form.body)

      const refused = await send({ headline: HOSTILE })
      assert.equal(refused.statusCode, 422)
      await assertValidHtml(refused.body)
      assert.equal(await repo.count(from(NewsItem)), 0)

      const sent = await send({
        url: 'https://clock.example',
        headline: 'Clock',
        status: 'published',
        submitterId: '1',
      })
      assert.deepEqual([sent.statusCode, sent.headers.location], [303, '/news/submitted'])
      const item = await repo.oneOrThrow(from(NewsItem))
      assert.deepEqual([item.status, item.submitterId], ['submitted', ada.id])
      await assertValidHtml((await page(app, '/news/submitted')).html)
    }),
  )
})
