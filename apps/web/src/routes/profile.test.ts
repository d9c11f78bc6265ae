import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, type Repo } from '@showrunner/data'
import { createEmailChange } from '@showrunner/domain/accounts'
import { getPerson, Person } from '@showrunner/domain/people'
import { PodcastHost } from '@showrunner/domain/podcasts'
import { aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { listJobs } from '@showrunner/jobs'
import { type FastifyInstance } from 'fastify'
import { HOSTILE } from '../testing/a-full-episode.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { signedIn } from '../testing/signed-in.ts'
import { NOW, testApp } from '../testing/test-app.ts'

type Headers = Awaited<ReturnType<typeof signedIn>>

const post = (app: FastifyInstance, url: string, headers: object, form: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  })

async function asAda(repo: Repo, said: object = {}) {
  const app = await testApp(repo)
  const ada = await aPerson(repo, 'Ada Byron', { handle: 'ada', email: 'ada@example.com', ...said })
  const here: Headers = await signedIn(repo, ada)
  return { app, ada, here }
}

describe('one’s own profile', () => {
  it(
    'is shown to whose it is, with everything in it as text',
    sandboxed(async (repo) => {
      const { app, here } = await asAda(repo, { name: HOSTILE, bio: HOSTILE, location: HOSTILE })

      const { statusCode, body, headers } = await app.inject({ url: '/~', headers: here })

      assert.equal(statusCode, 200)
      await assertValidHtml(body)
      assert.doesNotMatch(body, /<script>alert/)
      assert.match(body, /<strong><bdi>ada@example.com<\/bdi><\/strong>/)
      assert.equal(headers['cache-control'], 'no-store')
      assert.doesNotMatch(body, /href="\/admin"/)
    }),
  )

  it(
    'leads who is not signed in to the form, and back; what they sent is not taken',
    sandboxed(async (repo) => {
      const app = await testApp(repo)

      const asked = await app.inject('/~')
      const sent = await post(app, '/~', {}, { name: 'x' })
      const address = await post(app, '/~/email', {}, { email: 'x@example.com' })

      for (const { statusCode, headers } of [asked, sent, address]) {
        assert.deepEqual([statusCode, headers.location], [303, '/in?next=%2F~'])
      }
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'is changed by its form, and says so once',
    sandboxed(async (repo) => {
      const { app, here } = await asAda(repo)
      const form = { name: 'Ada', handle: 'countess', bio: 'I *count*.', timeZone: 'Europe/London' }

      const { statusCode, headers } = await post(app, '/~', here, { ...form, email: 'x@y.example' })
      const saved = String(headers['set-cookie']).split(';')[0]
      const cookie = `${here.cookie}; ${saved}`
      const next = await app.inject({ url: '/~', headers: { ...here, cookie } })

      assert.deepEqual([statusCode, headers.location], [303, '/~'])
      const ada = await getPerson(repo, 'countess')
      assert.deepEqual(
        [ada.name, ada.bioHtml, ada.timeZone, ada.email],
        ['Ada', '<p>I <em>count</em>.</p>', 'Europe/London', 'ada@example.com'],
      )
      assert.match(next.body, /role="status">Saved\./)
      assert.match(next.body, /<option value="Europe\/London" selected>Europe\/London</)
      assert.match(String(next.headers['set-cookie']), /^showrunner_saved=;/)
    }),
  )

  it(
    'comes back with what was typed and what is wrong with it',
    sandboxed(async (repo) => {
      const { app, here } = await asAda(repo)
      await aPerson(repo, 'Eve', { handle: 'eve' })
      const form = {
        name: '',
        handle: 'Not A Handle',
        bio: HOSTILE,
        websiteUrl: 'nowhere',
        timeZone: 'Moon',
      }

      const { statusCode, body } = await post(app, '/~', here, form)
      const taken = await post(app, '/~', here, { name: 'Ada', handle: 'eve' })

      assert.equal(statusCode, 422)
      await assertValidHtml(body)
      assert.match(body, /value="Not A Handle"/)
      assert.match(body, /<a class="link" href="#f-name">Name can&#39;t be blank\.</)
      assert.match(body, /Website must be an address that begins with http/)
      assert.match(body, /Time zone must be a time zone such as Europe\/Berlin/)
      assert.match(taken.body, /Handle has already been taken/)
      assert.equal((await getPerson(repo, 'ada')).name, 'Ada Byron')
    }),
  )

  it(
    'is not written over from a window that was open before',
    sandboxed(async (repo) => {
      const { app, ada, here } = await asAda(repo)
      const lockVersion = String(ada.lockVersion)
      await post(app, '/~', here, { lockVersion, location: 'London' })

      const late = await post(app, '/~', here, { lockVersion, location: 'Paris' })

      assert.equal(late.statusCode, 422)
      await assertValidHtml(late.body)
      assert.match(late.body, /has been changed since you opened this form/)
      assert.match(late.body, /value="Paris"/)
      assert.equal((await getPerson(repo, 'ada')).location, 'London')
    }),
  )

  it(
    'lists what somebody hosts, and leads where they may work',
    sandboxed(async (repo) => {
      const { app, ada, here } = await asAda(repo)
      await repo.updateAll(from(Person).where({ id: ada.id }), { host: true })
      const podcast = await aPodcast(repo, { title: HOSTILE, status: 'draft' })
      await repo.insertOrThrow(build(PodcastHost, { podcastId: podcast.id, personId: ada.id }))

      const { body } = await app.inject({ url: '/~', headers: here })

      await assertValidHtml(body)
      assert.match(body, new RegExp(`<a href="/admin/podcasts/${podcast.id}">&lt;script`))
      assert.match(body, /href="\/admin">The admin area/)
    }),
  )
})

describe('the address somebody signs in with', () => {
  it(
    'is asked for, and shown once more',
    sandboxed(async (repo) => {
      const { app, here } = await asAda(repo, { email: null })

      const { statusCode, headers } = await post(app, '/~/email', here, {
        email: 'New@example.com',
      })
      const cookie = `${here.cookie}; ${String(headers['set-cookie']).split(';')[0]}`
      const sent = await app.inject({ url: '/~/email/sent', headers: { ...here, cookie } })

      assert.deepEqual([statusCode, headers.location], [303, '/~/email/sent'])
      await assertValidHtml(sent.body)
      assert.match(sent.body, /<bdi>new@example.com<\/bdi>/)
      const [job] = await listJobs(repo)
      assert.equal(job?.name, 'mail_email_change')
      assert.equal((await getPerson(repo, 'ada')).email, null)
    }),
  )

  it(
    'comes back with what is wrong with it',
    sandboxed(async (repo) => {
      const { app, here } = await asAda(repo)

      const { statusCode, body } = await post(app, '/~/email', here, { email: '"><b>no' })

      assert.equal(statusCode, 422)
      await assertValidHtml(body)
      assert.match(body, /This must be an e-mail address\./)
      assert.match(body, /value="&quot;&gt;&lt;b&gt;no"/)
    }),
  )

  it(
    'is changed by the button behind the link, not by looking at it',
    sandboxed(async (repo) => {
      const { app, ada, here } = await asAda(repo)
      const change = { personId: ada.id, email: 'new@example.com' }
      const url = `/~/email/${await createEmailChange(repo, change, NOW)}`

      const looked = await app.inject({ url, headers: here })
      const before = (await getPerson(repo, 'ada')).email
      const used = await post(app, url, here, {})
      const again = await app.inject({ url, headers: here })

      await assertValidHtml(looked.body)
      assert.equal(before, 'ada@example.com')
      assert.deepEqual([used.statusCode, used.headers.location], [303, '/~'])
      assert.equal((await getPerson(repo, 'ada')).email, 'new@example.com')
      assert.equal(again.statusCode, 410)
      await assertValidHtml(again.body)
    }),
  )

  it(
    'is nobody’s by another’s link, and leads who is not signed in there first',
    sandboxed(async (repo) => {
      const { app, ada } = await asAda(repo)
      const eve = await signedIn(repo, await aPerson(repo, 'Eve', { handle: 'eve' }))
      const change = { personId: ada.id, email: 'new@example.com' }
      const url = `/~/email/${await createEmailChange(repo, change, NOW)}`

      const [looked, used, visitor] = [
        await app.inject({ url, headers: eve }),
        await post(app, url, eve, {}),
        await app.inject(url),
      ]

      assert.deepEqual([looked.statusCode, used.statusCode], [410, 410])
      assert.deepEqual(
        [visitor.statusCode, visitor.headers.location],
        [303, `/in?next=${encodeURIComponent(url)}`],
      )
      assert.equal((await getPerson(repo, 'eve')).email, null)
      assert.equal((await getPerson(repo, 'ada')).email, 'ada@example.com')
    }),
  )

  it(
    'stays what it was when it turns out to be somebody else’s',
    sandboxed(async (repo) => {
      const { app, ada, here } = await asAda(repo)
      await aPerson(repo, 'Eve', { email: 'eve@example.com' })
      const change = { personId: ada.id, email: 'eve@example.com' }
      const url = `/~/email/${await createEmailChange(repo, change, NOW)}`

      const { statusCode, body } = await post(app, url, here, {})

      assert.equal(statusCode, 409)
      await assertValidHtml(body)
      assert.match(body, /Somebody else signs in with this address/)
      assert.equal((await getPerson(repo, 'ada')).email, 'ada@example.com')
    }),
  )

  it(
    'is not asked for, and its links not tried, without end',
    sandboxed(async (repo) => {
      const { app, here } = await asAda(repo)
      const ask = (at: number) => post(app, '/~/email', here, { email: `a${at}@example.com` })
      for (let at = 0; at < 5; at += 1) assert.equal((await ask(at)).statusCode, 303)

      const asked = await ask(5)
      const tried = await Promise.all(
        Array.from({ length: 31 }, (_, at) => post(app, `/~/email/made-up-${at}`, here, {})),
      )

      assert.equal(asked.statusCode, 429)
      assert.equal(tried.filter(({ statusCode }) => statusCode === 429).length, 1)
    }),
  )
})
