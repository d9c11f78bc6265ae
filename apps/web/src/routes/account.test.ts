import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { sandboxed } from '@showrunner/data/sandbox'
import { createSignInLink, Session } from '@showrunner/domain/accounts'
import { aPerson } from '@showrunner/domain/testing'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { NOW, page, PUBLIC_URL, testApp } from '../testing/test-app.ts'

const HERE = { origin: PUBLIC_URL }

describe('a sign-in link', () => {
  it(
    'is not used up by being looked at',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const address = await aLink(repo)

      await page(app, address)
      const { status, html } = await page(app, address)

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, new RegExp(`<form method="post" action="${address}">`))
      assert.equal(await repo.count(from(Session)), 0)
    }),
  )

  it(
    'signs in by its button, with a cookie no script can read',
    sandboxed(async (repo) => {
      const app = await testApp(repo)

      const response = await app.inject({ method: 'POST', url: await aLink(repo), headers: HERE })
      const cookie = String(response.headers['set-cookie'])
      const after = await app.inject({ url: '/in', headers: { cookie: cookie.split(';')[0] } })

      assert.equal(response.statusCode, 303)
      assert.equal(response.headers.location, '/in')
      assert.match(cookie, /^showrunner_session=[\w-]{43}; .*HttpOnly; Secure; SameSite=Lax$/)
      await assertValidHtml(after.body)
      assert.match(after.body, /You are signed in as <strong dir="auto">Ines Okafor</)
      assert.equal(await repo.count(from(Session)), 1)
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
    'is not followed for a form on another site',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const url = await aLink(repo)

      const old = await app.inject({
        method: 'POST',
        url,
        headers: { origin: 'https://evil.example' },
      })
      const modern = await app.inject({
        method: 'POST',
        url,
        headers: { origin: PUBLIC_URL, 'sec-fetch-site': 'cross-site' },
      })

      assert.deepEqual([old.statusCode, modern.statusCode], [403, 403])
      assert.equal(await repo.count(from(Session)), 0)
    }),
  )
})

describe('POST /out', () => {
  it(
    'ends the session, here and in the browser',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const signedIn = await app.inject({ method: 'POST', url: await aLink(repo), headers: HERE })
      const cookie = String(signedIn.headers['set-cookie']).split(';')[0]

      const response = await app.inject({
        method: 'POST',
        url: '/out',
        headers: { ...HERE, cookie },
      })
      const after = await app.inject({ url: '/in', headers: { cookie } })

      assert.match(
        String(response.headers['set-cookie']),
        /^showrunner_session=; .*Expires=Thu, 01 Jan 1970/,
      )
      assert.match(after.body, /You are not signed in/)
      assert.equal(await repo.count(from(Session)), 0)
    }),
  )
})

async function aLink(repo: Repo): Promise<string> {
  const token = await createSignInLink(repo, await aPerson(repo, 'Ines Okafor'), NOW)
  return `/in/${token}`
}
