import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { changeSlug } from '@showrunner/domain/posts'
import { aPerson, aPodcast, aPost, sandboxed } from '@showrunner/domain/testing'
import { createTopic } from '@showrunner/domain/topics'
import { HOSTILE } from '../testing/a-full-episode.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { NOW, page, testApp } from '../testing/test-app.ts'

const MINUTE_MS = 60_000
const before = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE_MS)

async function aFullPost(repo: Repo) {
  const topic = await createTopic(repo, { name: HOSTILE, slug: 'topic' })
  assert.ok(topic.ok)
  const author = await aPerson(repo, HOSTILE, { handle: 'ines' })
  return aPost(repo, author, {
    slug: 'full',
    title: HOSTILE,
    subtitle: HOSTILE,
    tldr: `In short: ${HOSTILE}`,
    body: `# A heading\n\nA <script>alert(1)</script> **word** and [a link](javascript:alert(1)).`,
    coverUrl: '/uploads/full.jpg',
    canonicalUrl: 'https://www.elsewhere.example/full?a=1&b="2"',
    postTopics: [{ topicId: topic.value.id }],
    publishedAt: before(90),
  })
}

describe('the posts', () => {
  it(
    'are listed with who wrote them, the newest first, and linked from every page',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada Byron')
      await aPost(repo, ada, { slug: 'older', publishedAt: before(60) })
      await aPost(repo, ada, { slug: 'newer', publishedAt: before(0) })
      await aPost(repo, ada, { slug: 'soon', publishedAt: before(-1) })
      await aPost(repo, ada, { slug: 'draft' })

      const { status, html } = await page(await testApp(repo), '/posts')

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, /<a href="\/posts" aria-current="page">Posts</)
      assert.deepEqual(html.match(/(?<=<h3 dir="auto"><a href=")[^"]+/g), [
        '/posts/newer',
        '/posts/older',
      ])
      assert.match(html, /<span class="who">Ada Byron</)
      assert.doesNotMatch(html, /soon|draft/)
    }),
  )

  it(
    'are twenty on a page',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      for (let number = 1; number <= 21; number += 1) {
        await aPost(repo, ada, { slug: `p${number}`, publishedAt: before(number) })
      }
      const app = await testApp(repo)

      const [first, second] = [await page(app, '/posts'), await page(app, '/posts?page=2')]

      await assertValidHtml(first.html)
      await assertValidHtml(second.html)
      assert.match(first.html, /1 to 20 of 21.*\n<a class="link" href="\/posts\?page=2" rel="next"/)
      assert.match(second.html, /<a class="link" href="\/posts" rel="prev"[\s\S]*21 to 21 of 21/)
      assert.match(second.html, /rel="canonical" href="https:\/\/radio.example\/posts\?page=2"/)
      assert.equal((await page(app, '/posts?page=3')).status, 404)
      assert.equal((await page(app, '/posts?page=two')).status, 400)
    }),
  )

  it(
    'are not linked while there are none, and their page says so',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      await aPost(repo, await aPerson(repo, 'Ada'))

      const [{ html: front }, { status, html }] = [
        await page(app, '/about'),
        await page(app, '/posts'),
      ]

      assert.doesNotMatch(front, /href="\/posts"/)
      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, /Nothing has been written here yet/)
    }),
  )
})

describe('the page of a post', () => {
  it(
    'shows everything, and trusts none of it',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      await aPost(repo, ada, { slug: 'before', publishedAt: before(100) })
      await aFullPost(repo)
      await aPost(repo, ada, { slug: 'after', publishedAt: before(80) })

      const { status, html } = await page(await testApp(repo), '/posts/full')

      assert.equal(status, 200)
      await assertValidHtml(html)
      const escaped = '&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;&amp;&quot; ’مرحبا’'
      assert.ok(html.includes(`<h1 data-size="long" dir="auto">${escaped}</h1>`))
      assert.ok(html.includes(`<p class="standfirst" dir="auto">In short: ${escaped}</p>`))
      assert.doesNotMatch(html, /<script>alert|"javascript:/)
      assert.match(html, /<h2>A heading<\/h2>\s*<p>A +<strong>word<\/strong>/)
      assert.match(html, /href="\/person\/ines"/)
      assert.match(html, /<a class="previous" href="\/posts\/before" rel="prev">/)
      assert.match(html, /<a class="next" href="\/posts\/after" rel="next">/)
    }),
  )

  it(
    'tells search engines and other sites what it is, and where it was first',
    sandboxed(async (repo) => {
      const post = await aFullPost(repo)

      const { html } = await page(await testApp(repo), '/posts/full')
      const [, data = ''] = /<script type="application\/ld\+json">(.*)<\/script>/.exec(html) ?? []
      const { dateModified, ...said } = JSON.parse(data)

      assert.match(html, /rel="canonical" href="https:\/\/www.elsewhere.example\/full\?a=1&amp;b=/)
      assert.match(html, /property="og:type" content="article"/)
      assert.match(
        html,
        /property="og:image" content="https:\/\/radio.example\/posts\/full\/share.jpg\?v=[\w-]+"/,
      )
      assert.equal(dateModified, post.updatedAt.toISOString())
      assert.deepEqual(said, {
        '@context': 'https://schema.org',
        '@type': 'BlogPosting',
        headline: HOSTILE,
        url: 'https://radio.example/posts/full',
        description: `In short: ${HOSTILE}`,
        image: 'https://radio.example/uploads/full.jpg',
        datePublished: '2026-11-20T10:30:00.000Z',
        author: {
          '@type': 'Person',
          name: HOSTILE,
          url: 'https://radio.example/person/ines',
        },
        publisher: {
          '@type': 'Organization',
          name: 'Showrunner',
          url: 'https://radio.example/',
        },
        keywords: [HOSTILE],
      })
    }),
  )

  it(
    'stands with nothing but what it needs',
    sandboxed(async (repo) => {
      await aPost(repo, await aPerson(repo, 'Ada'), { slug: 'bare', publishedAt: before(1) })

      const { status, html } = await page(await testApp(repo), '/posts/bare')

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.doesNotMatch(html, /<img|class="subtitle"|Filed under|class="turn"/)
    }),
  )

  it(
    'is not there before its moment, nor as a draft',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      await aPost(repo, ada, { slug: 'soon', publishedAt: before(-1) })
      await aPost(repo, ada, { slug: 'draft' })
      const status = async (asOf: Date, slug: string) =>
        (await page(await testApp(repo, { clock: () => asOf }), `/posts/${slug}`)).status

      assert.deepEqual([await status(NOW, 'soon'), await status(NOW, 'draft')], [404, 404])
      assert.equal(await status(before(-1), 'soon'), 200)
      assert.equal(await status(NOW, 'nowhere'), 404)
    }),
  )

  it(
    'is led to from the addresses it had',
    sandboxed(async (repo) => {
      const post = await aPost(repo, await aPerson(repo, 'Ada'), {
        slug: 'one',
        publishedAt: before(9),
      })
      await changeSlug(repo, post, { slug: 'two' }, NOW)
      const app = await testApp(repo)

      const { statusCode, headers } = await app.inject('/posts/one')

      assert.deepEqual([statusCode, headers.location], [301, '/posts/two'])
      assert.equal(headers['cache-control'], 'no-cache')
      assert.equal((await page(app, '/posts/two')).status, 200)
    }),
  )

  it(
    'makes a person one that has a page',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      await aPodcast(repo)
      const draft = await aPost(repo, ada, { slug: 'draft' })
      const app = await testApp(repo)
      const without = await page(app, '/person/ada')
      await aPost(repo, ada, { slug: 'out', publishedAt: before(1) })

      const { status, html } = await page(app, '/person/ada')

      assert.equal(without.status, 404)
      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, /id="written">Posts</)
      assert.match(html, /href="\/posts\/out"/)
      assert.ok(!html.includes(`/posts/${draft.slug}`))
    }),
  )
})
