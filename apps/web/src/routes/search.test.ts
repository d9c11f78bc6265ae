import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo, sql } from '@showrunner/data'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { saveTranscript } from '@showrunner/domain/transcripts'
import { array, assert as holds, asyncProperty, constantFrom } from 'fast-check'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { page, testApp } from '../testing/test-app.ts'

const HOSTILE = '</title><script>alert(1)</script>'

async function anArchive(repo: Repo) {
  const show = await aPodcast(repo, { title: 'Local Time' })
  const other = await aPodcast(repo, { slug: 'other', title: `Other ${HOSTILE}` })
  const episode = await anEpisode(repo, show, { slug: 'tides', title: 'Of tides & time' })
  await anEpisode(repo, other, {
    slug: 'old',
    title: `Tides ${HOSTILE}`,
    publishedAt: '2024-03-01T09:00:00Z',
  })
  await saveTranscript(repo, episode, {
    url: null,
    type: 'text/vtt',
    language: null,
    rel: null,
    cues: [
      { startsMs: 0, endsMs: 9000, speaker: 'Ada', text: 'Welcome.' },
      {
        startsMs: 3_723_000,
        endsMs: 3_730_000,
        speaker: '<b>Ben</b>',
        text: `A lighthouse ${HOSTILE}`,
      },
    ],
  })
}

describe('the search page', () => {
  it(
    'shows what was found, marked, and plays what was said from its second',
    sandboxed(async (repo) => {
      await anArchive(repo)
      const app = await testApp(repo)

      const { status, html } = await page(app, '/search?q=lighthouse')

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, /<h1 dir="auto">“lighthouse”<\/h1>/)
      assert.match(html, /1 result</)
      assert.match(html, /<a href="\/local-time\/tides">Of tides &amp; time/)
      assert.match(
        html,
        /href="\/local-time\/tides#t=1:02:03" aria-label="Play from 1:02:03">1:02:03</,
      )
      assert.match(html, /<b>&lt;b&gt;Ben&lt;\/b&gt;:<\/b>/)
      assert.match(html, /A <mark>lighthouse<\/mark> &lt;\/title&gt;/)
      assert.match(html, /<meta name="robots" content="noindex/)
    }),
  )

  it(
    'narrows by links, which keep what was asked for',
    sandboxed(async (repo) => {
      await anArchive(repo)
      const app = await testApp(repo)

      const { html } = await page(app, '/search?q=tides')
      await assertValidHtml(html)
      assert.match(html, /href="\/search\?q=tides&amp;show=other"[^>]*><span dir="auto">Other &lt;/)
      assert.match(html, /href="\/search\?q=tides&amp;year=2024"/)
      const { html: narrowed } = await page(app, '/search?q=tides&show=other&year=2024')
      await assertValidHtml(narrowed)
      assert.match(narrowed, /1 result</)
      assert.match(narrowed, /<input type="hidden" name="show" value="other">/)
      const { html: none } = await page(app, '/search?q=tides&show=other&year=2023')
      await assertValidHtml(none)
      assert.match(none, /href="\/search\?q=tides">Search everywhere</)
    }),
  )

  it(
    'says what it is for when nothing is asked, and what to do when nothing is found',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      for (const address of ['/search', '/search?q=', '/search?q=xylophone', '/search?q=%22%22']) {
        const { status, html } = await page(app, address)
        assert.equal(status, 200)
        await assertValidHtml(html)
        assert.match(html, /href="\/topics"/)
      }
      const { html } = await page(app, '/search?q=xylophone')
      assert.match(html, /Nothing was found for “xylophone”/)
    }),
  )

  it(
    'corrects what was mistyped, and says so',
    sandboxed(async (repo) => {
      await anEpisode(repo, await aPodcast(repo), { slug: 'one', title: 'Kubernetes at sea' })

      const { html } = await page(await testApp(repo), '/search?q=kubrenetes')

      await assertValidHtml(html)
      assert.match(html, /These are for “kubernetes”/)
      assert.match(html, /<mark>Kubernetes<\/mark> at sea/)
    }),
  )

  it(
    'goes through the pages',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      for (let number = 1; number <= 12; number += 1) {
        await anEpisode(repo, show, { slug: `tides-${number}`, title: `Tides ${number}` })
      }
      const app = await testApp(repo)

      const { html: first } = await page(app, '/search?q=tides')
      const { html: second } = await page(app, '/search?q=tides&page=2')

      await assertValidHtml(second)
      assert.match(first, /href="\/search\?q=tides&amp;page=2" rel="next nofollow"/)
      assert.match(second, /href="\/search\?q=tides" rel="prev nofollow"/)
      const linksIn = (html: string) =>
        html.match(/<h3 dir="auto"><a href="\/local-time\/tides-\d+"/g) ?? []
      assert.deepEqual([linksIn(first).length, linksIn(second).length], [10, 2])
      assert.equal(new Set([...linksIn(first), ...linksIn(second)]).size, 12)
    }),
  )

  it(
    'fails for nothing that stands in its address',
    sandboxed(async (repo) => {
      await anArchive(repo)
      await repo.run(sql`delete from rate_limits`)
      const app = await testApp(repo)
      const part = constantFrom(
        'q',
        'show',
        'year',
        'page',
        '=',
        '&',
        '%00',
        '%',
        '"',
        '-1',
        '1e99',
        'tides',
        '<b>',
        '[]',
        '%F0',
        'x'.repeat(300),
      )

      await holds(
        asyncProperty(array(part, { maxLength: 12 }), async (parts) => {
          await repo.run(sql`delete from rate_limits`)
          const { statusCode } = await app.inject(`/search?q=${parts.join('')}`)
          assert.ok([200, 400].includes(statusCode), `${statusCode} for ${parts.join('')}`)
        }),
        { numRuns: 40 },
      )
    }),
  )

  it(
    'asks whoever searches without end to wait',
    sandboxed(async (repo) => {
      const app = await testApp(repo, { clock: () => new Date('2026-11-20T12:00:00Z') })
      const codes: number[] = []
      for (let count = 0; count < 61; count += 1) {
        codes.push((await app.inject('/search?q=tides')).statusCode)
      }

      assert.deepEqual([codes[0], codes[59], codes[60]], [200, 200, 429])
    }),
  )
})

describe('the suggestions', () => {
  it(
    'are links to what begins so, and at the end to the search itself',
    sandboxed(async (repo) => {
      await anArchive(repo)
      await anEpisode(repo, await aPodcast(repo, { slug: 'three', title: 'Three' }), {
        slug: 'draft',
        title: 'Tidal draft',
        published: false,
      })
      const app = await testApp(repo)

      const { body } = await app.inject('/search/suggestions?q=tid')

      assert.match(
        body,
        /<li role="none"><a role="option" href="\/other\/old"><span dir="auto">Tides &lt;/,
      )
      assert.match(body, /href="\/local-time\/tides"/)
      assert.match(
        body,
        /href="\/search\?q=tid" dir="auto">Search everything for “tid”<\/a><\/li>\s*$/,
      )
      assert.doesNotMatch(body, /draft/)
      assert.match(
        (await app.inject('/search/suggestions?q=local+tmie')).body,
        /href="\/local-time"/,
      )
    }),
  )
})
