import assert from 'node:assert/strict'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { sql } from '@showrunner/data'
import { anEpisode } from '@showrunner/domain/testing'
import { startLive } from '@showrunner/live'
import { type LightMyRequestResponse as Response } from 'fastify'
import { aNetwork } from '../testing/a-network.ts'
import { keptSite } from '../testing/kept-site.ts'
import { NOW } from '../testing/test-app.ts'

const EPISODE = '/local-time/full'

describe('a page', () => {
  it('is made once, and anew when somebody changes in psql what it shows', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const { app, live } = site
    await aNetwork(site)

    const first = await app.inject(EPISODE)
    const again: Response = await app.inject(EPISODE)
    assert.equal(first.statusCode, 200)
    assert.deepEqual([again.body, again.headers.etag], [first.body, first.headers.etag])
    assert.deepEqual([live.pages.counters.renders, live.pages.counters.hits], [1, 1])

    await site.psql(`update episodes set title = 'By hand' where slug = 'full'`)
    const changed = await app.inject(EPISODE)

    assert.match(changed.body, /By hand/)
    assert.notEqual(changed.headers.etag, first.headers.etag)
    assert.equal(live.pages.counters.renders, 2)
  })

  it('is made once for all who ask at the same time, whatever else stands behind its address', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    await aNetwork(site)
    const urls = [EPISODE, `${EPISODE}?utm_source=x`, `${EPISODE}?page=7`, '/local%2Dtime/full']

    const renders = await site.rendersDuring(() =>
      Promise.all([...urls, ...urls].map((url) => site.app.inject(url))),
    )

    assert.equal(renders, 1)
  })

  it('is one page however it is asked for', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    await aNetwork(site)
    const same = [
      ['/people', '/people?page=1', '/people?page=01', '/people?page=1.0', '/people?page=%201'],
      [`${EPISODE}/embed`, `${EPISODE}/embed?theme=auto`, `${EPISODE}/embed?theme=pink`],
      [`${EPISODE}/embed?theme=dark`, `${EPISODE}/embed?x=y&theme=dark`],
    ]
    for (const urls of same) {
      const renders = await site.rendersDuring(async () => {
        for (const url of urls) assert.equal((await site.app.inject(url)).statusCode, 200, url)
      })
      assert.equal(renders, 1, urls[0])
    }
    for (const url of ['/people?page=1&page=2', '/people?page=0', '/people?page=x']) {
      assert.equal((await site.app.inject(url)).statusCode, 400, url)
    }
  })

  it('has the headers of one that is made each time, and is sent to nobody who has it', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const { app } = site
    const { fresh } = await aNetwork(site)
    for (const url of [EPISODE, '/local-time/feed', `${EPISODE}/chapters.json`]) {
      await app.inject(url)
      const made: Response = await fresh.inject(url)
      const kept: Response = await app.inject(url)
      const { date: _made, 'last-modified': seen, ...before } = made.headers
      const { date: _kept, 'last-modified': since, ...after } = kept.headers
      assert.deepEqual(after, before)
      assert.deepEqual([typeof seen, kept.body], [typeof since, made.body])

      const gzip: Response = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } })
      const brotli: Response = await app.inject({ url, headers: { 'accept-encoding': 'br' } })
      const small = kept.rawPayload.length < 1024
      assert.equal(small ? gzip.body : gunzipSync(gzip.rawPayload).toString(), kept.body)
      assert.equal(
        small ? brotli.body : brotliDecompressSync(brotli.rawPayload).toString(),
        kept.body,
      )
      for (const { headers } of [kept, gzip, brotli]) {
        const known = { 'if-none-match': String(headers.etag) }
        const again: Response = await app.inject({ url, headers: known })
        assert.deepEqual([again.statusCode, again.body], [304, ''])
        assert.equal(again.headers['content-type'], undefined)
      }
      const head: Response = await app.inject({ method: 'HEAD', url })
      assert.deepEqual(
        [head.statusCode, head.body, head.headers['content-length']],
        [200, '', kept.headers['content-length']],
      )
    }
  })

  it('that cannot be made is not kept', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const { app } = site
    const { podcast } = await aNetwork(site)
    const url = '/local-time/to-come'

    assert.equal((await app.inject(url)).statusCode, 404)
    await anEpisode(site.repo, podcast, { slug: 'to-come' })

    assert.equal((await app.inject(url)).statusCode, 200)
    await site.psql(`update episodes set published = false where slug = 'to-come'`)
    assert.equal((await app.inject(url)).statusCode, 404)
  })

  it('wakes at the moment of an episode that it will show, and no other page does', async (t) => {
    let now = NOW
    const site = await keptSite(t, { clock: () => now })
    if (!site) return
    const { app, repo, live } = site
    const { podcast } = await aNetwork(site)
    const moment = new Date(NOW.getTime() + 60_000)
    await anEpisode(repo, podcast, { slug: 'soon', title: 'Soon', publishedAt: moment })
    await live.caughtUp()
    const urls = [
      '/',
      '/local-time',
      '/local-time/feed',
      '/other-time',
      '/about',
      `${EPISODE}/chapters.json`,
    ]
    const shown = async () => {
      const pages = await Promise.all(urls.map((url) => app.inject(url)))
      return pages.map(({ body }) => body.includes('Soon'))
    }

    const before = await shown()
    now = new Date(moment.getTime() - 1)
    const renders = await site.rendersDuring(shown)
    now = moment
    const rendersThen = await site.rendersDuring(shown)

    assert.deepEqual([before, renders], [urls.map(() => false), 0])
    assert.deepEqual(await shown(), [true, true, true, false, false, false])
    assert.equal(rendersThen, 3)
  })
})

describe('a site that lost the connection by which it hears changes', () => {
  it('serves nothing it had kept, and keeps pages again once it listens', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const { app, live, repo } = site
    await aNetwork(site)
    await app.inject(EPISODE)
    const cut = async () => {
      await repo.run(
        sql`select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = 'showrunner live' and datname = current_database()`,
      )
      while (live.pages.isListening) await wait(1)
    }

    for (const title of ['Once', 'Twice']) {
      await cut()
      await repo.run(sql`update episodes set title = ${title} where slug = 'full'`)
      assert.match((await app.inject(EPISODE)).body, new RegExp(title))
      while (!live.pages.isListening) await wait(1)
      assert.match((await app.inject(EPISODE)).body, new RegExp(title))
      assert.equal(await site.rendersDuring(() => app.inject(EPISODE)), 0)
    }
  })
})

describe('a site whose database says nothing any more', () => {
  it('has nobody wait for it, and listens again when it speaks', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const line = await lineTo(t, new URL(site.databaseUrl))
    const live = await startLive({ repo: site.repo, databaseUrl: line.url })
    t.after(() => live.close())
    await live.caughtUp()
    assert.ok(live.pages.isListening)

    line.fallSilent()
    await Promise.all([live.caughtUp(), live.caughtUp(), live.caughtUp()])
    assert.ok(!live.pages.isListening)

    line.speak()
    while (!live.pages.isListening) await wait(10)
    await live.caughtUp()
    assert.ok(live.pages.isListening)
  })
})

/** A way to the database on which nothing comes through for a while, and nobody hangs up. */
async function lineTo(t: TestContext, url: URL) {
  let isSilent = false
  const ends = new Set<Socket>()
  const server = createServer((near) => {
    const far = createConnection(Number(url.port || 5432), url.hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
      from.on('data', (bytes) => {
        if (!isSilent) to.write(bytes)
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    for (const end of ends) end.destroy()
    server.close()
  })
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String((server.address() as AddressInfo).port)
  return {
    url: through.href,
    fallSilent: () => {
      isSilent = true
    },
    speak: () => {
      isSilent = false
    },
  }
}

describe('a notice that says nothing', () => {
  it('has everything forgotten, as something changed, and stops nobody', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const { app, live, repo } = site
    await aNetwork(site)

    for (const said of ['', 'hello', '5', 'null', '{"table":7}']) {
      await app.inject(EPISODE)
      await repo.run(sql`select pg_notify('showrunner_changes', ${said})`)
      while (live.pages.isListening) await wait(1)
      while (!live.pages.isListening) await wait(1)
      assert.equal(live.pages.counters.pages, 0)
      await site.psql(`update episodes set title = 'After ${said.length}' where slug = 'full'`)
      assert.match((await app.inject(EPISODE)).body, new RegExp(`After ${said.length}`))
    }
  })
})

describe('a burst of changes', () => {
  it(
    'has no page made twice at a time, and leaves every page right',
    { timeout: 120_000 },
    async (t) => {
      const site = await keptSite(t)
      if (!site) return
      const { app, live, repo } = site
      const { fresh, urls } = await aNetwork(site)
      const open = urls.filter((url) => !url.includes('nothing'))
      const underWay = new Map<string, Promise<unknown>>()
      // As whoever looks would be told: a page that is stale is made again, unless it is being made.
      live.pages.onStale((key) => {
        if (underWay.has(key)) return
        underWay.set(
          key,
          app.inject(key).finally(() => underWay.delete(key)),
        )
      })
      for (const url of open) await app.inject(url)

      const renders = await site.rendersDuring(async () => {
        for (let change = 1; change <= 1_000; change += 1) {
          await repo.run(sql`update episodes set title = ${`Change ${change}`} where slug = 'full'`)
        }
        await live.caughtUp()
        await Promise.all(underWay.values())
      })

      assert.ok(renders <= 3 * 1_000 * 3, `${renders} renders`)
      for (const url of open) {
        assert.equal((await app.inject(url)).body, (await fresh.inject(url)).body, url)
      }
      assert.match((await app.inject(EPISODE)).body, /Change 1000/)
    },
  )
})

describe('a site with little memory', () => {
  it('keeps what was asked for lately, within its bounds', async (t) => {
    const site = await keptSite(t, { mostBytes: 150_000 })
    if (!site) return
    const { app, live } = site
    const { urls } = await aNetwork(site)

    for (const url of [...urls, ...urls]) {
      await app.inject({ url, headers: { 'accept-encoding': 'br' } })
      assert.ok(live.pages.counters.bytes <= 150_000, `${live.pages.counters.bytes} bytes`)
    }

    assert.ok(live.pages.counters.evictions > 0)
    assert.ok(live.pages.counters.pages > 0)
  })
})
