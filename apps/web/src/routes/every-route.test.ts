import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo } from '@showrunner/data'
import { Person } from '@showrunner/domain/people'
import { sandboxed } from '@showrunner/domain/testing'
import { type OneRoute, routesOf } from '../testing/routes-of.ts'
import { signedIn } from '../testing/signed-in.ts'
import { testApp } from '../testing/test-app.ts'

const routes = await routesOf('/')
/** What changes nothing. OPTIONS is how browsers ask whether they may. */
const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** An address of a route, of which nothing needs to be there. */
function addressOf({ url }: OneRoute): string {
  return url
    .replace(/\([^)]*\)+/g, '')
    .replaceAll(/:\w+/g, '1')
    .replace('*', 'nowhere')
}

async function anAdministrator(repo: Repo) {
  return repo.insertOrThrow(build(Person, { name: 'Ada', handle: 'ada', admin: true }))
}

describe('every route', () => {
  it(
    'refuses what another site makes a browser send, with or without a session',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const { cookie } = await signedIn(repo, await anAdministrator(repo))
      const from: Readonly<Record<string, string>>[] = [
        { 'sec-fetch-site': 'cross-site', cookie },
        { 'sec-fetch-site': 'same-site', cookie },
        { 'sec-fetch-site': 'cross-site' },
        { origin: 'https://evil.example', cookie },
        { origin: 'https://radio.example.evil.example', cookie },
        { origin: 'null', cookie },
        { cookie },
      ]
      const changing = routes.filter(({ method }) => !READS.has(method))

      for (const route of changing) {
        for (const headers of from) {
          const answer = await app.inject({
            method: route.method as 'POST',
            url: addressOf(route),
            headers,
          })
          assert.equal(
            answer.statusCode,
            403,
            `${route.method} ${route.url} from ${JSON.stringify(headers)}`,
          )
        }
      }
      assert.ok(changing.length > 60)
    }),
  )

  it(
    'of the admin area and of an account is kept by no cache, and framed by no page',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const headers = {
        ...(await signedIn(repo, await anAdministrator(repo))),
        accept: 'text/html',
      }
      const own = routes.filter(({ url }) => /^\/(admin|~)/.test(url))
      const mails = own.filter(({ url }) => url.endsWith('/html'))

      for (const route of own) {
        for (const sent of [headers, { ...headers, cookie: '' }]) {
          const answer = await app.inject({
            method: route.method as 'GET',
            url: addressOf(route),
            headers: sent,
          })
          const said = `${route.method} ${route.url}: ${answer.statusCode}`
          assert.match(String(answer.headers['cache-control']), /no-store/, said)
          assert.equal(answer.headers['x-content-type-options'], 'nosniff', said)
          const policy = String(answer.headers['content-security-policy'])
          const isPage = /html/.test(String(answer.headers['content-type']))
          if (isPage && !mails.includes(route)) assert.match(policy, /frame-ancestors 'none'/, said)
        }
      }
    }),
  )

  it(
    'writes no key that somebody was sent into the log',
    sandboxed(async (repo) => {
      const lines: string[] = []
      const logger = { level: 'trace', stream: { write: (line: string) => lines.push(line) } }
      const app = await testApp(repo, { logger })
      const key = 'Sdk3-a_key_of_somebody'
      const named = routes.filter(({ url }) => url.includes(':token'))

      for (const route of named) {
        const url = addressOf({ ...route, url: route.url.replace(':token', key) })
        await app.inject({ method: route.method as 'GET', url, headers: { origin: ORIGIN } })
        await app.inject({ url: `/in?next=${encodeURIComponent(url)}` })
      }

      assert.ok(named.length >= 8)
      assert.ok(lines.length > named.length)
      assert.ok(
        !lines.join('').includes(key),
        lines.find((line) => line.includes(key)),
      )
    }),
  )
})

const ORIGIN = 'https://radio.example'
