import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { aPodcast, sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from './testing/assert-valid-html.ts'
import { page, testApp } from './testing/test-app.ts'

describe('the health of the site', () => {
  it(
    'is asked without the database',
    sandboxed(async (repo) => {
      const app = await testApp(repo, { ready: () => Promise.reject(new Error('down')) })

      assert.deepEqual((await app.inject('/healthz')).json(), { status: 'ok' })
    }),
  )

  it(
    'is not ready as long as there is a reason, and says which',
    sandboxed(async (repo) => {
      const waiting = await testApp(repo, { ready: async () => ['the database does not answer'] })
      const ready = await testApp(repo)

      const response = await waiting.inject('/readyz')

      assert.equal(response.statusCode, 503)
      assert.deepEqual(response.json(), {
        status: 'not ready',
        reasons: ['the database does not answer'],
      })
      assert.equal((await ready.inject('/readyz')).statusCode, 200)
    }),
  )
})

describe('an address that leads nowhere', () => {
  it(
    'shows what there is instead',
    sandboxed(async (repo) => {
      await aPodcast(repo, { title: 'Local Time' })

      const { status, html } = await page(await testApp(repo), '/no/%3Cb%3E?x=<i>')

      assert.equal(status, 404)
      await assertValidHtml(html)
      assert.match(html, /<code>\/no\/%3Cb%3E<\/code>/)
      assert.match(html, /href="\/local-time"/)
    }),
  )

  it(
    'is led to the right one when it only ends in a slash, and never to another site',
    sandboxed(async (repo) => {
      const app = await testApp(repo)

      const slash = await app.inject('/local-time/?page=2')
      const sly = await app.inject('https://radio.example//evil.example/')

      assert.deepEqual([slash.statusCode, slash.headers.location], [301, '/local-time?page=2'])
      assert.equal(sly.headers.location, '/evil.example')
    }),
  )

  it(
    'gets a reason when it cannot be read at all',
    sandboxed(async (repo) => {
      const { status, html } = await page(await testApp(repo), '/%zz')

      assert.equal(status, 400)
      assert.match(html, /'\/%zz' is not a valid url component/)
    }),
  )

  it(
    'gets that as a document of the API where that is asked',
    sandboxed(async (repo) => {
      const { statusCode, headers, json } = await (
        await testApp(repo)
      ).inject('/api/v1/podcasts/%zz')

      assert.deepEqual([statusCode, json().status], [400, 400])
      assert.equal(headers['content-type'], 'application/problem+json; charset=utf-8')
      assert.equal(headers['access-control-allow-origin'], '*')
    }),
  )
})

describe('a page that breaks', () => {
  it(
    'says nothing of why, and gives the number it is logged under',
    sandboxed(async (repo) => {
      const lines: string[] = []
      const stream = { write: (line: string) => lines.push(line) }
      const app = await testApp(
        { ...repo, all: () => Promise.reject(new Error('secret of table x')) },
        {
          logger: { level: 'error', stream },
        },
      )

      const { status, html } = await page(app, '/')
      const [, id = ''] = /Request ([\w-]+)/.exec(html) ?? []

      assert.equal(status, 500)
      await assertValidHtml(html)
      assert.doesNotMatch(html, /secret/)
      assert.ok(
        id !== '' && lines.some((line) => line.includes(id) && line.includes('secret of table x')),
      )
    }),
  )
})

describe('a page while the database is out of reach', () => {
  it(
    'says to come back, to people and to search engines',
    sandboxed(async (repo) => {
      const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
      const down = () => Promise.reject(new Error('a query failed', { cause: refused }))
      const app = await testApp({ ...repo, all: down, getOrThrow: down })

      const { status, html, headers } = await page(app, '/')

      assert.deepEqual([status, headers['retry-after']], [503, '30'])
      await assertValidHtml(html)
      assert.match(html, /<h1>We are back in a moment<\/h1>/)
      assert.match(html, /<show-deck/)
    }),
  )
})

describe('the log', () => {
  it(
    'tells of every request, and of no link that signs in, also where it breaks',
    sandboxed(async (repo) => {
      const lines: string[] = []
      const logger = { level: 'info', stream: { write: (line: string) => lines.push(line) } }
      const broken = { ...repo, getBy: () => Promise.reject(new Error('down')) }

      await (await testApp(repo, { logger })).inject('/in/c2VjcmV0?from=mail')
      await (await testApp(repo, { logger })).inject('/in/github/back?code=c2VjcmV0&state=c2VjcmV0')
      const { statusCode } = await (await testApp(broken, { logger })).inject('/in/c2VjcmV0')

      assert.equal(statusCode, 500)
      assert.ok(lines.some((line) => line.includes('"url":"/in/***?from=mail"')))
      assert.ok(lines.some((line) => line.includes('"address":"/in/***"')))
      assert.doesNotMatch(lines.join(''), /c2VjcmV0/)
    }),
  )
})

describe('every answer', () => {
  it(
    'runs no script but ours, and cannot be framed',
    sandboxed(async (repo) => {
      const { headers } = await (await testApp(repo)).inject('/')

      const policy = String(headers['content-security-policy'])
      assert.match(policy, /script-src 'self';/)
      assert.match(policy, /frame-ancestors 'none'/)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['referrer-policy'], 'strict-origin-when-cross-origin')
    }),
  )

  it(
    'is not sent again to a browser that has it',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const { headers } = await app.inject('/about')

      const known = { 'if-none-match': String(headers.etag) }
      const again = await app.inject({ url: '/about', headers: known })
      const other = await app.inject({ url: '/', headers: known })

      assert.deepEqual([again.statusCode, again.body], [304, ''])
      assert.equal(other.statusCode, 200)
    }),
  )

  it(
    'can be asked for by its head alone',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const whole = await app.inject('/')

      const head = await app.inject({ method: 'HEAD', url: '/' })

      assert.deepEqual([head.statusCode, head.body], [200, ''])
      assert.equal(head.headers['content-length'], whole.headers['content-length'])
    }),
  )

  it(
    'to a method that nothing here understands names those it does',
    sandboxed(async (repo) => {
      const response = await (await testApp(repo)).inject({ method: 'DELETE', url: '/local-time' })

      assert.deepEqual([response.statusCode, response.headers.allow], [405, 'GET, HEAD'])
    }),
  )
})
