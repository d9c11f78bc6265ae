import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { JOBS } from '@showrunner/domain/jobs'
import { answerRequest, EpisodeRequest, findRequestByToken } from '@showrunner/domain/requests'
import { updateSettings } from '@showrunner/domain/settings'
import { aPerson, aPodcast, partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { type FastifyInstance } from 'fastify'
import { HOSTILE } from '../testing/a-full-episode.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { HERE, signedIn } from '../testing/signed-in.ts'
import { NOW, page, testApp } from '../testing/test-app.ts'

const WISH = {
  podcast: 'local-time',
  name: 'Ada Byron',
  email: 'ada@example.com',
  pitch: `Why?\n\n${HOSTILE}`,
  guests: HOSTILE,
}

function post(
  app: FastifyInstance,
  url: string,
  fields: Record<string, string> = {},
  headers = {},
) {
  return app.inject({
    method: 'POST',
    url,
    headers: { ...HERE, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: String(new URLSearchParams(fields)),
  })
}

/** The token in the mail that came last. */
async function mailedToken(repo: Repo): Promise<string> {
  const sent: Message[] = []
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent }))
  return /\/request\/([\w-]+)/.exec(sent.at(-1)?.text ?? '')?.[1] ?? ''
}

describe('asking for an episode', () => {
  it(
    'is offered for the podcasts that take requests, and linked from every page then',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      await aPodcast(repo, { slug: 'deaf', title: 'Deaf' })
      const none = await page(app, '/request')
      await aPodcast(repo, { takesRequests: true, title: HOSTILE, subtitle: HOSTILE })
      const later = await testApp(repo)

      const { html, status } = await page(later, '/request')

      assert.match(none.html, /None of our podcasts takes requests/)
      assert.doesNotMatch(none.html, /href="\/request"/)
      await assertValidHtml(none.html)
      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, /name="podcast" value="local-time" checked/)
      assert.doesNotMatch(html, /value="deaf"|<script>alert/)
      assert.match((await page(later, '/')).html, /href="\/request"/)
    }),
  )

  it(
    'leads from the form over a mail and a button to a page of its own',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      await aPodcast(repo, { takesRequests: true })

      const sent = await post(app, '/request', WISH)
      assert.deepEqual([sent.statusCode, sent.headers.location], [303, '/request/sent'])
      await assertValidHtml((await page(app, '/request/sent')).html)
      const token = await mailedToken(repo)

      const asking = await page(app, `/request/${token}`)
      await assertValidHtml(asking.html)
      assert.match(asking.html, /Hand it on/)
      assert.equal(asking.headers['cache-control'], 'no-store')
      assert.equal(await repo.count(EpisodeRequest), 0)

      const confirm = () => post(app, `/request/${token}/confirm`)
      for (const confirmed of [await confirm(), await confirm()]) {
        assert.deepEqual(
          [confirmed.statusCode, confirmed.headers.location],
          [303, `/request/${token}`],
        )
      }
      const shown = await page(app, `/request/${token}`)
      await assertValidHtml(shown.html)
      assert.match(shown.html, /<h1>Handed on<\/h1>/)
      assert.equal(await repo.count(EpisodeRequest), 1)
    }),
  )

  it(
    'answers the same whether the address is known or not',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      await aPodcast(repo, { takesRequests: true })
      await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })

      const [known, unknown] = [
        await post(app, '/request', WISH),
        await post(app, '/request', { ...WISH, email: 'eve@example.com' }),
      ]

      assert.deepEqual([known.statusCode, known.body], [unknown.statusCode, unknown.body])
      assert.equal(known.headers.location, unknown.headers.location)
    }),
  )

  it(
    'comes back with everything typed, and what is wrong beside it and at the top',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      await aPodcast(repo, { takesRequests: true })
      await aPodcast(repo, { slug: 'other', title: 'Other', takesRequests: true })

      const { statusCode, body } = await post(app, '/request', {
        name: HOSTILE,
        email: 'ada',
        pitch: '',
        topics: 'x'.repeat(141),
      })

      assert.equal(statusCode, 422)
      await assertValidHtml(body)
      assert.match(body, /href="#shows">Choose a podcast to ask\./)
      assert.match(body, /href="#pitch">Your pitch can&#39;t be blank\./)
      assert.match(body, /id="email-error">Your e-mail address must be an e-mail address\./)
      assert.match(body, /id="topics-error">Topics should be at most 140 character/)
      assert.match(body, /value="&lt;script&gt;/)
      assert.match(body, /x{141}/)
    }),
  )

  it(
    'asks who is signed in nothing but the wish',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      await aPodcast(repo, { takesRequests: true })
      const headers = await signedIn(
        repo,
        await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' }),
      )

      const { body } = await app.inject({ url: '/request', headers })
      await assertValidHtml(body)
      assert.doesNotMatch(body, /name="email"/)
      assert.match(body, /You ask as/)

      const { podcast, pitch } = WISH
      const { headers: answer } = await post(app, '/request', { podcast, pitch }, headers)
      const shown = await page(app, String(answer.location))
      assert.match(shown.html, /<h1>Handed on<\/h1>/)
    }),
  )

  it(
    'is refused from another site, and says when it was too often',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      await aPodcast(repo, { takesRequests: true })

      const foreign = await post(app, '/request', WISH, { 'sec-fetch-site': 'cross-site' })
      for (let count = 0; count < 4; count += 1) await post(app, '/request', WISH)
      const fifth = await post(app, '/request', WISH)

      assert.deepEqual([foreign.statusCode, fifth.statusCode], [403, 429])
    }),
  )
})

describe('the page of a request', () => {
  const asked = async (repo: Repo, app: FastifyInstance) => {
    await aPodcast(repo, { takesRequests: true })
    await post(app, '/request', WISH)
    const token = await mailedToken(repo)
    await post(app, `/request/${token}/confirm`)
    return { token, request: (await findRequestByToken(repo, token, NOW))! }
  }

  it(
    'shows what was decided and said, and takes an answer',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const { token, request } = await asked(repo, app)
      const host = await aPerson(repo, 'Grace Hopper')
      const body = `Sorry.\n\n${HOSTILE}`
      await answerRequest(repo, request, { status: 'declined', lockVersion: 1, body }, host, NOW)

      const empty = await post(app, `/request/${token}/messages`, { body: ' ' })
      const said = await post(app, `/request/${token}/messages`, { body: 'Pity.' })

      assert.deepEqual([empty.statusCode, said.statusCode], [422, 303])
      await assertValidHtml(empty.body)
      assert.match(empty.body, /Your message can&#39;t be blank\./)
      const { html } = await page(app, `/request/${token}`)
      await assertValidHtml(html)
      assert.match(html, /Not this time[^]*Grace Hopper[^]*Sorry\.[^]*Pity\./)
      assert.doesNotMatch(html, /<script>alert/)
    }),
  )

  it(
    'is nobody’s without its link',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const { request } = await asked(repo, app)

      for (const token of ['nothing', String(request.id), 'a'.repeat(43)]) {
        const answers = [
          await page(app, `/request/${token}`),
          await post(app, `/request/${token}/confirm`),
          await post(app, `/request/${token}/messages`, { body: 'Hello' }),
        ]
        assert.deepEqual(
          answers.map(({ statusCode }) => statusCode),
          [410, 410, 410],
        )
      }
      await assertValidHtml((await page(app, '/request/nothing')).html)
    }),
  )
})

describe('the texts of the network', () => {
  it(
    'are there when they were written, and linked then',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      assert.equal((await page(app, '/imprint')).status, 404)
      assert.doesNotMatch((await page(app, '/about')).html, /imprint|privacy/)

      const words = {
        imprint: `We are **us**. ${HOSTILE}`,
        privacy: 'Nothing.',
        mastodonUrl: 'https://social.example/@us',
      }
      assert.ok((await updateSettings(repo, words)).ok)
      const later = await testApp(repo)

      const imprint = await page(later, '/imprint')
      await assertValidHtml(imprint.html)
      assert.match(imprint.html, /We are <strong>us<\/strong>/)
      assert.doesNotMatch(imprint.html, /<script>alert/)
      assert.equal((await page(later, '/privacy')).status, 200)
      assert.equal((await page(later, '/terms')).status, 404)
      const about = await page(later, '/about')
      await assertValidHtml(about.html)
      assert.match(about.html, /href="\/imprint"[^]*href="https:\/\/social\.example\/@us" rel="me"/)
      assert.match(about.html, /"sameAs":\["https:\/\/social\.example\/@us"\]/)
    }),
  )

  it(
    'tell guests what they should know, in our words until there are others',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const ours = await page(app, '/guest')
      await updateSettings(repo, { guestGuide: 'Bring *biscuits*.' })
      const theirs = await page(app, '/guest')

      for (const { html } of [ours, theirs]) await assertValidHtml(html)
      assert.match(ours.html, /Wear headphones/)
      assert.match(theirs.html, /Bring <em>biscuits<\/em>/)
      assert.doesNotMatch(theirs.html, /headphones/)
    }),
  )
})
