import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build } from '@showrunner/data'
import { Person } from '@showrunner/domain/people'
import { updateSettings } from '@showrunner/domain/settings'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '@showrunner/domain/testing'
import { type FastifyInstance } from 'fastify'
import { aFullEpisode } from '../testing/a-full-episode.ts'
import { testApp } from '../testing/test-app.ts'

const ORIGIN = 'https://radio.example'

interface Listed {
  readonly path: string
  readonly changed: string | undefined
}

/** What a sitemap lists, read as strictly as there is to read of it. */
function read(xml: string, root: string, entry: string): readonly Listed[] {
  const [, body] =
    new RegExp(
      `^<\\?xml version="1.0" encoding="UTF-8"\\?>\\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\\n(.*)\\n</${root}>\\n$`,
      's',
    ).exec(xml) ?? []
  assert.ok(body, xml.slice(0, 200))
  return body.split('\n').map((line) => {
    const [, loc, changed] =
      new RegExp(`^<${entry}><loc>([^<>&]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?</${entry}>$`).exec(
        line,
      ) ?? []
    assert.ok(loc !== undefined && loc.startsWith(ORIGIN), line)
    return { path: loc.slice(ORIGIN.length), changed }
  })
}

async function sitemapOf(app: FastifyInstance): Promise<readonly Listed[]> {
  const { statusCode, headers, body } = await app.inject('/sitemap.xml')
  assert.equal(statusCode, 200)
  assert.equal(headers['content-type'], 'application/xml; charset=utf-8')
  return read(body, 'urlset', 'url')
}

describe('the sitemap', () => {
  it(
    'lists every page that anybody may see, each of which is there, and when it changed',
    sandboxed(async (repo) => {
      const { podcast } = await aFullEpisode(repo)
      await anEpisode(repo, podcast, { slug: 'draft', published: false })
      await anEpisode(repo, podcast, { slug: 'later', publishedAt: '2027-01-01T00:00:00Z' })
      await aPodcast(repo, { slug: 'secret', status: 'draft' })
      const author = await aPerson(repo, 'Ada Byron')
      await aPost(repo, author, { slug: 'a-post', publishedAt: new Date('2026-02-01T00:00:00Z') })
      await repo.insertOrThrow(build(Person, { name: 'Nobody Yet', handle: 'nobody' }))
      const app = await testApp(repo)

      const listed = await sitemapOf(app)
      const paths = listed.map(({ path }) => path)

      for (const { path, changed } of listed) {
        const { statusCode, body } = await app.inject(path)
        assert.equal(statusCode, 200, path)
        assert.ok(body.includes(`<link rel="canonical" href="${ORIGIN}${path}">`), path)
        assert.ok(changed === undefined || !Number.isNaN(Date.parse(changed)), path)
      }
      assert.equal(new Set(paths).size, paths.length)
      for (const path of [
        '/',
        '/local-time',
        '/local-time/full',
        '/person/ada-byron',
        '/posts/a-post',
      ]) {
        assert.ok(paths.includes(path), path)
      }
      assert.doesNotMatch(paths.join(' '), /draft|later|secret|nobody/)
    }),
  )

  it(
    'is cut into several where it is long, which together list the same',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      const whole = await sitemapOf(await testApp(repo))
      const app = await testApp(repo, { urlsPerSitemap: 4 })

      const { body } = await app.inject('/sitemap.xml')
      const parts = read(body, 'sitemapindex', 'sitemap')
      const lists = await Promise.all(
        parts.map(async ({ path }) => read((await app.inject(path)).body, 'urlset', 'url')),
      )

      assert.ok(parts.length > 2)
      assert.deepEqual(lists.flat(), whole)
      assert.ok(lists.every(({ length }) => length > 0 && length <= 4))
      assert.equal((await app.inject(`/sitemap-${parts.length + 1}.xml`)).statusCode, 404)
      assert.equal((await app.inject('/sitemap-0.xml')).statusCode, 404)
      assert.equal((await (await testApp(repo)).inject('/sitemap-1.xml')).statusCode, 404)
    }),
  )
})

describe('robots.txt', () => {
  it(
    'lets search engines in where the site is at home, and nowhere else',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const at = async (host: string, other = app) =>
        (await other.inject({ url: '/robots.txt', headers: { host } })).body

      const home = await at('radio.example')

      assert.match(home, /^User-agent: \*\n/)
      for (const path of ['/admin/', '/search?', '/search$', '/~$'])
        assert.ok(home.includes(`\nDisallow: ${path}\n`))
      assert.match(home, /\nSitemap: https:\/\/radio\.example\/sitemap\.xml\n/)
      assert.equal(await at('copy.example'), 'User-agent: *\nDisallow: /\n')
      const development = await testApp(repo, { development: true })
      assert.equal(await at('radio.example', development), 'User-agent: *\nDisallow: /\n')
    }),
  )
})

describe('security.txt', () => {
  it(
    'says whom to tell of a hole, where anybody is to be told',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const before = await app.inject('/.well-known/security.txt')
      await updateSettings(repo, { ownerEmail: 'us@radio.example' })

      const { body } = await app.inject('/.well-known/security.txt')

      assert.equal(before.statusCode, 404)
      assert.match(body, /^Contact: mailto:us@radio\.example\nExpires: 2027-05-19T/)
    }),
  )
})
