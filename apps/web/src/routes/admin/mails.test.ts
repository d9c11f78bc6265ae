import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { change } from '@showrunner/data'
import { JOBS } from '@showrunner/domain/jobs'
import { MAILS } from '@showrunner/domain/mails'
import { partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

describe('the mails of the admin area', () => {
  it(
    'are listed, each with when it is sent, and shown as HTML and text',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })

      const list = await admin.get('/admin/mails')
      await assertValidHtml(list.html)
      for (const { name, trigger } of MAILS) {
        assert.match(list.html, new RegExp(`href="/admin/mails/${name}"`))
        assert.ok(list.html.includes(trigger), trigger)
        const shown = await admin.get(`/admin/mails/${name}`)
        await assertValidHtml(shown.html)
        assert.match(shown.html, /<iframe[^>]+sandbox="allow-top-navigation-by-user-activation"/)
        const html = await admin.get(`/admin/mails/${name}/html`)
        assert.match(String(html.headers['content-security-policy']), /default-src 'none'/)
        assert.doesNotMatch(html.html, /undefined|null/)
      }
      assert.equal(new Set(MAILS.map(({ name }) => name)).size, MAILS.length)
      assert.equal((await admin.get('/admin/mails/nothing')).status, 404)
      assert.equal((await admin.get('/admin/mails/nothing/html')).status, 404)
    }),
  )

  it(
    'are sent to whoever wants to see them, at their own address',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      await admin.post('/admin/mails/sign_in/send')
      assert.match((await admin.get('/admin/mails')).html, /Sign in to Showrunner/)
      await repo.updateOrThrow(change(admin.person, { email: 'ada@example.com' }))
      await admin.post('/admin/mails/sign_in/send')

      const sent: Message[] = []
      await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent }))

      assert.deepEqual(
        sent.map(({ to, subject }) => [to, subject]),
        [['ada@example.com', 'Example: Sign in to Showrunner']],
      )
    }),
  )

  it(
    'are for administrators',
    sandboxed(async (repo) => {
      const editor = await inAdmin(repo, { editor: true })
      const answers = [
        await editor.get('/admin/mails'),
        await editor.get('/admin/mails/sign_in'),
        await editor.get('/admin/mails/sign_in/html'),
        await editor.post('/admin/mails/sign_in/send'),
      ]
      assert.deepEqual(
        answers.map(({ status }) => status),
        [403, 403, 403, 403],
      )
    }),
  )
})
