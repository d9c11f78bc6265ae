import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seedDemo } from '@showrunner/domain/demo'
import { sandboxed } from '@showrunner/domain/testing'
import { temporaryStorage } from '@showrunner/storage/testing'
import { type FastifyInstance } from 'fastify'
import { NOW, PUBLIC_URL, testApp } from './testing/test-app.ts'

/** What links lead to that another file makes, or that wants a visitor of its own. */
const ELSEWHERE = /^\/(?:assets|uploads|socket)\//

/** Every address of the site that a page names, in a link, in its head, or in what it says to search engines. */
function namedIn(html: string): readonly string[] {
  const linked = [...html.matchAll(/\b(?:href|src)="([^"]+)"/g)].map(([, address]) => address)
  const said = [...html.matchAll(/content="(https:\/\/radio\.example[^"]*)"/g)].map(([, at]) => at)
  const data = [...html.matchAll(/"(?:url|item|webFeed)":"(https:\/\/radio\.example[^"]*)"/g)]
  return [...linked, ...said, ...data.map(([, at]) => at)].flatMap((address = '') => {
    const target = URL.parse(address.replaceAll('&amp;', '&'), PUBLIC_URL)
    return target?.origin === PUBLIC_URL ? [target.pathname + target.search] : []
  })
}

interface Page {
  readonly address: string
  readonly html: string
}

/** Every page there is, found by the links from the front page and by the sitemap; fails at one that leads nowhere. */
async function crawl(app: FastifyInstance): Promise<readonly Page[]> {
  const { body } = await app.inject('/sitemap.xml')
  const listed = [...body.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc = '']) => new URL(loc))
  const named = new Map([['/', 'the beginning']])
  for (const { pathname, search } of listed) named.set(pathname + search, 'the sitemap')
  const pages: Page[] = []
  for (const [address, by] of named) {
    if (ELSEWHERE.test(address)) continue
    // Of what is drawn it is enough to know that it could be.
    const headers = /share(?:-\w+)?\.jpg/.test(address) ? { 'if-none-match': '*' } : {}
    const answer = await app.inject({ url: address, headers })
    assert.ok(
      [200, 303, 304].includes(answer.statusCode),
      `${address} answers ${answer.statusCode}; ${by} names it`,
    )
    const isPage = String(answer.headers['content-type']).startsWith('text/html')
    if (!isPage || !answer.body.includes('id="main"')) continue
    pages.push({ address, html: answer.body })
    for (const next of namedIn(answer.body)) if (!named.has(next)) named.set(next, address)
  }
  return pages
}

describe('the demo network', () => {
  it(
    'has no link that leads nowhere, and each page says what it is to other sites',
    sandboxed(async (repo, t) => {
      const storage = temporaryStorage(t)
      await seedDemo(repo, { storage, asOf: NOW })
      const pages = await crawl(await testApp(repo, { storage }))

      assert.ok(pages.length >= 40, `found ${pages.length}`)
      const images = new Set<string>()
      for (const { address, html } of pages) {
        const [image, ...others] = html.match(/(?<=og:image" content=")[^"]+/g) ?? []
        assert.ok(image && others.length === 0, `${address} has no image, or two`)
        images.add(image)
        for (const [, data = ''] of html.matchAll(
          /<script type="application\/ld\+json">(.*?)<\/script>/gs,
        )) {
          const { '@type': type } = JSON.parse(data) as { readonly '@type'?: string }
          assert.ok(type, address)
        }
      }
      assert.ok(images.size >= 20, `${images.size} images`)
    }),
  )
})
