import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { JOBS } from '@showrunner/domain/jobs'
import { aPodcast, partsOfJobs, sandboxed, serving } from '@showrunner/domain/testing'
import { WebhookDelivery, WebhookEndpoint } from '@showrunner/domain/webhooks'
import { performWaiting } from '@showrunner/jobs/testing'
import { HOSTILE } from '../../testing/a-full-episode.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

const FORM = {
  url: 'https://hooks.example/a?<b>',
  podcastId: '',
  enabled: 'true',
  'events[episode.published]': 'true',
  'events[member.left]': 'false',
}

async function aWebhook(repo: Repo) {
  const admin = await inAdmin(repo, { admin: true })
  const made = await admin.post('/admin/webhooks', FORM)
  assert.equal(made.status, 303, made.html)
  const url = String(made.headers['location'])
  return { admin, url, cookie: String(made.headers['set-cookie']).split(';')[0] ?? '' }
}

describe('the webhooks of the admin area', () => {
  it(
    'are listed and made; their secret is shown once',
    sandboxed(async (repo) => {
      await aPodcast(repo, { title: HOSTILE })
      const { admin, url, cookie } = await aWebhook(repo)
      await assertValidHtml((await admin.get('/admin/webhooks')).html)
      await assertValidHtml((await admin.get('/admin/webhooks/new')).html)
      const { secret, events } = (await repo.all(WebhookEndpoint))[0]!
      assert.deepEqual(events, ['episode.published'])

      const first = await admin.app.inject({
        url,
        headers: { ...admin.headers, cookie: `${admin.headers.cookie}; ${cookie}` },
      })
      assert.ok(first.body.includes(secret))
      assert.match(String(first.headers['set-cookie']), /showrunner_new_secret=;/)
      await assertValidHtml(first.body)
      const forged = `${admin.headers.cookie}; showrunner_new_secret=yes`
      for (const sent of [admin.headers.cookie, forged]) {
        const again = await admin.app.inject({ url, headers: { ...admin.headers, cookie: sent } })
        assert.ok(!again.body.includes(secret))
      }
      await admin.post(`${url}/secret`)
      assert.notEqual((await repo.all(WebhookEndpoint))[0]?.secret, secret)
    }),
  )

  it(
    'are refused with what is wrong, and changed',
    sandboxed(async (repo) => {
      const { admin, url } = await aWebhook(repo)
      await assertValidHtml((await admin.get(`${url}/edit`)).html)

      const none = { ...FORM, url: 'http://x.example', 'events[episode.published]': 'false' }
      const refused = await admin.post(`${url}/edit`, none)
      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /Address must be an address that begins with https/)
      assert.match(refused.html, /What must be chosen/)

      const saved = await admin.post(`${url}/edit`, { ...FORM, enabled: 'false', lockVersion: '1' })
      assert.equal(saved.headers['location'], url)
      assert.equal((await repo.all(WebhookEndpoint))[0]?.enabled, false)
      await admin.post(`${url}/delete`)
      assert.equal(await repo.count(WebhookEndpoint), 0)
    }),
  )

  it(
    'say when nothing gets through, and that they were switched off for it',
    sandboxed(async (repo) => {
      const { admin, url } = await aWebhook(repo)

      await repo.updateAll(WebhookEndpoint, { failingSince: NOW })
      assert.match((await admin.get('/admin/webhooks')).html, /Failing/)
      assert.match((await admin.get(url)).html, /On, but nothing has got through since/)

      await repo.updateAll(WebhookEndpoint, { enabled: false, stoppedAt: NOW })
      assert.match((await admin.get('/admin/webhooks')).html, /Stopped/)
      const { html } = await admin.get(url)
      assert.match(html, /Switched off by itself/)
      await assertValidHtml(html)
    }),
  )

  it(
    'with another secret show it, and until when the one before signs too',
    sandboxed(async (repo) => {
      const { admin, url } = await aWebhook(repo)

      const renewed = await admin.post(`${url}/secret`)
      const cookie = String(renewed.headers['set-cookie']).split(';')[0]
      const headers = { ...admin.headers, cookie: `${admin.headers.cookie}; ${cookie}` }
      const { body } = await admin.app.inject({ url, headers })

      assert.ok(body.includes((await repo.all(WebhookEndpoint))[0]?.secret ?? '-'))
      assert.match(body, /the secret before this one signs too/)
      await assertValidHtml(body)
    }),
  )

  it(
    'send all that failed again at once',
    sandboxed(async (repo) => {
      const { admin, url } = await aWebhook(repo)
      for (const _ of [1, 2, 3]) await admin.post(`${url}/test`)
      const [last] = await repo.all(from(WebhookDelivery).orderBy({ id: 'desc' }))
      const given = { state: 'failed', triesLeft: 0 } as const
      await repo.updateAll(from(WebhookDelivery).where('id', '<', last?.id ?? 0), given)
      const { html } = await admin.get(`${url}?state=failed`)
      await assertValidHtml(html)
      assert.match(html, /Send all 2 again/)

      await admin.post(`${url}/redeliver-failed`)

      const waiting = from(WebhookDelivery).where({ state: 'waiting', triesLeft: 10 })
      assert.equal(await repo.count(waiting), 3)
      assert.doesNotMatch((await admin.get(`${url}?state=failed`)).html, /Send all/)
    }),
  )

  it('show what a test came to, and send it again', async (t) => {
    let got = 0
    const hook = await serving(t, '/hook', (_request, response) => {
      got += 1
      response.writeHead(got === 1 ? 500 : 200).end(HOSTILE)
    })
    await sandboxed(async (repo) => {
      const { admin, url } = await aWebhook(repo)
      await repo.updateAll(WebhookEndpoint, { url: hook })
      const work = () =>
        performWaiting(repo, JOBS, {
          ...partsOfJobs(repo, { asOf: NOW, sent: [] }),
          tellsPrivate: true,
        })

      await admin.post(`${url}/test`)
      await work()
      const failed = await admin.get(url)
      await assertValidHtml(failed.html)
      assert.match(failed.html, /Answered 500/)
      assert.match(failed.html, /Waiting/)
      const [{ id } = { id: 0 }] = await repo.all(WebhookDelivery)
      await admin.post(`${url}/deliveries/${id}/redeliver`)
      await work()

      assert.equal(got, 2)
      const done = await admin.get(`${url}?state=delivered`)
      await assertValidHtml(done.html)
      assert.match(done.html, /Answered 200/)
      assert.match((await admin.get(`${url}?state=failed`)).html, /Nothing of that kind/)
      assert.equal((await admin.post(`${url}/deliveries/${id + 1}/redeliver`)).status, 404)
    })(t)
  })

  it(
    'are for administrators',
    sandboxed(async (repo) => {
      const host = await inAdmin(repo, { hostOf: [await aPodcast(repo)] })
      assert.equal((await host.get('/admin/webhooks')).status, 403)
      assert.equal((await host.post('/admin/webhooks', FORM)).status, 403)
    }),
  )
})
