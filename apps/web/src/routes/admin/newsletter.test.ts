import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { change, from } from '@showrunner/data'
import { NewsIssue } from '@showrunner/domain/issues'
import { JOBS } from '@showrunner/domain/jobs'
import { subscribe, Subscription } from '@showrunner/domain/subscriptions'
import { aPerson, partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { HOSTILE } from '../../testing/a-full-episode.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

const READERS = '/admin/news/subscribers'

describe('the subscribers of the newsletter, in the admin area', () => {
  it(
    'are named to administrators, and taken over from a table after a look',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const empty = await admin.get(READERS)
      await assertValidHtml(empty.html)
      assert.match(empty.html, /Nobody has subscribed yet/)
      await assertValidHtml((await admin.get(`${READERS}/import`)).html)
      const typed = { csv: 'eve@example.com\nada@example.com', context: HOSTILE, consent: 'true' }

      await assertValidHtml((await admin.post(`${READERS}/import`, typed)).html)
      assert.equal(await repo.count(Subscription), 0)
      const done = await admin.post(`${READERS}/import`, { ...typed, step: 'import' })

      assert.deepEqual([done.status, done.headers['location']], [303, READERS])
      const all = await repo.all(Subscription)
      assert.deepEqual(
        all.map(({ podcastId, said }) => [podcastId, said]),
        [
          [null, HOSTILE],
          [null, HOSTILE],
        ],
      )
      const listed = await admin.get(`${READERS}?q=eve`)
      await assertValidHtml(listed.html)
      assert.match(listed.html, /eve@example\.com/)
      assert.doesNotMatch(listed.html, /ada@example\.com/)
    }),
  )

  it(
    'are nobody else’s to see',
    sandboxed(async (repo) => {
      const editor = await inAdmin(repo, { editor: true })

      assert.ok((await editor.get(READERS)).status >= 403)
      assert.ok((await editor.get(`${READERS}/import`)).status >= 403)
      assert.ok((await editor.post(`${READERS}/import`, { csv: 'a@example.com' })).status >= 403)
    }),
  )
})

describe('an issue, before and after it is mailed', () => {
  it(
    'says to how many, and is mailed as a test to who asks',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      await repo.updateOrThrow(change(admin.person, { email: 'root@example.com' }))
      const { id: personId } = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
      const wanted = { podcastId: null, episodeId: null, personId, context: 'newsletter' } as const
      await subscribe(repo, wanted, NOW)
      await admin.post('/admin/news/issues')
      const issue = await repo.oneOrThrow(from(NewsIssue))
      const url = `/admin/news/issues/${issue.id}`
      await admin.post(`${url}/edit`, { number: '1', slug: '1', teaser: HOSTILE })
      const sent: Message[] = []
      const mail = async () => performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent }))

      const before = await admin.get(`${url}/edit`)
      await assertValidHtml(before.html)
      assert.match(before.html, /it is mailed to 1 subscriber, once/)
      assert.equal((await admin.post(`${url}/test`)).status, 303)
      await mail()
      await admin.post(`${url}/publish`)
      await mail()

      assert.deepEqual(
        sent.map(({ to }) => to),
        ['root@example.com', 'ada@example.com'],
      )
      const after = await admin.get(`${url}/edit`)
      await assertValidHtml(after.html)
      assert.match(after.html, /It was mailed to 1 subscriber\./)
    }),
  )
})
