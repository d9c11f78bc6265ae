import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo } from '@showrunner/data'
import { JOBS } from '@showrunner/domain/jobs'
import { updateSettings } from '@showrunner/domain/settings'
import { subscribe, Subscription, unsubscribeToken } from '@showrunner/domain/subscriptions'
import { anEpisode, aPerson, aPodcast, partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { type FastifyInstance } from 'fastify'
import { HOSTILE } from '../testing/a-full-episode.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { HERE, signedIn } from '../testing/signed-in.ts'
import { NOW, page, testApp } from '../testing/test-app.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

async function post(
  app: FastifyInstance,
  url: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = HERE,
) {
  const payload = String(new URLSearchParams(fields))
  const response = await app.inject({
    method: 'POST',
    url,
    headers: { ...FORM, ...headers },
    payload,
  })
  return { status: response.statusCode, html: response.body, to: response.headers['location'] }
}

async function mails(repo: Repo): Promise<readonly Message[]> {
  const sent: Message[] = []
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent }))
  return sent
}

async function aSubscription(repo: Repo, title = 'Local Time') {
  const { id: podcastId } = await aPodcast(repo, { title })
  const person = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
  const wanted = { podcastId, personId: person.id, confirmedAt: NOW, said: HOSTILE }
  const subscription = build(Subscription, { ...wanted, context: 'list' })
  return { person, subscription: await repo.insertOrThrow(subscription) }
}

describe('the form that subscribes', () => {
  it(
    'is on the page of a podcast and of an episode without a transcript',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'noon' })
      const app = await testApp(repo)

      for (const url of ['/local-time', '/local-time/noon']) {
        const { html } = await page(app, url)
        await assertValidHtml(html)
        assert.match(html, /action="\/subscribe"/)
      }
    }),
  )

  it(
    'mails a link, whose page has a button that begins it; the link then is spent',
    sandboxed(async (repo) => {
      await aPodcast(repo, { title: HOSTILE })
      const app = await testApp(repo)
      const form = await page(app, '/subscribe?podcast=local-time')
      await assertValidHtml(form.html)

      const asked = await post(app, '/subscribe', {
        podcast: 'local-time',
        email: 'eve@example.com',
      })
      assert.deepEqual([asked.status, asked.to], [303, '/subscribe/sent'])
      await assertValidHtml((await page(app, '/subscribe/sent')).html)
      const [mail] = await mails(repo)
      const url = /https:\/\/radio\.example(\/subscribe\/\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
      const shown = await page(app, url)
      await assertValidHtml(shown.html)
      assert.match(shown.html, /eve@example\.com/)
      assert.equal(await repo.count(Subscription), 0)

      const begun = await post(app, url)
      assert.deepEqual([begun.status, begun.to], [303, '/subscribe/done'])
      await assertValidHtml((await page(app, '/subscribe/done')).html)
      assert.equal(await repo.count(Subscription), 1)
      const again = await page(app, url)
      assert.equal(again.status, 410)
      await assertValidHtml(again.html)
      assert.equal((await post(app, url)).status, 410)
    }),
  )

  it(
    'begins at once for who is signed in, and shows again what is no address',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'noon' })
      const app = await testApp(repo)
      const ada = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
      const headers = await signedIn(repo, ada)
      const wanted = { podcast: 'local-time', episode: 'noon' }

      const refused = await post(app, '/subscribe', { ...wanted, email: '<b>' })
      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /value="&lt;b&gt;"/)

      const done = await post(app, '/subscribe', { ...wanted, email: '' }, headers)
      assert.equal(done.to, '/subscribe/done')
      assert.equal((await repo.all(Subscription))[0]?.personId, ada.id)
      assert.equal((await post(app, '/subscribe', { podcast: 'nowhere' })).to, '/podcasts')
    }),
  )
})

describe('the link that unsubscribes', () => {
  it(
    'ends nothing when it is opened, all with its button, and is taken back with another',
    sandboxed(async (repo) => {
      const { subscription } = await aSubscription(repo, HOSTILE)
      const url = `/unsubscribe/${await unsubscribeToken(repo, subscription)}`
      const app = await testApp(repo)
      const ended = async () => (await repo.all(Subscription))[0]?.unsubscribedAt

      const opened = await page(app, url)
      await assertValidHtml(opened.html)
      assert.equal(await ended(), null)

      const done = await post(app, url)
      await assertValidHtml(done.html)
      assert.match(done.html, /You are unsubscribed/)
      assert.deepEqual(await ended(), NOW)
      await post(app, `${url}/undo`)
      assert.equal(await ended(), null)
      await post(app, `${url}/all`)
      assert.deepEqual(await ended(), NOW)
    }),
  )

  it(
    'is pressed by mail programs in each form they know, without a session, and not from other sites',
    sandboxed(async (repo) => {
      const { subscription } = await aSubscription(repo)
      const url = `/unsubscribe/${await unsubscribeToken(repo, subscription)}`
      const app = await testApp(repo)
      const parts = 'multipart/form-data; boundary=x'
      const payload =
        '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
      const sent = [
        { headers: FORM, payload: 'List-Unsubscribe=One-Click' },
        { headers: { 'content-type': parts }, payload },
        { headers: {}, payload: '' },
      ]

      for (const one of sent) {
        const answer = await app.inject({ method: 'POST', url, ...one })
        assert.equal(answer.statusCode, 200, JSON.stringify(one))
        assert.deepEqual((await repo.all(Subscription))[0]?.unsubscribedAt, NOW)
        await post(app, `${url}/undo`)
      }
      const other = { ...FORM, 'sec-fetch-site': 'cross-site' }
      assert.equal((await post(app, url, {}, other)).status, 403)
      assert.equal((await repo.all(Subscription))[0]?.unsubscribedAt, null)
    }),
  )

  it(
    'that is not whole ends nothing',
    sandboxed(async (repo) => {
      const { subscription } = await aSubscription(repo)
      const token = await unsubscribeToken(repo, subscription)
      const app = await testApp(repo)

      for (const wrong of [`${token.slice(0, -2)}AA`, 'x', `${subscription.id}.`]) {
        const answer = await post(app, `/unsubscribe/${wrong}`)
        assert.equal(answer.status, 404)
        await assertValidHtml(answer.html)
      }
      assert.equal((await repo.all(Subscription))[0]?.unsubscribedAt, null)
    }),
  )
})

describe('what somebody is mailed', () => {
  it(
    'is listed on their account, each with a switch, and nobody else’s',
    sandboxed(async (repo) => {
      const { person, subscription } = await aSubscription(repo, HOSTILE)
      const app = await testApp(repo)
      const headers = await signedIn(repo, person)
      const eve = await signedIn(repo, await aPerson(repo, 'Eve'))
      const url = `/~/subscriptions/${subscription.id}`
      const list = (as: Record<string, string>) =>
        app.inject({ url: '/~/subscriptions', headers: as })

      await assertValidHtml((await list(headers)).body)
      assert.match((await list(headers)).body, /On: turn off/)
      assert.match((await list(eve)).body, /we know no e-mail address of yours/)
      const ben = await signedIn(repo, await aPerson(repo, 'Ben', { email: 'ben@sea.example' }))
      assert.match((await list(ben)).body, /Nothing, so far/)
      await assertValidHtml((await list(ben)).body)
      await assertValidHtml((await list(eve)).body)
      await post(app, url, { on: 'false' }, eve)
      assert.equal((await repo.all(Subscription))[0]?.unsubscribedAt, null)

      await post(app, url, { on: 'false' }, headers)
      assert.match((await list(headers)).body, /Off: turn on/)
      await post(app, url, { on: 'true' }, headers)
      assert.equal((await repo.all(Subscription))[0]?.unsubscribedAt, null)
      assert.equal((await app.inject({ url: '/~/subscriptions' })).statusCode, 303)
    }),
  )

  it(
    'says where it began in the language of the site, and of a list what was said of it',
    sandboxed(async (repo) => {
      const { id: podcastId } = await aPodcast(repo)
      const person = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
      const headers = await signedIn(repo, person)
      const shown = async (language: string) => {
        await updateSettings(repo, { language })
        const app = await testApp(repo)
        const { body } = await app.inject({ url: '/~/subscriptions', headers })
        await assertValidHtml(body)
        return /<\/time>\. (?:<span dir="auto">)?([^<]*)</.exec(body)?.[1]
      }
      const wanted = { podcastId, episodeId: null, personId: person.id }
      const subscription = await subscribe(repo, { ...wanted, context: 'podcast' }, NOW)
      assert.equal(await shown('en'), 'On the page of the podcast.')
      assert.equal(await shown('de'), 'Auf der Seite des Podcasts.')

      const app = await testApp(repo)
      const url = `/~/subscriptions/${subscription.id}`
      await post(app, url, { on: 'false' }, headers)
      await post(app, url, { on: 'true' }, headers)
      assert.equal((await repo.oneOrThrow(Subscription)).context, 'account')
      assert.equal(await shown('de'), 'Auf der Seite deines Kontos.')

      const token = await unsubscribeToken(repo, subscription)
      await post(app, `/unsubscribe/${token}`, {})
      await post(app, `/unsubscribe/${token}/undo`, {})
      assert.equal(await shown('de'), 'Nachdem du es aus Versehen abbestellt hattest.')

      await repo.updateAll(Subscription, { context: 'list', said: 'On our old list.' })
      assert.equal(await shown('de'), 'On our old list.')
    }),
  )
})
