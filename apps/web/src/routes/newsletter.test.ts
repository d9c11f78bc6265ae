import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, from, type Repo } from '@showrunner/data'
import { newsIssueChangeset, NewsIssue } from '@showrunner/domain/issues'
import { JOBS } from '@showrunner/domain/jobs'
import { subscribe, Subscription, unsubscribeToken } from '@showrunner/domain/subscriptions'
import { aPerson, partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { type FastifyInstance } from 'fastify'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { HERE, signedIn } from '../testing/signed-in.ts'
import { NOW, page, testApp } from '../testing/test-app.ts'

async function post(app: FastifyInstance, url: string, fields: Record<string, string> = {}) {
  const response = await app.inject({
    method: 'POST',
    url,
    headers: { ...HERE, 'content-type': 'application/x-www-form-urlencoded' },
    payload: String(new URLSearchParams(fields)),
  })
  return { status: response.statusCode, html: response.body, to: response.headers['location'] }
}

async function anIssue(repo: Repo): Promise<void> {
  const issue = newsIssueChangeset(build(NewsIssue), { number: 1, teaser: 'The first.' })
  await repo.insertOrThrow(change(issue, { published: true, publishedAt: NOW }))
}

async function aReader(repo: Repo) {
  const person = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
  const wanted = {
    podcastId: null,
    episodeId: null,
    personId: person.id,
    context: 'newsletter',
  } as const
  return { person, subscription: await subscribe(repo, wanted, NOW) }
}

const PAGES = ['/news', '/news/issues', '/about']

describe('the newsletter by mail', () => {
  it(
    'has its form where it is read about, once there is an issue',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      for (const url of PAGES)
        assert.doesNotMatch((await page(app, url)).html, /value="newsletter"/, url)
      assert.equal((await page(app, '/subscribe?to=newsletter')).status, 303)

      await anIssue(repo)
      const then = await testApp(repo)

      for (const url of [...PAGES, '/news/issues/1', '/subscribe?to=newsletter']) {
        const { html } = await page(then, url)
        await assertValidHtml(html)
        assert.match(html, /name="to" value="newsletter"/, url)
      }
    }),
  )

  it(
    'begins with the button of the mailed link, and not by looking at it',
    sandboxed(async (repo) => {
      await anIssue(repo)
      const app = await testApp(repo)
      const wrong = await post(app, '/subscribe', { to: 'newsletter', email: 'nobody' })
      assert.equal(wrong.status, 422)
      await assertValidHtml(wrong.html)

      const asked = await post(app, '/subscribe', { to: 'newsletter', email: 'eve@example.com' })
      assert.deepEqual([asked.status, asked.to], [303, '/subscribe/sent'])
      const sent: Message[] = []
      await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent }))
      const url = /https:\/\/radio\.example(\/subscribe\/\S+)/.exec(sent[0]?.text ?? '')?.[1] ?? ''
      const shown = await page(app, url)
      await assertValidHtml(shown.html)
      assert.match(shown.html, /each issue of the newsletter/)
      assert.equal(await repo.count(Subscription), 0)

      assert.equal((await post(app, url)).to, '/subscribe/done')
      assert.equal((await repo.oneOrThrow(from(Subscription))).podcastId, null)
    }),
  )

  it(
    'ends with one click, and begins again by another',
    sandboxed(async (repo) => {
      const { subscription } = await aReader(repo)
      const app = await testApp(repo)
      const url = `/unsubscribe/${await unsubscribeToken(repo, subscription)}`
      const ended = async () => (await repo.reloadOrThrow(subscription)).unsubscribedAt

      await assertValidHtml((await page(app, url)).html)
      assert.equal(await ended(), null)
      const gone = await post(app, url, { 'List-Unsubscribe': 'One-Click' })
      await assertValidHtml(gone.html)
      assert.match(gone.html, /We do not mail you the newsletter any more/)
      assert.deepEqual(await ended(), NOW)
      await post(app, `${url}/undo`)
      assert.equal(await ended(), null)
    }),
  )

  it(
    'is among what somebody is mailed',
    sandboxed(async (repo) => {
      const { person, subscription } = await aReader(repo)
      const app = await testApp(repo)
      const headers = await signedIn(repo, person)

      const shown = await app.inject({ url: '/~/subscriptions', headers })
      await assertValidHtml(shown.body)
      assert.match(shown.body, /<a href="\/news\/issues">The newsletter<\/a>/)

      await app.inject({
        method: 'POST',
        url: `/~/subscriptions/${subscription.id}`,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'on=false',
      })
      assert.deepEqual((await repo.reloadOrThrow(subscription)).unsubscribedAt, NOW)
    }),
  )
})
