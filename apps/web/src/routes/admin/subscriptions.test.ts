import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build } from '@showrunner/data'
import { Activity } from '@showrunner/domain/activity'
import { Person } from '@showrunner/domain/people'
import { subscribe, Subscription, unsubscribe } from '@showrunner/domain/subscriptions'
import { aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { HOSTILE } from '../../testing/a-full-episode.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

const CSV = [
  'E-Mail;Name;Date',
  'eve@example.com;"Eve; <b>";2026-03-01',
  'ada@example.com;Ada;',
  'grace@example.com;Grace;',
  'nobody;Nobody;',
  'EVE@example.com;Eve again;',
  'later@example.com;Later;2999-01-01',
  'never@example.com;Never;yesterday',
].join('\r\n')

describe('the subscriptions of a podcast, in the admin area', () => {
  it(
    'are counted for its hosts, and named to administrators alone',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const url = `/admin/podcasts/${podcast.id}/subscriptions`
      const admin = await inAdmin(repo, { admin: true })
      const empty = await admin.get(url)
      await assertValidHtml(empty.html)
      assert.match(empty.html, /Nobody has subscribed/)
      const ada = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
      const wanted = { podcastId: podcast.id, personId: ada.id, confirmedAt: NOW }
      await repo.insertOrThrow(build(Subscription, { ...wanted, context: 'list', said: HOSTILE }))

      const named = await admin.get(`${url}?q=ada`)
      await assertValidHtml(named.html)
      assert.match(named.html, /ada@example\.com/)
      const host = await inAdmin(repo, { hostOf: [podcast], name: 'Grace' })
      const counted = await host.get(url)
      await assertValidHtml(counted.html)
      assert.match(counted.html, /1 subscriber</)
      assert.match(counted.html, /\+1: 1 came, 0 went/)
      assert.match(
        counted.html,
        /New subscribers by month<\/strong>[^<]*<span class="meta">At most 1 new/,
      )
      assert.doesNotMatch(counted.html, /ada@example\.com|subscriptions\/import/)
      assert.ok((await host.get(`${url}/import`)).status >= 403)
      assert.ok((await host.post(`${url}/import`, { csv: CSV, context: 'x' })).status >= 403)
    }),
  )

  it(
    'are imported after a look, when somebody states that they were asked for',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const url = `/admin/podcasts/${podcast.id}/subscriptions/import`
      const admin = await inAdmin(repo, { admin: true, name: 'Root' })
      const of = { podcastId: podcast.id, episodeId: null, context: 'podcast' } as const
      const ada = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
      const grace = await aPerson(repo, 'Grace', { email: 'grace@example.com' })
      await subscribe(repo, { ...of, personId: ada.id }, NOW)
      const ended = await subscribe(repo, { ...of, personId: grace.id }, NOW)
      await unsubscribe(repo, ended, NOW)
      await assertValidHtml((await admin.get(url)).html)
      const typed = { csv: CSV, context: 'On our old list.' }

      const looked = await admin.post(url, { ...typed, step: 'look' })
      assert.equal(looked.status, 200)
      await assertValidHtml(looked.html)
      assert.match(looked.html, /1 subscriber would be added, 1 of whom/)
      assert.match(looked.html, /1 subscribed already/)
      assert.match(looked.html, /1 had unsubscribed here/)
      assert.match(looked.html, /Line 5 has no address in “nobody”/)
      assert.match(looked.html, /Line 6 has an address that stands further up/)
      assert.match(looked.html, /Line 7 has a day that lies ahead/)
      assert.match(looked.html, /Line 8 has no day/)
      const unsaid = await admin.post(url, { ...typed, step: 'import' })
      assert.equal(unsaid.status, 422)
      await assertValidHtml(unsaid.html)
      assert.equal(await repo.count(Subscription), 2)

      const done = await admin.post(url, { ...typed, step: 'import', consent: 'true' })
      assert.equal(done.status, 303)
      const eve = await repo.getByOrThrow(Person, { email: 'eve@example.com' })
      const { confirmedAt, said } = await repo.getByOrThrow(Subscription, { personId: eve.id })
      assert.deepEqual(
        [eve.name, confirmedAt, said],
        ['Eve; <b>', new Date('2026-03-01T00:00:00Z'), 'On our old list.'],
      )
      assert.ok((await repo.getOrThrow(Subscription, ended.id)).unsubscribedAt)
      const actions = (await repo.all(Activity)).map(({ action }) => action)
      assert.ok(actions.includes('subscribers imported'))
      await assertValidHtml((await admin.get('/admin/activity')).html)
      assert.equal((await admin.post(url, { csv: '', context: '' })).status, 422)
    }),
  )

  it(
    'are read from a file as old and new spreadsheets save it',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const url = `/admin/podcasts/${podcast.id}/subscriptions/import`
      const admin = await inAdmin(repo, { admin: true })
      const table = 'email;name\r\njorg@example.com;Jörg Ünal\r\n'
      const files = [
        Buffer.from(table, 'latin1'),
        Buffer.from(`\uFEFF${table}`, 'utf16le'),
        Buffer.from(`\uFEFF${table}`),
      ]

      for (const file of files) {
        const { body } = await admin.app.inject({
          method: 'POST',
          url,
          headers: { ...admin.headers, 'content-type': 'multipart/form-data; boundary=edge' },
          payload: Buffer.concat([
            Buffer.from(
              '--edge\r\ncontent-disposition: form-data; name="context"\r\n\r\nx\r\n--edge\r\n' +
                'content-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
            ),
            file,
            Buffer.from('\r\n--edge--\r\n'),
          ]),
        })
        assert.match(body, /Jörg Ünal, jorg@example\.com/)
      }
    }),
  )
})
