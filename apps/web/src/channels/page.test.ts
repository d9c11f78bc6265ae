import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { connect, type TestClient } from '@showrunner/channels/testing'
import { sql } from '@showrunner/data'
import { anEpisode } from '@showrunner/domain/testing'
import { startLive } from '@showrunner/live'
import { type FastifyInstance } from 'fastify'
import { versionIn } from '../page-version.ts'
import { aNetwork } from '../testing/a-network.ts'
import { keptSite, type KeptSite } from '../testing/kept-site.ts'
import { NOW, testApp } from '../testing/test-app.ts'
import { PageChannel, pageTopic, type PageChanged } from './page-channel.ts'

const EPISODE = '/local-time/full'
const TERMINATE = sql`select pg_terminate_backend(pid) from pg_stat_activity
  where application_name = 'showrunner live' and datname = current_database()`

async function aSite(t: TestContext) {
  const site = await keptSite(t)
  if (!site) return undefined
  return { ...site, ...(await aNetwork(site)) }
}

/** The same site once more, that hears of changes by itself. */
async function anotherNode(t: TestContext, { repo, databaseUrl }: KeptSite) {
  const live = await startLive({ repo, databaseUrl, clock: () => NOW })
  const app = await testApp(repo, { live })
  t.after(async () => {
    await app.close()
    await live.close()
  })
  return { app, live }
}

const versionOf = async (app: FastifyInstance, key: string) =>
  versionIn((await app.inject(key)).body) ?? ''

async function open({ app }: { app: FastifyInstance }, key: string, given?: string) {
  const version = given ?? (await versionOf(app, key))
  const client = await connect(app.sockets)
  const channel = await client.subscribeAndJoin(PageChannel, pageTopic(key), { version })
  return { client, channel, version, key, app }
}
type Opened = Awaited<ReturnType<typeof open>>

const rename = (title: string) =>
  sql`update episodes set title = ${title}, updated_at = now() where slug = 'full'`

describe('an open page', () => {
  it('is told how it changes, in the parts that changed, and is made once for all', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const [one, other] = [await open(site, EPISODE), await open(site, EPISODE)]

    const renders = await site.rendersDuring(async () => {
      await site.psql(`update episodes set title = 'By <hand>' where slug = 'full'`)
      await one.channel.assertPush('changed', { from: one.version })
    })

    assert.equal(renders, 1)
    const changed = await other.channel.assertPush('changed', { from: one.version })
    assert.match(changed.streams, /target="headline"><template><h1[^>]*>By &lt;hand&gt;/)
    assert.match(changed.title ?? '', /^By <hand>/)
    assert.equal(changed.version, await versionOf(site.app, EPISODE))
  })

  it('is told nothing of what it does not show, and a page that nobody has open is not made', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const { channel } = await open(site, '/other-time/alone')
    await site.app.inject(EPISODE)

    const renders = await site.rendersDuring(() =>
      site.psql(`update episodes set title = 'Other' where slug = 'full'`),
    )

    assert.equal(renders, 0)
    await channel.refutePush('changed')
    await channel.leave()
    const after = await site.rendersDuring(() =>
      site.psql(`update episodes set title = 'Not alone' where slug = 'alone'`),
    )
    assert.equal(after, 0)
  })

  it('on one node shows what was changed on another', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const other = await anotherNode(t, site)
    const [here, there] = [await open(site, EPISODE), await open(other, EPISODE)]
    assert.equal(here.version, there.version)

    await site.repo.run(rename('Everywhere'))

    const told = await Promise.all([
      here.channel.assertPush('changed', { from: here.version }),
      there.channel.assertPush('changed', { from: here.version }),
    ])
    assert.equal(told[0].version, told[1].version)
    assert.equal(other.live.pages.counters.renders, 2)
  })

  it('catches up when the connection to the database was lost', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const { channel } = await open(site, EPISODE)

    await site.repo.run(TERMINATE)
    await site.repo.run(rename('While nobody listened'))

    const { streams } = await channel.assertPush('changed')
    assert.match(streams, /While nobody listened/)
  })

  it('catches up when it was away: with what changed, and with all of it when that was long ago', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const { version, client } = await open(site, EPISODE)
    await open(site, EPISODE)
    client.disconnect()
    await site.repo.run(rename('One'))
    await site.repo.run(rename('Two'))
    await site.live.caughtUp()

    const back = await open(site, EPISODE, version)
    const changed = await back.channel.assertPush('changed', { from: version })
    assert.match(changed.streams, /Two/)
    assert.equal(changed.version, await versionOf(site.app, EPISODE))

    const stranger = await open(site, EPISODE, 'of-long-ago')
    await stranger.channel.assertPush('refresh')
    const present = await open(site, EPISODE)
    await present.channel.refutePush('refresh')
    await present.channel.refutePush('changed')
  })

  it('that everybody left for a moment is still known', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const { version, client } = await open(site, EPISODE)
    client.disconnect()
    await site.psql(`update episodes set title = 'Meanwhile' where slug = 'full'`)

    const back = await open(site, EPISODE, version)

    assert.match((await back.channel.assertPush('changed')).streams, /Meanwhile/)
  })

  it('is fetched anew when it is not there any more, and when it is there again', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const { channel } = await open(site, EPISODE)

    await site.psql(`update episodes set published = false where slug = 'full'`)
    await channel.assertPush('refresh')
    const client = await connect(site.app.sockets)
    const asked = [PageChannel, pageTopic(EPISODE), { version: 'any' }] as const
    await client.assertRefused(...asked, { reason: 'gone' })
    await site.psql(`update episodes set published = true where slug = 'full'`)

    await channel.assertPush('refresh')
    await open(site, EPISODE)
  })

  it('is known by one name, and nothing else is a page', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const client = await connect(site.app.sockets)
    const names = [
      '',
      '//',
      'about',
      '/nothing/here',
      '/in',
      '/admin',
      `${EPISODE}?utm_source=x`,
      '/local-time?page=0',
      '/local-time?page=1',
      '/people?page=02',
      '/local-time?page=2&page=2',
      '/local-time?__proto__=1',
      '/local-time/%',
      '/local-time/full#discussion',
      '/local-time/draft',
      '/preview/secret',
      '/members/secret/local-time',
      '/account',
      '/local%2Dtime/full',
      '/local-time/feed',
      `/${'long-'.repeat(80)}`,
    ]
    for (const name of names) {
      await client.assertRefused(PageChannel, pageTopic(name), { version: 'any' })
    }
    for (const url of site.urls) {
      const key = /<meta name="live-page" content="([^"]*)"/.exec((await site.app.inject(url)).body)
      if (key?.[1]) await open(site, key[1])
    }
  })

  it('wakes at the moment of an episode that it will show', async (t) => {
    let now = NOW
    const site = await keptSite(t, { clock: () => now })
    if (!site) return
    const { podcast } = await aNetwork(site)
    const publishedAt = new Date(NOW.getTime() + 1_000)
    await anEpisode(site.repo, podcast, { slug: 'soon', title: 'Soon now', publishedAt })
    await site.live.caughtUp()
    const { channel } = await open(site, '/local-time')

    now = publishedAt

    assert.match((await channel.assertPush('changed')).streams, /Soon now/)
  })

  it('is right in the end, and made no more than a few times a second, whatever happens', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const keys = [
      '/',
      '/local-time',
      '/podcasts',
      '/person/ines-okafor',
      EPISODE,
      '/local-time/before',
    ]
    const all: Opened[] = []
    for (let at = 0; at < 500; at += 1) all.push(await open(site, keys[at % keys.length] ?? '/'))

    const since = Date.now()
    const { misses } = site.live.pages.counters
    const renders = await site.rendersDuring(async () => {
      for (let at = 0; at < 1_000; at += 1) await site.repo.run(rename(`Number ${at}`))
      await site.live.caughtUp()
      await Promise.all(all.map(isRight))
    })

    const seconds = (Date.now() - since) / 1000
    const makings = site.live.pages.counters.misses - misses
    t.diagnostic(`${makings} makings of ${keys.length} pages in ${seconds.toFixed(1)} s`)
    // The first change at once, then those of 0.3 seconds together. What is overtaken meanwhile is begun again, twice at most.
    assert.ok(makings <= keys.length * (seconds / 0.3 + 4), `${makings} makings`)
    assert.ok(renders <= makings * 3, `${renders} renders`)
    const told = all.map(({ client }) => changesOf(client).length)
    t.diagnostic(`${Math.max(...told)} messages at most to one`)
  })
})

/** Waits until what a client was told has led it to the page as it is. */
async function isRight({ app, client, key, version }: Opened): Promise<void> {
  const wanted = await versionOf(app, key)
  for (;;) {
    let shown = version
    for (const { from, version: next } of changesOf(client)) {
      assert.equal(from, shown)
      shown = next
    }
    if (shown === wanted) return
    await wait(50)
  }
}

function changesOf({ messages }: TestClient): readonly PageChanged[] {
  return messages
    .filter(({ event }) => event === 'changed')
    .map(({ payload }) => payload as unknown as PageChanged)
}
