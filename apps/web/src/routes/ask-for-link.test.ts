import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { aPerson, sandboxed } from '@showrunner/domain/testing'
import { listJobs } from '@showrunner/jobs'
import { type FastifyInstance } from 'fastify'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { HERE } from '../testing/signed-in.ts'
import { page, testApp } from '../testing/test-app.ts'

function ask(app: FastifyInstance, fields: Record<string, string>, headers = {}) {
  return app.inject({
    method: 'POST',
    url: '/in',
    headers: { ...HERE, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: String(new URLSearchParams(fields)),
  })
}

const cookieOf = (response: { headers: object }) =>
  String(Reflect.get(response.headers, 'set-cookie')).split(';')[0]

describe('the sign-in form', () => {
  it(
    'answers the same whether the address is known or not',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })

      const known = await ask(app, { email: 'ada@example.com' })
      const unknown = await ask(app, { email: 'eve@example.com' })

      for (const response of [known, unknown]) {
        assert.deepEqual([response.statusCode, response.headers.location], [303, '/in/sent'])
      }
      const [one, two] = await Promise.all(
        [known, unknown].map((r) =>
          app.inject({ url: '/in/sent', headers: { cookie: cookieOf(r) } }),
        ),
      )
      assert.equal(one?.body.replaceAll('ada@', 'eve@'), two?.body)
      assert.match(two?.body ?? '', /<bdi>eve@example\.com<\/bdi>/)
      await assertValidHtml(two?.body ?? '')
      assert.deepEqual(
        (await listJobs(repo)).map(({ name, args }) => [name, args]),
        [
          ['mail_sign_in_link', { email: 'ada@example.com', nextPath: null }],
          ['mail_sign_in_link', { email: 'eve@example.com', nextPath: null }],
        ],
      )
    }),
  )

  it(
    'comes back with what was typed and what is wrong with it',
    sandboxed(async (repo) => {
      const app = await testApp(repo)

      const { statusCode, body } = await ask(app, { email: '"><b>ada', next: '/~/sessions' })

      assert.equal(statusCode, 422)
      await assertValidHtml(body)
      assert.match(body, /value="&quot;&gt;&lt;b&gt;ada"/)
      assert.match(body, /This must be an e-mail address\./)
      assert.match(body, /name="next" value="\/~\/sessions"/)
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'takes the page that was wanted along, if it is one of ours',
    sandboxed(async (repo) => {
      const app = await testApp(repo)

      const { html } = await page(app, '/in?next=%2F~%2Fsessions')
      const sly = await page(app, '/in?next=https%3A%2F%2Fevil.example')
      await ask(app, { email: 'ada@example.com', next: '/~/sessions' })
      await ask(app, { email: 'eve@example.com', next: '//evil.example' })

      await assertValidHtml(html)
      assert.match(html, /name="next" value="\/~\/sessions"/)
      assert.doesNotMatch(sly.html, /evil/)
      assert.deepEqual(
        (await listJobs(repo)).map(({ args }) => args),
        [
          { email: 'ada@example.com', nextPath: '/~/sessions' },
          { email: 'eve@example.com', nextPath: null },
        ],
      )
    }),
  )

  it(
    'says when it was used too often, and when it can be used again',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      for (let count = 0; count < 5; count += 1) await ask(app, { email: 'ada@example.com' })

      const { statusCode, headers, body } = await ask(app, { email: 'Ada@example.com' })

      assert.deepEqual([statusCode, headers['retry-after']], [429, '720'])
      await assertValidHtml(body)
      assert.match(body, /Please try again in 12 minutes\./)
      assert.equal((await ask(app, { email: 'eve@example.com' })).statusCode, 303)
    }),
  )

  it(
    'counts who asks by the address a proxy of ours gives, and by nothing a stranger says',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const askFrom = async (remoteAddress: string, said: string) => {
        const headers = { ...HERE, 'x-forwarded-for': said, 'content-type': 'application/json' }
        const email = `person-${Math.random()}@example.com`
        const url = '/in'
        const payload = JSON.stringify({ email })
        return (await app.inject({ method: 'POST', url, remoteAddress, headers, payload }))
          .statusCode
      }
      for (let count = 0; count < 20; count += 1) await askFrom('203.0.113.9', `192.0.2.${count}`)

      assert.equal(await askFrom('203.0.113.9', '192.0.2.99'), 429)
      assert.equal(await askFrom('10.0.0.2', '203.0.113.9'), 429)
      assert.equal(await askFrom('10.0.0.2', '192.0.2.99'), 303)
    }),
  )
})
