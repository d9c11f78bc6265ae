import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, from, type Repo } from '@showrunner/data'
import { Activity } from '@showrunner/domain/activity'
import { EpisodeGuest } from '@showrunner/domain/episodes'
import { JOBS } from '@showrunner/domain/jobs'
import { findPerson, Person } from '@showrunner/domain/people'
import { anEpisode, aPerson, aPodcast, partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

/** Somebody with an address, the guest of an episode that is out and of one that is not. */
async function aGuest(repo: Repo) {
  const grace = await aPerson(repo, 'Grace Hopper', { email: 'grace@example.com', bio: '**Navy**' })
  const podcast = await aPodcast(repo)
  for (const { id: episodeId, podcastId } of [
    await anEpisode(repo, podcast, { slug: 'out' }),
    await anEpisode(repo, podcast, { slug: 'hidden', published: false }),
  ]) {
    await repo.insertOrThrow(build(EpisodeGuest, { podcastId, episodeId, personId: grace.id }))
  }
  return { grace, podcast }
}

describe('the people of the admin area', () => {
  it(
    'are listed, found, in groups, with how often they are heard',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      await aGuest(repo)

      const all = await admin.get('/admin/people')
      await assertValidHtml(all.html)
      assert.match(all.html, /grace@example\.com/)
      assert.match(all.html, /data-label="As guest" class="figures" dir="auto">2</)
      const guests = await admin.get('/admin/people?group=guests')
      assert.match(guests.html, /Grace Hopper/)
      assert.doesNotMatch(guests.html, /@ada-byron/)
      assert.match((await admin.get('/admin/people?q=grace@ex')).html, /Grace Hopper/)
      const none = await admin.get('/admin/people?group=editors')
      await assertValidHtml(none.html)
      assert.match(none.html, /No editors\./)
      assert.equal((await admin.get('/admin/people?group=nonsense')).status, 200)
    }),
  )

  it(
    'are added with a handle made of their name, and welcomed by the mail that was chosen',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      await assertValidHtml((await admin.get('/admin/people/new')).html)
      const said = { name: 'Grace Hopper', handle: '', welcome: 'guest' }

      const refused = await admin.post('/admin/people', { ...said, email: '' })
      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /href="#f-email">E-mail address /)
      assert.match(refused.html, /<option value="guest" selected>/)
      const added = await admin.post('/admin/people', { ...said, email: 'grace@example.com' })

      const grace = await findPerson(repo, 'grace-hopper')
      assert.equal(added.headers['location'], `/admin/people/${grace?.id}`)
      const sent: Message[] = []
      await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent }))
      assert.deepEqual(
        sent.map(({ to, subject }) => [to, subject]),
        [['grace@example.com', 'Be our guest at Showrunner']],
      )
      assert.match(sent[0]?.text ?? '', /https:\/\/radio\.example\/guest/)
    }),
  )

  it(
    'are shown with all that names them, edited, and found by their old handle',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { grace } = await aGuest(repo)
      const here = `/admin/people/${grace.id}`

      const shown = await admin.get(here)
      await assertValidHtml(shown.html)
      assert.match(shown.html, /<strong>Navy<\/strong>/)
      assert.match(shown.html, />hidden<\/a>/)
      const form = await admin.get(`${here}/edit`)
      await assertValidHtml(form.html)
      assert.match(form.html, /Portrait/)
      const invalid = await admin.post(`${here}/edit`, { name: '', lockVersion: '1' })
      assert.equal(invalid.status, 422)
      await assertValidHtml(invalid.html)
      const saved = await admin.post(`${here}/edit`, { name: 'Grace', handle: 'grace' })

      assert.equal(saved.headers['location'], here)
      const old = await admin.get('/person/grace-hopper')
      assert.deepEqual([old.status, old.headers['location']], [301, '/person/grace'])
      assert.equal(old.headers['cache-control'], 'no-cache')
      assert.equal((await admin.get('/person/grace')).status, 200)
    }),
  )

  it(
    'that somebody else changed meanwhile are not written over',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { grace } = await aGuest(repo)
      const edit = `/admin/people/${grace.id}/edit`
      await admin.post(edit, { location: 'Arlington', lockVersion: String(grace.lockVersion) })

      const late = await admin.post(edit, {
        location: 'New York',
        lockVersion: String(grace.lockVersion),
      })

      assert.equal(late.status, 422)
      await assertValidHtml(late.html)
      assert.equal((await repo.getOrThrow(Person, grace.id)).location, 'Arlington')
    }),
  )

  it(
    'have roles that administrators give, and of which the last administrator keeps theirs',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { grace } = await aGuest(repo)
      const roles = `/admin/people/${grace.id}/roles`
      await assertValidHtml((await admin.get(roles)).html)

      const given = await admin.post(roles, { admin: 'false', editor: 'true', host: 'false' })
      assert.equal(given.status, 303)
      const last = await admin.post(`/admin/people/${admin.person.id}/roles`, {
        admin: 'false',
        editor: 'false',
        host: 'false',
      })

      assert.equal((await repo.getOrThrow(Person, grace.id)).editor, true)
      assert.equal(last.status, 422)
      assert.match(last.html, /is needed: make somebody else an administrator first/)
      assert.equal((await repo.getOrThrow(Person, admin.person.id)).admin, true)
    }),
  )

  it(
    'are shown to hosts and editors without addresses, roles, drafts of others, or what they did',
    sandboxed(async (repo) => {
      const { grace } = await aGuest(repo)
      const other = await aPodcast(repo, { slug: 'other' })
      for (const staff of [
        await inAdmin(repo, { editor: true }),
        await inAdmin(repo, { hostOf: [other] }),
      ]) {
        const pages = [
          await staff.get('/admin/people'),
          await staff.get('/admin/people?q=grace'),
          await staff.get('/admin/people?group=accounts'),
          await staff.get('/admin/people/new'),
          await staff.get(`/admin/people/${grace.id}`),
          await staff.get(`/admin/people/${grace.id}/edit`),
        ]
        for (const { status, html } of pages) {
          assert.equal(status, 200)
          await assertValidHtml(html)
          assert.doesNotMatch(html, /grace@|name="email"|\/roles|\/merge|masquerade|hidden<|bulk/)
        }
        assert.match(pages[4]?.html ?? '', /href="\/local-time\/out"/)
        assert.doesNotMatch((await staff.get('/admin/people?q=grace@')).html, /Grace Hopper/)

        const edit = { name: 'Grace', email: 'mine@example.com', admin: 'true' }
        assert.equal((await staff.post(`/admin/people/${grace.id}/edit`, edit)).status, 303)
        const { email, admin } = await repo.getOrThrow(Person, grace.id)
        assert.deepEqual([email, admin], ['grace@example.com', false])
        for (const [path, form] of [
          ['roles', { admin: 'true' }],
          ['merge', { keptId: String(staff.person.id) }],
          ['masquerade', {}],
          ['delete', {}],
        ] as const) {
          const { status } = await staff.post(`/admin/people/${grace.id}/${path}`, form)
          assert.equal(status, 403, path)
        }
        assert.equal((await staff.post('/admin/people/several', { 'ids[1]': '1' })).status, 403)
        assert.equal(
          (await staff.post('/admin/people/several/delete', { 'ids[1]': '1' })).status,
          403,
        )
      }
    }),
  )

  it(
    'who have a role are edited by administrators and by themselves only',
    sandboxed(async (repo) => {
      const editor = await inAdmin(repo, { editor: true })
      const host = await repo.updateOrThrow(change(await aPerson(repo, 'Ben'), { host: true }))

      assert.equal((await editor.get(`/admin/people/${host.id}/edit`)).status, 403)
      assert.equal((await editor.get(`/admin/people/${editor.person.id}/edit`)).status, 200)
    }),
  )
})

describe('the merging of people', () => {
  it(
    'shows what would move, then makes one of two, whose old address leads on',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { grace } = await aGuest(repo)
      const twice = await aPerson(repo, 'G. Hopper', {
        handle: 'g-hopper',
        email: 'hopper@example.com',
      })
      const here = `/admin/people/${grace.id}/merge`
      await assertValidHtml((await admin.get(here)).html)

      const wrong = await admin.get(`${here}?into=Nobody`)
      assert.equal(wrong.status, 422)
      await assertValidHtml(wrong.html)
      const plan = await admin.get(`${here}?into=${encodeURIComponent('G. Hopper (g-hopper)')}`)
      await assertValidHtml(plan.html)
      assert.match(plan.html, /2 episodes as guest/)
      assert.match(plan.html, /takes over what they do not say yet: bio\./)
      assert.match(plan.html, /Nobody signs in with grace@example\.com any more/)
      assert.equal(await repo.count(Person), 3)
      const merged = await admin.post(here, { keptId: String(twice.id) })

      assert.equal(merged.headers['location'], `/admin/people/${twice.id}`)
      assert.equal(await repo.count(from(EpisodeGuest).where({ personId: twice.id })), 2)
      const old = await admin.get('/person/grace-hopper')
      assert.deepEqual([old.status, old.headers['location']], [301, '/person/g-hopper'])
      const log = await admin.get('/admin/activity')
      await assertValidHtml(log.html)
      assert.match(log.html, /merged somebody into the person/)
    }),
  )

  it(
    'merges nobody into themselves, and no administrator away who does it',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { grace } = await aGuest(repo)
      const own = `/admin/people/${admin.person.id}/merge`

      assert.equal((await admin.get(`${own}?into=grace-hopper`)).status, 422)
      await admin.post(own, { keptId: String(grace.id) })
      await admin.post(own, { keptId: String(admin.person.id) })

      assert.equal(await repo.count(Person), 2)
    }),
  )
})

describe('the deletion of people', () => {
  it(
    'says who names them, and that merging helps',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { grace } = await aGuest(repo)

      const refused = await admin.post(`/admin/people/${grace.id}/delete`)

      assert.equal(refused.headers['location'], `/admin/people/${grace.id}/merge`)
      assert.match(
        decodeURIComponent(String(refused.headers['set-cookie'])),
        /Grace Hopper is named: 2 episodes as guest\. Merge them/,
      )
      const idle = await aPerson(repo, 'Idle')
      await admin.post(`/admin/people/${idle.id}/delete`)
      assert.equal(await findPerson(repo, 'idle'), undefined)
    }),
  )

  it(
    'of several says first who goes and who stays',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { grace } = await aGuest(repo)
      const idle = await aPerson(repo, 'Idle')
      const marked = Object.fromEntries(
        [grace, idle].map(({ id }) => [`ids[${id}]`, String(id)] as const),
      )

      const asked = await admin.post('/admin/people/several', { action: 'remove', ...marked })
      await assertValidHtml(asked.html)
      assert.match(asked.html, /1 person is deleted, for good:/)
      assert.match(asked.html, /1 person stays: /)
      assert.ok(await findPerson(repo, 'idle'))
      await admin.post('/admin/people/several/delete', marked)

      assert.equal(await findPerson(repo, 'idle'), undefined)
      assert.ok(await findPerson(repo, 'grace-hopper'))
      const deleted = await repo.all(from(Activity).where({ action: 'deleted' }))
      assert.deepEqual(
        deleted.map(({ subjectTitle, personId }) => [subjectTitle, personId]),
        [['Idle', admin.person.id]],
      )
      assert.equal((await admin.post('/admin/people/several', {})).status, 303)
    }),
  )
})
