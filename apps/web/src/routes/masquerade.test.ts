import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { change, from, type Repo } from '@showrunner/data'
import { Activity } from '@showrunner/domain/activity'
import { getPerson, Person } from '@showrunner/domain/people'
import { aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { Topic } from '@showrunner/domain/topics'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { inAdmin } from '../testing/in-admin.ts'
import { NOW } from '../testing/test-app.ts'

async function masquerading(repo: Repo, roles: Partial<Person> = { editor: true }) {
  let now = NOW
  const admin = await inAdmin(repo, { admin: true }, { clock: () => now })
  const ben = await repo.updateOrThrow(
    change(await aPerson(repo, 'Ben', { email: 'ben@example.com' }), roles),
  )
  const begun = await admin.post(`/admin/people/${ben.id}/masquerade`)
  const wait = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000))
  return { admin, ben, begun, wait }
}

const BAR = /<aside class="masquerade"[^>]*>\s*<p>You act as <strong dir="auto">Ben<\/strong>/

describe('a masquerade', () => {
  it(
    'shows the admin area as somebody else sees it, with a bar on every page, and ends with its button',
    sandboxed(async (repo) => {
      const { admin, ben, begun } = await masquerading(repo)
      assert.equal(begun.headers['location'], '/admin')
      assert.match(String(begun.headers['set-cookie']), /showrunner_masquerade=1; (?!.*HttpOnly)/)

      const people = await admin.get('/admin/people')
      await assertValidHtml(people.html)
      assert.match(people.html, BAR)
      assert.doesNotMatch(people.html, /ben@example\.com/)
      assert.equal((await admin.get('/admin/topics')).status, 403)
      assert.equal((await admin.get('/admin/settings')).status, 403)
      const profile = await admin.get('/~')
      await assertValidHtml(profile.html)
      assert.match(profile.html, BAR)
      assert.match((await admin.get('/in')).html, BAR)
      const stopped = await admin.post('/~/masquerade/stop')

      assert.equal(stopped.headers['location'], `/admin/people/${ben.id}`)
      assert.match(String(stopped.headers['set-cookie']), /showrunner_masquerade=;/)
      const after = await admin.get('/admin/topics')
      assert.equal(after.status, 200)
      assert.doesNotMatch(after.html, /class="masquerade"/)
    }),
  )

  it(
    'is told to public pages, which are the same for everybody, by a piece that no cache keeps',
    sandboxed(async (repo) => {
      const { admin, wait } = await masquerading(repo)

      assert.doesNotMatch((await admin.get('/')).html, /class="masquerade"/)
      const bar = await admin.get('/~/masquerade')
      assert.match(bar.html, /^<aside class="masquerade"/)
      assert.equal(bar.headers['cache-control'], 'no-store')
      wait(60)
      const over = await admin.get('/~/masquerade')

      assert.equal(over.status, 204)
      assert.match(String(over.headers['set-cookie']), /showrunner_masquerade=;/)
    }),
  )

  it(
    'ends after an hour, and with the session',
    sandboxed(async (repo) => {
      const { admin, wait } = await masquerading(repo)

      wait(59)
      assert.equal((await admin.get('/admin/topics')).status, 403)
      wait(1)
      assert.equal((await admin.get('/admin/topics')).status, 200)
      await admin.post('/out')
      assert.equal((await admin.get('/admin/topics')).status, 303)
    }),
  )

  it(
    'writes down what is done with both names',
    sandboxed(async (repo) => {
      const { admin, ben } = await masquerading(repo)
      await admin.post('/admin/people', { name: 'Zoe' })
      await admin.post('/~', { name: 'Benjamin', handle: 'ben' })

      const log = await repo.all(from(Activity).orderBy({ id: 'asc' }))
      assert.deepEqual(
        log.map(({ personName, masqueraderName, action }) => [personName, masqueraderName, action]),
        [
          ['Ada Byron', null, 'masquerade began'],
          ['Ben', 'Ada Byron', 'created'],
          ['Ben', 'Ada Byron', 'updated'],
        ],
      )
      assert.equal((await repo.getOrThrow(Person, ben.id)).name, 'Benjamin')
      await admin.post('/~/masquerade/stop')
      const page = await admin.get('/admin/activity')
      await assertValidHtml(page.html)
      assert.match(page.html, /began to act as the person/)
    }),
  )

  it(
    'does not reach where somebody is signed in, nor the address they sign in with',
    sandboxed(async (repo) => {
      const { admin, ben } = await masquerading(repo)

      const answers = [
        await admin.get('/~/sessions'),
        await admin.post('/~/sessions/1/end'),
        await admin.post('/~/sessions/end-others'),
        await admin.post('/~/sessions/end-all'),
        await admin.post('/~/email', { email: 'mine@example.com' }),
        await admin.get('/~/email/a-token'),
        await admin.post('/~/email/a-token'),
      ]

      for (const { status, html } of answers) {
        assert.equal(status, 403)
        await assertValidHtml(html)
        assert.match(html, BAR)
      }
      assert.equal((await getPerson(repo, 'ben')).email, ben.email)
      assert.match((await admin.get('/admin/people')).html, BAR)
    }),
  )

  it(
    'as a member without work here begins on the site',
    sandboxed(async (repo) => {
      const { admin, begun } = await masquerading(repo, {})

      assert.equal(begun.headers['location'], '/')
      assert.equal((await admin.get('/admin')).status, 403)
    }),
  )

  it(
    'is for administrators, and never as another one',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const host = await inAdmin(repo, { hostOf: [await aPodcast(repo)] })
      const other = await repo.updateOrThrow(change(await aPerson(repo, 'Root'), { admin: true }))

      for (const [who, id] of [
        [admin, other.id],
        [admin, admin.person.id],
        [host, other.id],
        [host, admin.person.id],
      ] as const) {
        assert.equal((await who.post(`/admin/people/${id}/masquerade`)).status, 403)
      }
      assert.equal(await repo.count(Activity), 0)
      assert.equal(await repo.count(Topic), 0)
    }),
  )
})
