import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { connect } from '@showrunner/channels/testing'
import { build, from, sql, type Repo } from '@showrunner/data'
import { Import } from '@showrunner/domain/import'
import * as live from '@showrunner/domain/live'
import { Person } from '@showrunner/domain/people'
import { PodcastHost, type Podcast } from '@showrunner/domain/podcasts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { Upload } from '@showrunner/domain/uploads'
import { defineJob, startJobs } from '@showrunner/jobs'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { keptSite, type KeptSite } from '../testing/kept-site.ts'
import { signedIn } from '../testing/signed-in.ts'
import { NOW, testApp } from '../testing/test-app.ts'
import { DeskChannel, deskTopic, type DeskName } from './desk-channel.ts'
import { deskAt } from './desks.ts'

const NOT_THEIRS = { reason: 'This is not yours to see.' }

async function someone(repo: Repo, name: string, roles: Partial<Person>, hosts?: Podcast) {
  const person = await aPerson(repo, name)
  await repo.updateAll(from(Person).where({ id: person.id }), { name, ...roles })
  if (hosts)
    await repo.insertOrThrow(build(PodcastHost, { podcastId: hosts.id, personId: person.id }))
  return { person, headers: { ...(await signedIn(repo, person)), accept: 'text/html' } }
}
type Someone = Awaited<ReturnType<typeof someone>>

const come = (app: FastifyInstance, { headers }: Someone) =>
  connect(app.sockets, { cookie: headers.cookie })

async function anImport(repo: Repo, address = 'https://far.example/feed'): Promise<Import> {
  return repo.insertOrThrow(build(Import, { address, insertedAt: NOW, updatedAt: NOW }))
}

/** Somebody opens a page of the admin area: what stands in it, and the channel it joins. */
async function open({ app, live }: KeptSite, who: Someone, url: string) {
  await live.caughtUp()
  const { body } = await app.inject({ url, headers: who.headers })
  const [, topic = '', seen = ''] = /data-topic="([^"]+)" data-seen="([^"]+)"/.exec(body) ?? []
  const client = await come(app, who)
  return {
    channel: await client.subscribeAndJoin(DeskChannel, topic, { seen }),
    client,
    topic,
    seen,
  }
}

async function aSite(t: TestContext) {
  const site = await keptSite(t)
  if (!site) return undefined
  const admin = await someone(site.repo, 'Ada', { admin: true })
  return { ...site, admin }
}

describe('a page of the admin area that is open', () => {
  it('is told when what it shows changes, whoever changed it, and of nothing else', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const mine = await anImport(site.repo)
    const other = await anImport(site.repo, 'https://near.example/feed')
    const { channel } = await open(site, site.admin, `/admin/import/${mine.id}`)

    await site.psql(`update imports set state = 'failed' where id = ${other.id}`)
    await channel.refutePush('stale')
    await site.psql(`update imports set state = 'failed' where id = ${mine.id}`)

    await channel.assertPush('stale')
  })

  it('is told at once what changed between its making and its joining, and else nothing', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const { seen, topic } = await open(site, site.admin, '/admin/import')
    const join = async (mark?: string) => {
      const params = mark === undefined ? {} : { seen: mark }
      return (await come(site.app, site.admin)).subscribeAndJoin(DeskChannel, topic, params)
    }
    await (await join(seen)).refutePush('stale')

    await anImport(site.repo)
    await site.live.caughtUp()

    await (await join(seen)).assertPush('stale')
    await (await join('of-another-node.999')).assertPush('stale')
    await (await join()).assertPush('stale')
  })

  it('is told once a second of what is written together', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const { channel, client } = await open(site, site.admin, '/admin/import')

    const since = performance.now()
    for (let count = 0; count < 20; count += 1)
      await anImport(site.repo, `https://${count}.example/`)
    await site.live.caughtUp()

    await channel.assertPush('stale')
    const told = client.messages.filter((message) => JSON.stringify(message).includes('"stale"'))
    const most = 2 + (performance.now() - since) / 1000
    assert.ok(told.length <= most, `told ${told.length} times`)
  })

  it('is told of jobs by who does them', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const { channel } = await open(site, site.admin, '/admin/jobs')
    const worker = await startJobs({
      databaseUrl: site.databaseUrl,
      jobs: [defineJob({ name: 'nothing', args: z.object({}), perform: async () => undefined })],
      parts: {},
      changed: () => void site.repo.run(sql`select tell_changes('jobs', 'update', null)`),
    })
    t.after(() => worker.stop())

    await site.repo.run(sql`select graphile_worker.add_job('nothing', '{}'::json)`)

    await channel.assertPush('stale')
    await worker.stop()
  })

  it('is told that its show is on air, also when that was a matter of time', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const { repo } = site
    const podcast = await aPodcast(repo)
    const episode = await anEpisode(repo, podcast, { slug: 'noon', published: false })
    const streamUrl = 'https://stream.example/live.mp3'
    const plan = { startsAt: NOW.toISOString(), startsItself: true, streamUrl }
    const planned = await live.planLiveShow(repo, episode, plan, { asOf: new Date(0) })
    assert.ok(planned.ok)
    const url = `/admin/podcasts/${podcast.id}/episodes/${episode.id}/live`
    const { channel } = await open(site, site.admin, url)
    const parts = { repo, clock: () => NOW }
    const { databaseUrl } = site

    const worker = await startJobs({ databaseUrl, jobs: [live.liveShowBegins], parts })
    t.after(() => worker.stop())

    await channel.assertPush('stale')
    const { body } = await site.app.inject({ url, headers: site.admin.headers })
    assert.match(body, /On air/)
    await worker.stop()
  })

  it('is told when changes were not heard for a while', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const { channel } = await open(site, site.admin, '/admin/import')

    await site.repo.run(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'showrunner live' and datname = current_database()`)

    await channel.assertPush('stale')
  })

  it('costs nothing once nobody looks at it', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const { channel } = await open(site, site.admin, '/admin')
    assert.equal(site.app.desks.size, 1)

    await channel.leave()

    assert.equal(site.app.desks.size, 0)
  })

  it(
    'is somebody’s who may see it, and nobody else’s',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { id } = await anEpisode(repo, podcast, { slug: 'noon' })
      const other = await aPodcast(repo, { slug: 'other' })
      const host = await someone(repo, 'Grace', { host: true }, podcast)
      const stranger = await someone(repo, 'Hester', { host: true }, other)
      const editor = await someone(repo, 'Ines', { editor: true })
      const admin = await someone(repo, 'Ada', { admin: true })
      const member = await someone(repo, 'Nell', {})
      const upload = await repo.insertOrThrow(
        build(Upload, {
          personId: host.person.id,
          podcastId: podcast.id,
          subjectId: id,
          bytes: 7,
          kind: 'audio',
          subject: 'episode',
          name: 'a.mp3',
          insertedAt: NOW,
          updatedAt: NOW,
        }),
      )
      const app = await testApp(repo)
      const all = { host, stranger, editor, admin, member }
      // Here nobody hears what changes: whoever may be told is told that.
      const mayOpen = async (name: string) => {
        const may: string[] = []
        for (const [who, one] of Object.entries(all)) {
          const refused = await (
            await come(app, one)
          ).assertRefused(DeskChannel, `desk:${name}`, {})
          if (JSON.stringify(refused).includes('not live')) may.push(who)
        }
        const nobody = await connect(app.sockets)
        await nobody.assertRefused(DeskChannel, `desk:${name}`, {}, NOT_THEIRS)
        return may
      }

      assert.deepEqual(await mayOpen('today'), ['host', 'stranger', 'editor', 'admin'])
      assert.deepEqual(await mayOpen('inbox'), ['admin'])
      assert.deepEqual(await mayOpen('inbox-event:1'), ['admin'])
      assert.deepEqual(await mayOpen('imports'), ['admin'])
      assert.deepEqual(await mayOpen('comments'), ['admin'])
      assert.deepEqual(await mayOpen('import:1'), ['admin'])
      assert.deepEqual(await mayOpen('jobs'), ['admin'])
      assert.deepEqual(await mayOpen(`audio:${podcast.id}:${id}`), ['host', 'admin'])
      assert.deepEqual(await mayOpen(`audio:${other.id}:${id}`), [])
      assert.deepEqual(await mayOpen(`live:${podcast.id}:${id}`), ['host', 'admin'])
      assert.deepEqual(await mayOpen(`live:${other.id}:${id}`), [])
      assert.deepEqual(await mayOpen(`upload:${upload.id}`), ['host'])
      const wrong = ['', 'people', 'import', 'import:0', 'upload:1e1', 'today:1', 'constructor']
      for (const name of wrong) assert.deepEqual(await mayOpen(name), [])
    }),
  )

  it(
    'names every table that it reads',
    sandboxed(async (repo) => {
      await anEpisode(repo, await aPodcast(repo), { slug: 'noon' })
      const admin = await someone(repo, 'Ada', { admin: true })
      const row = await anImport(repo)
      const app = await testApp(repo)
      const pages: readonly [DeskName, string][] = [
        ['today', '/admin'],
        ['inbox', '/admin/memberships/inbox'],
        ['comments', '/admin/comments'],
        ['imports', '/admin/import'],
        [`import:${row.id}`, `/admin/import/${row.id}`],
        ['jobs', '/admin/jobs'],
      ]

      for (const [name, url] of pages) {
        const tables = new Set<string>()
        const stop = repo.onQuery(({ sql: text }) => {
          for (const [, table = ''] of text.matchAll(/\b(?:from|join) "?([a-z_]+)"?/g))
            tables.add(table === 'graphile_worker' ? 'jobs' : table)
        })
        const answer = await app.inject({ url, headers: admin.headers })
        stop()
        assert.equal(answer.statusCode, 200)
        assert.match(answer.body, new RegExp(`data-topic="${deskTopic(name)}"`))
        const shown = new Set(deskAt(name)?.shows.map(({ table }) => table))
        const missing = [...tables].filter((table) => !shown.has(table) && !AROUND.has(table))
        assert.deepEqual(missing, [], name)
      }
    }),
  )

  it(
    'that is asked for again says nothing that is for the next page',
    sandboxed(async (repo) => {
      const admin = await someone(repo, 'Ada', { admin: true })
      const app = await testApp(repo)
      const flash = encodeURIComponent(JSON.stringify({ kind: 'done', words: 'Saved.' }))
      const cookie = `${admin.headers.cookie}; showrunner_flash=${flash}`
      const get = (headers: object) =>
        app.inject({ url: '/admin', headers: { ...admin.headers, cookie, ...headers } })

      const again = await get({ 'x-sec-purpose': 'refresh' })

      assert.doesNotMatch(again.body, /Saved\./)
      assert.equal(again.headers['set-cookie'], undefined)
      assert.match((await get({})).body, /Saved\./)
    }),
  )
})

/** Who asks, and what stands around every page. */
const AROUND = new Set([
  // How many wait stands in the way to them.
  'comments',
  // Counted all day: nobody is told of each.
  'download_counts',
  'sessions',
  'people',
  'podcast_hosts',
  'settings',
  'podcasts',
  'posts',
  'live_shows',
  'news_items',
  'topics',
  'sponsors',
])

describe('whoever comes to host a podcast, or does no more', () => {
  it('connects again as what they are by then, whoever wrote it down', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const podcast = await aPodcast(site.repo)
    const host = await someone(site.repo, 'Grace', { host: true }, podcast)
    const other = await someone(site.repo, 'Hester', { host: true }, podcast)
    await site.live.caughtUp()
    const [theirs, others] = [await come(site.app, host), await come(site.app, other)]

    await site.psql(`delete from podcast_hosts where person_id = ${host.person.id}`)

    assert.equal((await theirs.assertClosed()).code, 1001)
    await others.subscribeAndJoin(DeskChannel, deskTopic('today'), {})
    const back = await come(site.app, host)
    await back.assertRefused(DeskChannel, deskTopic('today'), {}, NOT_THEIRS)
  })
})
