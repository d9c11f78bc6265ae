import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { change, from, type Repo } from '@showrunner/data'
import { Episode } from '@showrunner/domain/episodes'
import { Import, IMPORT_JOBS } from '@showrunner/domain/import'
import { Podcast } from '@showrunner/domain/podcasts'
import { aFeed, aPodcast, sandboxed, serving } from '@showrunner/domain/testing'
import { performWaiting } from '@showrunner/jobs/testing'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

const perform = (repo: Repo) =>
  performWaiting(repo, IMPORT_JOBS, {
    repo,
    clock: () => NOW,
    personPage: () => undefined,
    reachesPrivate: true,
  })

describe('imports in the admin area', () => {
  it(
    'show what would be done, do it when it is confirmed, and say what was done',
    sandboxed(async (repo, t) => {
      const more = '<podcast:person role="host">Ann Lee</podcast:person>'
      const feed = aFeed({
        title: 'Harbour &amp; Sea',
        more,
        items: [{ guid: 'a' }, { guid: 'b' }],
      })
      const address = await serving(t, '/feed', (_request, response) => response.end(feed))
      const admin = await inAdmin(repo, { admin: true })

      const empty = await admin.get('/admin/import')
      await assertValidHtml(empty.html)
      assert.match(empty.html, /Nothing was imported from here yet\./)
      const asked = await admin.post('/admin/import', { address })
      const here = String(asked.headers['location'])

      const looking = await admin.get(here)
      await assertValidHtml(looking.html)
      assert.match(looking.html, /Looking at the feed/)
      assert.match(looking.html, /<live-parts data-topic="desk:import:\d+" data-seen="\w+\.0">/)
      assert.match(looking.html, /data-silent-ms="30000"/)
      await perform(repo)

      const ready = await admin.get(here)
      await assertValidHtml(ready.html)
      assert.match(ready.html, /A new podcast, at \/harbour-and-sea: 2 new episodes/)
      assert.match(ready.html, /People who would be added \(1\)/)
      assert.match(ready.html, /About a/)
      assert.doesNotMatch(ready.html, /data-silent-ms/)
      assert.equal(await repo.count(Podcast), 0)

      await admin.post(`${here}/start`)
      assert.match((await admin.get(here)).html, /Begins in a moment/)
      await perform(repo)
      const done = await admin.get(here)
      await assertValidHtml(done.html)
      assert.match(done.html, /2 new episodes, 0 changed/)
      assert.match(done.html, /href="\/harbour-and-sea"/)
      assert.match(done.html, /Import again/)
      assert.equal(await repo.count(Episode), 2)
      const list = await admin.get('/admin/import')
      await assertValidHtml(list.html)
      assert.match(list.html, /Harbour &amp; Sea/)
    }),
  )

  it(
    'are asked for by a form with boxes, as a browser sends it',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const sent = async (fetchDocuments: string) =>
        admin.app.inject({
          method: 'POST',
          url: '/admin/import',
          headers: { ...admin.headers, 'content-type': 'application/x-www-form-urlencoded' },
          payload: `address=https%3A%2F%2Fradio.example%2F${fetchDocuments.length}&intoSlug=&newSlug=&${fetchDocuments}`,
        })

      assert.equal((await sent('fetchDocuments=false&fetchDocuments=true')).statusCode, 303)
      assert.equal((await sent('fetchDocuments=false')).statusCode, 303)

      const rows = await repo.all(from(Import).orderBy({ id: 'asc' }))
      assert.deepEqual(
        rows.map((row) => row.fetchDocuments),
        [true, false],
      )
    }),
  )

  it(
    'show the form again with what is wrong, and why a feed cannot be had',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })

      const refused = await admin.post('/admin/import', { address: 'feed.xml', newSlug: 'A b' })
      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /value="feed.xml"/)
      assert.match(refused.html, /is no web address; one begins with https:\/\//)

      const asked = await admin.post('/admin/import', { address: 'http://127.0.0.1:9/feed' })
      await performWaiting(repo, IMPORT_JOBS, {
        repo,
        clock: () => NOW,
        personPage: () => undefined,
      })
      const failed = await admin.get(String(asked.headers['location']))
      await assertValidHtml(failed.html)
      assert.match(failed.html, /127\.0\.0\.1 is not an address of the public internet/)
    }),
  )

  it(
    'that were broken off say so and can be gone on with; what runs is asked to end',
    sandboxed(async (repo, t) => {
      const address = await serving(t, '/feed', (_request, response) => response.end(aFeed()))
      const admin = await inAdmin(repo, { admin: true })
      const asked = await admin.post('/admin/import', { address })
      const here = String(asked.headers['location'])
      await perform(repo)
      const row = await repo.oneOrThrow(Import)
      const running = change(row, {
        state: 'running',
        aliveAt: NOW,
        progress: { phase: 'saving', done: 3, total: 8 },
      })
      const now = await repo.updateOrThrow(running)

      const under = await admin.get(here)
      await assertValidHtml(under.html)
      assert.match(under.html, /3 of 8 episodes saved/)
      await admin.post(`${here}/cancel`)
      assert.equal((await repo.reloadOrThrow(row)).cancelAsked, true)

      await repo.updateOrThrow(change(now, { aliveAt: new Date(NOW.getTime() - 60_000) }))
      const broken = await admin.get(here)
      await assertValidHtml(broken.html)
      assert.match(broken.html, /Broken off/)
      await admin.post(`${here}/start`)
      await perform(repo)
      assert.equal((await repo.reloadOrThrow(row)).state, 'done')
    }),
  )

  it(
    'are for administrators',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const host = await inAdmin(repo, { hostOf: [podcast] })
      const editor = await inAdmin(repo, { editor: true })

      assert.equal((await host.get('/admin/import')).status, 403)
      assert.equal((await editor.get('/admin/import')).status, 403)
      const asked = await host.post('/admin/import', { address: 'https://radio.example/feed' })
      assert.equal(asked.status, 403)
      assert.equal(await repo.count(Import), 0)
    }),
  )
})
