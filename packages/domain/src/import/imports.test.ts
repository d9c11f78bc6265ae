import assert from 'node:assert/strict'
import { type RequestListener } from 'node:http'
import { describe, it } from 'node:test'
import { change, errorMessages, from, type Repo } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { listJobs, migrateJobs } from '@showrunner/jobs'
import { Chapter, Episode } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { aFeed, aPerson, aPodcast, sandboxed, serving, testDatabase } from '../testing/index.ts'
import {
  askForImport,
  cancelImport,
  getImport,
  Import,
  IMPORT_JOBS,
  listImports,
  lookAgain,
  startImport,
  stateOf,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

const partsOn = (repo: Repo, more: object = {}) => ({
  repo,
  clock: () => NOW,
  personPage: () => undefined,
  reachesPrivate: true,
  ...more,
})

const HOSTED = '<podcast:person role="host">Ann Lee</podcast:person>'
const FEED = aFeed({ more: HOSTED, items: [{ guid: 'a' }, { guid: 'b' }] })

const answer =
  (body: Buffer | (() => Buffer)): RequestListener =>
  (_request, response) => {
    response.end(typeof body === 'function' ? body() : body)
  }

async function asked(repo: Repo, address: string, more: object = {}): Promise<Import> {
  const saved = await askForImport(repo, { address, ...more }, null)
  if (!saved.ok) throw new Error(JSON.stringify(errorMessages(saved.changeset)))
  return saved.value
}

const perform = (repo: Repo, more: object = {}) =>
  performWaiting(repo, IMPORT_JOBS, partsOn(repo, more))

const started = async (repo: Repo, id: number) => startImport(repo, await getImport(repo, id), NOW)

describe('an import from the admin area', () => {
  it(
    'shows what would be created, and writes nothing before it is confirmed',
    sandboxed(async (repo, t) => {
      const address = await serving(t, '/feed', answer(FEED))
      await aPerson(repo, 'Bo Known')

      const { id } = await asked(repo, `  ${address}#top `)
      const done = await perform(repo)

      const looked = await getImport(repo, id)
      assert.deepEqual(done, ['look_at_feed'])
      assert.deepEqual([looked.state, looked.address, looked.error], ['ready', address, null])
      const { preview } = looked
      assert.deepEqual(
        [preview?.title, preview?.outcome, preview?.created, preview?.updated, preview?.podcastId],
        ['Harbour Lights', 'created', 2, 0, null],
      )
      assert.deepEqual(preview?.people, ['Ann Lee'])
      assert.deepEqual(
        preview?.additions.map(({ title }) => title),
        ['About a', 'About b'],
      )
      assert.deepEqual(
        preview?.fields.filter(({ field }) => field === 'title' || field === 'websiteUrl'),
        [
          { field: 'title', before: null, after: 'Harbour Lights' },
          { field: 'websiteUrl', before: null, after: 'https://harbour.example/' },
        ],
      )
      assert.deepEqual(
        await Promise.all([Podcast, Episode].map((schema) => repo.count(schema))),
        [0, 0],
      )
      assert.equal(await repo.count(Person), 1)
    }),
  )

  it(
    'does what it showed, and says of the next reading what changed',
    sandboxed(async (repo, t) => {
      let items = [{ guid: 'a' }, { guid: 'b' }]
      let title = 'Harbour Lights'
      const feed = () => aFeed({ title, items, more: HOSTED })
      const address = await serving(t, '/feed', answer(feed))
      const first = await asked(repo, address)
      await perform(repo)

      await started(repo, first.id)
      await perform(repo)

      const done = await getImport(repo, first.id)
      assert.deepEqual(
        [done.state, done.podcast?.slug, done.report?.created],
        ['done', 'harbour-lights', 2],
      )
      assert.deepEqual([await repo.count(Episode), await repo.count(Person)], [2, 1])

      items = [{ guid: 'a', title: 'Better' } as (typeof items)[0], { guid: 'b' }, { guid: 'c' }]
      title = 'Harbour Nights'
      const second = await asked(repo, address)
      await perform(repo)
      const { preview } = await getImport(repo, second.id)
      assert.deepEqual(preview?.fields, [
        { field: 'title', before: 'Harbour Lights', after: 'Harbour Nights' },
      ])
      assert.deepEqual([preview?.created, preview?.updated, preview?.unchanged], [1, 1, 1])
      assert.deepEqual(
        preview?.updates.map(({ title, changed }) => [title, changed]),
        [['Better', ['title']]],
      )
      assert.equal((await repo.oneOrThrow(Podcast)).title, 'Harbour Lights')
      assert.equal((await listImports(repo)).total, 2)
    }),
  )

  it(
    'refuses what is no address, and a feed that is being imported already',
    sandboxed(async (repo) => {
      const wrong = async (params: object) => {
        const saved = await askForImport(repo, { ...params }, null)
        return saved.ok ? {} : errorMessages(saved.changeset)
      }
      const known = await asked(repo, 'https://radio.example/feed')

      assert.deepEqual(await wrong({ address: '' }), { address: ["can't be blank"] })
      assert.deepEqual(await wrong({ address: 'file:///etc/passwd' }), {
        address: ['is no web address; one begins with https://'],
      })
      assert.deepEqual(await wrong({ address: 'https://RADIO.example/feed' }), {
        address: ['is being imported already: see the list of imports'],
      })
      await cancelImport(repo, known, NOW)
      assert.deepEqual(await wrong({ address: 'https://radio.example/feed' }), {})
    }),
  )

  it(
    'says in words why it cannot be done, and may be tried again',
    sandboxed(async (repo, t) => {
      let body: Buffer = Buffer.from('<html>no feed</html>')
      const address = await serving(
        t,
        '/feed',
        answer(() => body),
      )
      const { id } = await asked(repo, address)
      await perform(repo)
      const failed = await getImport(repo, id)
      assert.equal(failed.state, 'failed')
      assert.match(failed.error ?? '', /feed/)

      body = FEED
      await lookAgain(repo, failed, NOW)
      await perform(repo)
      assert.equal((await getImport(repo, id)).state, 'ready')
    }),
  )

  it(
    'reaches public addresses only',
    sandboxed(async (repo, t) => {
      const address = await serving(t, '/feed', answer(FEED))
      const { id } = await asked(repo, address)

      await perform(repo, { reachesPrivate: false })

      const failed = await getImport(repo, id)
      assert.equal(failed.state, 'failed')
      assert.match(failed.error ?? '', /not an address of the public internet/)
    }),
  )

  it(
    'into a podcast that its feed does not name, where somebody says so',
    sandboxed(async (repo, t) => {
      const address = await serving(t, '/feed', answer(FEED))
      const podcast = await aPodcast(repo, { title: 'Ours', slug: 'ours' })
      const { id } = await asked(repo, address, { intoSlug: 'ours', fetchDocuments: 'false' })
      await perform(repo)

      const { preview } = await getImport(repo, id)

      assert.equal(preview?.podcastId, podcast.id)
      assert.deepEqual(preview?.fields[0], {
        field: 'title',
        before: 'Ours',
        after: 'Harbour Lights',
      })
    }),
  )

  it(
    'is done once, however often it is confirmed, and not after it was cancelled',
    sandboxed(async (repo, t) => {
      const address = await serving(t, '/feed', answer(FEED))
      const { id } = await asked(repo, address)
      await perform(repo)
      await started(repo, id)
      await started(repo, id)
      assert.deepEqual(await perform(repo), ['import_podcast'])

      const other = await asked(repo, `${address}?again`)
      await cancelImport(repo, other, NOW)
      await perform(repo)
      assert.deepEqual(
        [(await getImport(repo, other.id)).state, await repo.count(Podcast)],
        ['cancelled', 1],
      )
    }),
  )

  it(
    'waits while another one is under way, and keeps nobody else waiting',
    sandboxed(async (repo, t) => {
      const address = await serving(t, '/feed', answer(FEED))
      const first = await asked(repo, `${address}?first`)
      const running = await repo.updateOrThrow(change(first, { state: 'running', aliveAt: NOW }))
      const second = await asked(repo, address)

      // The job of the first finds nothing to look at; that of the second comes again later.
      assert.deepEqual(await perform(repo), ['look_at_feed', 'look_at_feed'])

      assert.deepEqual((await getImport(repo, second.id)).aliveAt, null)
      const [waiting] = await listJobs(repo)
      assert.deepEqual([waiting?.name, waiting?.key], ['look_at_feed', `import:${second.id}`])
      await repo.updateOrThrow(change(running, { state: 'done' }))
      await lookAgain(repo, await repo.updateOrThrow(change(second, { state: 'cancelled' })), NOW)
      await perform(repo)
      assert.equal((await getImport(repo, second.id)).state, 'ready')
    }),
  )

  it(
    'whose process was killed says so, and goes on when it is started again',
    sandboxed(async (repo, t) => {
      const address = await serving(t, '/feed', answer(FEED))
      const { id } = await asked(repo, address)
      await perform(repo)
      await started(repo, id)
      const long = new Date(NOW.getTime() - 60_000)
      const row = await getImport(repo, id)
      const killed = await repo.updateOrThrow(change(row, { state: 'running', aliveAt: long }))
      assert.deepEqual([stateOf(killed, NOW), stateOf(killed, long)], ['interrupted', 'running'])
      // The job that was killed comes back when its lock is over, and finds nothing that waits.
      await perform(repo)
      assert.equal(await repo.count(Podcast), 0)

      await started(repo, id)
      await perform(repo)

      assert.deepEqual([(await getImport(repo, id)).state, await repo.count(Episode)], ['done', 2])
    }),
  )
})

describe('an import under way', () => {
  it('tells how far it is, and ends before the next document when it is cancelled', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo, url } = database
    await migrateJobs(url)
    const items = Array.from({ length: 40 }, (_, index) => {
      const more = `<podcast:chapters url="HOST/chapters/${index}" type="application/json+chapters"/>`
      return { guid: `a${index}`, more }
    })
    let fetched = 0
    const host: string = await serving(t, '', (request, response) => {
      if (request.url === '/feed') {
        response.end(String(aFeed({ items })).replaceAll('HOST', host))
        return
      }
      fetched += 1
      setTimeout(() => response.end('{"chapters":[{"startTime":0,"title":"Hi"}]}'), 400)
    })
    const { id } = await asked(repo, `${host}/feed`)
    await perform(repo)
    await started(repo, id)

    const running = perform(repo)
    for (let progress = 0; progress === 0;) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      const row = await getImport(repo, id)
      progress = row.progress?.phase === 'fetching' ? row.progress.done : 0
      if (progress > 0) await cancelImport(repo, row, NOW)
    }
    await running

    const cancelled = await repo.oneOrThrow(from(Import).where({ id }))
    assert.equal(cancelled.state, 'cancelled')
    assert.ok(fetched < 40, `${fetched} of 40 documents were asked for`)
    assert.equal(await repo.count(Episode), 40)
    assert.ok((await repo.count(Chapter)) > 0)
  })
})
