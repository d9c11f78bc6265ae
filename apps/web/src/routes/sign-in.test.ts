import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { change, type Repo } from '@showrunner/data'
import { createMailedLink, createSignInLink, Session } from '@showrunner/domain/accounts'
import { Person } from '@showrunner/domain/people'
import { aPerson, sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { HERE, signedIn } from '../testing/signed-in.ts'
import { NOW, page, PUBLIC_URL, testApp } from '../testing/test-app.ts'

const GRACE = { email: 'grace@example.com', nextPath: null }

async function aLink(repo: Repo): Promise<string> {
  return `/in/${await createSignInLink(repo, await aPerson(repo, 'Ines Okafor'), NOW)}`
}

describe('a sign-in link', () => {
  it(
    'is not used up by being looked at',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const address = await aLink(repo)

      await page(app, address)
      const { status, html, headers } = await page(app, address)

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, new RegExp(`<form class="form" method="post" action="${address}">`))
      assert.deepEqual(
        [headers['cache-control'], headers['referrer-policy']],
        ['no-store', 'same-origin'],
      )
      assert.equal(await repo.count(Session), 0)
    }),
  )

  it(
    'signs in by its button, with a cookie no script can read',
    sandboxed(async (repo) => {
      const app = await testApp(repo)

      const response = await app.inject({ method: 'POST', url: await aLink(repo), headers: HERE })
      const [cookie = '', hint] = [response.headers['set-cookie'] ?? ''].flat()
      const after = await app.inject({ url: '/in', headers: { cookie: cookie.split(';')[0] } })

      assert.equal(response.statusCode, 303)
      assert.equal(response.headers.location, '/in')
      assert.match(cookie, /^showrunner_session=[\w-]{43}; .*HttpOnly; Secure; SameSite=Lax$/)
      // That there is a session is for scripts to know, and nothing else of it.
      assert.match(hint ?? '', /^showrunner_visitor=1; /)
      await assertValidHtml(after.body)
      assert.match(after.body, /You are signed in as <strong dir="auto">Ines Okafor</)
      assert.equal(await repo.count(Session), 1)
    }),
  )

  it(
    'works once, and says so afterwards',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const url = await aLink(repo)
      await app.inject({ method: 'POST', url, headers: HERE })

      const again = await app.inject({ method: 'POST', url, headers: HERE })
      const looked = await page(app, url)

      assert.deepEqual([again.statusCode, looked.status], [410, 410])
      assert.equal(again.headers['set-cookie'], undefined)
      await assertValidHtml(looked.html)
      assert.match(looked.html, /This link no longer works/)
    }),
  )

  it(
    'ends the session its browser had, and begins one of another token',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const before = await signedIn(repo, await aPerson(repo, 'Ada Byron'))

      const { headers } = await app.inject({
        method: 'POST',
        url: await aLink(repo),
        headers: before,
      })

      const cookie = String(headers['set-cookie']).split(';')[0]
      assert.notEqual(cookie, before.cookie)
      assert.match(
        (await app.inject({ url: '/in', headers: before })).body,
        /You are not signed in/,
      )
      assert.equal(await repo.count(Session), 1)
    }),
  )

  it(
    'leads to the page that was wanted, and never to another site',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const wanting = async (nextPath: string) => {
        const { token } = await createMailedLink(repo, { ...GRACE, nextPath }, NOW)
        const url = `/in/${token}`
        return (await app.inject({ method: 'POST', url, headers: HERE })).headers.location
      }

      assert.equal(await wanting('/~/sessions'), '/~/sessions')
      assert.equal(await wanting('//evil.example'), '/in')
    }),
  )

  it(
    'leads who has work here to it, unless they wanted another page',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const person = await aPerson(repo, 'Ada Byron', { email: GRACE.email })
      await repo.updateOrThrow(change(person, { editor: true }))
      const wanting = async (nextPath: string | null) => {
        const { token } = await createMailedLink(repo, { ...GRACE, nextPath }, NOW)
        return app.inject({ method: 'POST', url: `/in/${token}`, headers: HERE })
      }

      const signed = await wanting(null)
      const cookie = String(signed.headers['set-cookie']).split(';')[0]
      const { body } = await app.inject({ url: '/in', headers: { cookie } })

      assert.equal(signed.headers.location, '/admin')
      assert.equal((await wanting('/podcasts')).headers.location, '/podcasts')
      await assertValidHtml(body)
      assert.match(body, /href="\/admin">Your work in the admin area/)
    }),
  )

  it(
    'asks who is new for a name, and makes a member of them',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const { token } = await createMailedLink(repo, GRACE, NOW)

      const { html } = await page(app, `/in/${token}`)
      await app.inject({
        method: 'POST',
        url: `/in/${token}`,
        headers: { ...HERE, 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'name=Grace+Hopper&admin=true',
      })

      await assertValidHtml(html)
      assert.match(html, /<bdi>grace@example\.com<\/bdi>/)
      const { name, email, admin } = await repo.getByOrThrow(Person, { handle: 'grace-hopper' })
      assert.deepEqual([name, email, admin], ['Grace Hopper', 'grace@example.com', false])
    }),
  )

  it(
    'is not followed for a form on another site',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const url = await aLink(repo)
      const from = async (headers: Record<string, string>) =>
        (await app.inject({ method: 'POST', url, headers })).statusCode

      assert.equal(await from({ origin: 'https://evil.example' }), 403)
      assert.equal(await from({ origin: PUBLIC_URL, 'sec-fetch-site': 'cross-site' }), 403)
      assert.equal(await from({ origin: 'https://sub.radio.example' }), 403)
      assert.equal(await from({ 'sec-fetch-site': 'same-site' }), 403)
      assert.equal(await from({ origin: 'null' }), 403)
      assert.equal(await from({ cookie: 'showrunner_session=x' }), 403)
      assert.equal(await repo.count(Session), 0)
    }),
  )

  it(
    'cannot be guessed at for long',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const guess = () => app.inject({ method: 'POST', url: '/in/guess', headers: HERE })
      for (let count = 0; count < 30; count += 1) assert.equal((await guess()).statusCode, 410)

      const { statusCode, headers, body } = await guess()

      assert.equal(statusCode, 429)
      assert.equal(headers['retry-after'], '20')
      await assertValidHtml(body)
      assert.match(body, /Please try again in a minute\./)
    }),
  )
})

describe('POST /out', () => {
  it(
    'ends the session, here and in the browser',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const headers = await signedIn(repo, await aPerson(repo, 'Ada Byron'))

      const response = await app.inject({ method: 'POST', url: '/out', headers })
      const after = await app.inject({ url: '/in', headers })

      assert.match(
        String(response.headers['set-cookie']),
        /^showrunner_session=; .*Expires=Thu, 01 Jan 1970/,
      )
      assert.match(after.body, /You are not signed in/)
      assert.equal(await repo.count(Session), 0)
    }),
  )
})
