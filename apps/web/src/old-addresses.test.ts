import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, type Repo, sql } from '@showrunner/data'
import { goOnAir, planLiveShow } from '@showrunner/domain/live'
import { createRedirect } from '@showrunner/domain/redirects'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '@showrunner/domain/testing'
import { Topic } from '@showrunner/domain/topics'
import { type FastifyInstance } from 'fastify'
import { OLD_ADDRESSES } from './old-addresses.ts'
import { aFullEpisode } from './testing/a-full-episode.ts'
import { assertValidHtml } from './testing/assert-valid-html.ts'
import { NOW, page, testApp } from './testing/test-app.ts'

async function led(app: FastifyInstance, url: string) {
  const { statusCode, headers } = await app.inject(url)
  return [statusCode, headers.location]
}

/** Where whoever follows every redirect ends. */
async function endOf(app: FastifyInstance, url: string): Promise<readonly [string, number]> {
  let at = url
  for (let step = 0; step < 5; step += 1) {
    const { statusCode, headers } = await app.inject(at)
    if (statusCode < 300 || statusCode > 399) return [at, statusCode]
    at = String(headers.location)
    if (/^https?:/.test(at)) return [at, 200]
  }
  throw new Error(`${url} leads round and round`)
}

/** Something at each place that an old address may have been of. */
async function everything(repo: Repo): Promise<void> {
  await aFullEpisode(repo)
  const [topic] = await repo.run(sql<{ slug: string }>`select slug from topics limit 1`)
  assert.ok(topic)
  await repo.run(sql`update topics set slug = 'radio' where slug = ${topic.slug}`)
  const author = await aPerson(repo, 'Ada Byron')
  await aPost(repo, author, { slug: 'a-post', publishedAt: new Date('2026-02-01T00:00:00Z') })
  await repo.run(sql`update settings set terms_html = '<p>Be kind.</p>'`)
  await repo.run(sql`update sponsors set slug = 'oil'`)
  await repo.run(sql`insert into news_items (id, status, headline, slug, published_at)
    values (7, 'published', 'Late', 'late', '2026-03-01')`)
  await repo.run(sql`insert into news_issues (number, slug, published, published_at)
    values (1, '1', true, '2026-03-04')`)
}

const NAMED: Readonly<Record<string, string>> = {
  podcast: 'local-time',
  episode: 'full',
  post: 'a-post',
  topic: 'radio',
  handle: 'ines-okafor',
  number: '7',
  show: 'local-time',
  sponsor: 'oil',
  issue: '1',
}

describe('every old address', () => {
  it(
    'leads to something that is there, or is gone for good',
    sandboxed(async (repo) => {
      await everything(repo)
      const app = await testApp(repo)

      for (const { from, status } of OLD_ADDRESSES) {
        const url = from.replaceAll(/:(\w+)/g, (all, name: string) => NAMED[name] ?? all)
        const [first] = await led(app, url)
        const [end, answer] = await endOf(app, url)

        if (status === 410) assert.equal(answer, 410, url)
        else {
          assert.ok(first === 301 || first === 302 || first === 200, `${url} answers ${first}`)
          assert.equal(answer, 200, `${url} ends at ${end}`)
        }
      }
    }),
  )

  it(
    'is looked for last, and leads nowhere where there is nothing',
    sandboxed(async (repo) => {
      await everything(repo)
      await aPodcast(repo, { slug: 'blog', title: 'A show called so' })
      const app = await testApp(repo, { membershipUrl: 'https://members.example/join' })

      assert.deepEqual(await led(app, '/blog'), [200, undefined])
      assert.deepEqual(await led(app, '/7'), [301, '/local-time/full'])
      assert.deepEqual(await led(app, '/8'), [404, undefined])
      assert.deepEqual(await led(app, '/a-post?x=1'), [301, '/posts/a-post?x=1'])
      assert.deepEqual(await led(app, '/++'), [301, 'https://members.example/join'])
      assert.deepEqual(await led(app, '/local-time/none/play'), [404, undefined])
      assert.deepEqual(await led(app, '/none/popular'), [404, undefined])
      assert.deepEqual(await led(app, '/request/local-time'), [301, '/request?podcast=local-time'])
      assert.deepEqual(await led(app, '/subscribe/local-time'), [
        301,
        '/subscribe?podcast=local-time',
      ])
      const sent = await app.inject({ method: 'POST', url: '/team' })
      assert.equal(sent.statusCode, 405)
    }),
  )

  it(
    'of what is live leads to the show that is on air, else to the next',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const app = await testApp(repo)
      const planned = async (slug: string, minutes: number) => {
        const episode = await anEpisode(repo, podcast, { slug, published: false })
        const startsAt = new Date(NOW.getTime() + minutes * 60_000)
        const plan = { startsAt: startsAt.toISOString() }
        assert.ok((await planLiveShow(repo, episode, plan, { asOf: NOW })).ok)
        return episode
      }

      assert.deepEqual(await led(app, '/live'), [302, '/'])
      const noon = await planned('noon', 60)
      await planned('dawn', 30)
      assert.deepEqual(await led(app, '/live'), [302, '/local-time/dawn'])
      await goOnAir(repo, noon, NOW)
      assert.deepEqual(await led(app, '/live/4'), [302, '/local-time/noon'])
      assert.deepEqual(await led(app, '/live/ical'), [410, undefined])
    }),
  )

  it(
    'of rules leads to them once they are written',
    sandboxed(async (repo) => {
      const app = await testApp(repo)

      assert.deepEqual(await led(app, '/coc'), [404, undefined])
      await repo.run(sql`update settings set terms_html = '<p>Be kind.</p>'`)
      assert.deepEqual(await led(app, '/coc'), [301, '/terms'])
    }),
  )

  it(
    'of a video leads there, where there is one',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const seen = await anEpisode(repo, podcast, { slug: 'seen' })
      await anEpisode(repo, podcast, { slug: 'heard' })
      await repo.updateOrThrow(change(seen, { youtubeUrl: 'https://www.youtube.com/watch?v=1' }))
      const app = await testApp(repo)

      assert.deepEqual(await led(app, '/local-time/seen/yt'), [
        302,
        'https://www.youtube.com/watch?v=1',
      ])
      assert.deepEqual(await led(app, '/local-time/heard/yt'), [302, '/local-time/heard'])
    }),
  )
})

describe('a redirect of the network’s own', () => {
  it(
    'leads on with what was asked, where the site has nothing at the address',
    sandboxed(async (repo) => {
      await aPodcast(repo)
      for (const [path, target, status] of [
        ['/shows/*', '/*', '301'],
        ['/shop', 'https://shop.example/?from=us', '302'],
        ['/local-time', '/nowhere', '301'],
        ['/old', '', '410'],
        ['/team', '/podcasts', '301'],
      ]) {
        assert.ok((await createRedirect(repo, { path, target, status })).ok, path)
      }
      const app = await testApp(repo)

      assert.deepEqual(await led(app, '/shows/local-time?page=1'), [301, '/local-time?page=1'])
      assert.deepEqual(await led(app, '/shows/local-time/'), [301, '/shows/local-time'])
      assert.deepEqual(await led(app, '/shop?x=1'), [302, 'https://shop.example/?from=us'])
      assert.deepEqual(await led(app, '/local-time'), [200, undefined])
      assert.deepEqual(await led(app, '/team'), [301, '/podcasts'])
      assert.deepEqual(await led(app, '/old'), [410, undefined])
    }),
  )
})

describe('what was taken down', () => {
  it(
    'is said to be gone, and what never was there is not told of',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const was = { published: false, firstPublishedAt: new Date('2026-01-01T00:00:00Z') }
      await repo.updateOrThrow(change(await anEpisode(repo, podcast, { slug: 'was' }), was))
      await anEpisode(repo, podcast, { slug: 'draft', published: false })
      await aPodcast(repo, { slug: 'over', status: 'archived' })
      await aPodcast(repo, { slug: 'secret', status: 'draft' })
      const app = await testApp(repo)

      const { status, html } = await page(app, '/local-time/was')

      assert.equal(status, 410)
      await assertValidHtml(html)
      assert.match(html, /is gone<\/h1>/)
      assert.match(html, /<meta name="robots" content="noindex">/)
      assert.deepEqual(await led(app, '/over'), [410, undefined])
      assert.deepEqual(await led(app, '/local-time/draft'), [404, undefined])
      assert.deepEqual(await led(app, '/secret'), [404, undefined])
    }),
  )
})

describe('an address that leads nowhere', () => {
  it(
    'is looked up by its words for who reads, and for nobody else',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo, { title: 'Local Time' })
      await anEpisode(repo, podcast, { slug: 'clock', title: 'The harbour clock' })
      await repo.insertOrThrow(build(Topic, { name: 'Harbours', slug: 'harbours' }))
      const app = await testApp(repo)
      const asked = async (url: string, accept = 'text/html') =>
        (await app.inject({ url, headers: { accept } })).body

      const html = await asked('/2019/05/harbor-clock')

      await assertValidHtml(html)
      assert.match(html, /<a href="\/local-time\/clock" dir="auto">The harbour clock<\/a>/)
      assert.match(html, /name="q" type="search" value="harbor clock"/)
      assert.doesNotMatch(await asked('/2019/05/harbor-clock', '*/*'), /href="\/local-time\/clock"/)
      assert.doesNotMatch(await asked('/harbor-clock.php'), /href="\/local-time\/clock"/)
      assert.match(await asked('/%E0%A4%A'), /./)
    }),
  )
})

describe('a podcast’s own host', () => {
  it(
    'leads to its pages here, and to where else the show is',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const vanityHost = 'localtime.example'
      const appleUrl = 'https://podcasts.apple.com/de/podcast/local-time/id1234567'
      await repo.updateOrThrow(change(podcast, { vanityHost, appleUrl }))
      const app = await testApp(repo)
      const at = async (url: string, host = vanityHost) => {
        const { statusCode, headers } = await app.inject({ url, headers: { host } })
        return [statusCode, headers.location]
      }
      const site = 'https://radio.example'

      assert.deepEqual(await at('/'), [301, `${site}/local-time`])
      assert.deepEqual(await at('/', `www.${vanityHost}:443`), [301, `${site}/local-time`])
      assert.deepEqual(await at('/full/?t=90'), [301, `${site}/local-time/full?t=90`])
      assert.deepEqual(await at('/apple'), [302, appleUrl])
      assert.deepEqual(await at('/spotify'), [301, `${site}/local-time`])
      assert.deepEqual(await at('/overcast'), [302, 'https://overcast.fm/itunes1234567'])
      assert.deepEqual(await at('/pcast'), [302, 'https://pca.st/itunes/1234567'])
      assert.deepEqual(await at('/android'), [
        302,
        'https://www.subscribeonandroid.com/radio.example/local-time/feed',
      ])
      assert.deepEqual(await at('/rss'), [301, `${site}/local-time/feed`])
      assert.deepEqual(await at('/email'), [301, `${site}/subscribe?podcast=local-time`])
      assert.deepEqual(await at('/request'), [301, `${site}/request?podcast=local-time`])
      assert.deepEqual(await at('//evil.example/'), [301, `${site}/local-time/evil.example`])
      assert.deepEqual((await at('/', 'other.example'))[0], 200)
      assert.deepEqual((await at('/healthz'))[0], 200)
      await repo.updateOrThrow(change(podcast, { status: 'draft' }))
      assert.deepEqual((await at('/apple'))[0], 404)
    }),
  )
})
