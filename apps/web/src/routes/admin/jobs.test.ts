import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo, sql } from '@showrunner/data'
import { mailSignInLink } from '@showrunner/domain/accounts'
import { sandboxed } from '@showrunner/domain/testing'
import { enqueue, listJobs } from '@showrunner/jobs'
import { HOSTILE } from '../../testing/a-full-episode.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { keptSite } from '../../testing/kept-site.ts'

const aJob = (repo: Repo, email = 'ada@example.com') =>
  enqueue(repo, mailSignInLink, { email, nextPath: null })

const fail = (repo: Repo, id: string, attempts = 4) =>
  repo.run(sql`update graphile_worker._private_jobs
    set attempts = ${attempts}, last_error = ${`The mail server said no. ${HOSTILE}`} where id = ${id}`)

describe('the jobs of the admin area', () => {
  it(
    'are shown by what became of them, with what went wrong',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const none = await admin.get('/admin/jobs')
      await assertValidHtml(none.html)
      assert.match(none.html, /Nothing waits, and nothing went wrong\./)
      assert.match(none.html, /remove_expired_sign_ins[^]*17 \* \* \* \*[^]*12:17 UTC/)
      await aJob(repo, `${'x'.repeat(300)}@example.com`)
      await fail(repo, await aJob(repo))

      const all = await admin.get('/admin/jobs')
      const failed = await admin.get('/admin/jobs?state=failed')

      for (const { html } of [all, failed]) await assertValidHtml(html)
      assert.match(all.html, /x{100}[^@]*…/)
      assert.match(failed.html, /The mail server said no\. &lt;script&gt;/)
      assert.doesNotMatch(failed.html, /xxxx/)
      assert.match(failed.html, /Failed <span class="figures">1<\/span>/)
      assert.match((await admin.get('/admin/jobs?state=running')).html, /There are none of these\./)
      assert.equal((await admin.get('/admin/jobs?state=odd')).status, 400)
    }),
  )

  it(
    'are tried again, and removed',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const [again, gone] = [await aJob(repo), await aJob(repo)]
      await fail(repo, again)
      await fail(repo, gone)

      assert.equal((await admin.post(`/admin/jobs/${again}/retry`)).status, 303)
      assert.equal((await admin.post(`/admin/jobs/${gone}/delete`)).status, 303)

      assert.deepEqual(
        (await listJobs(repo)).map(({ id, state, attempts }) => [id, state, attempts]),
        [[again, 'waiting', 0]],
      )
      const late = await admin.post(`/admin/jobs/${gone}/retry`)
      assert.match(String(late.headers['set-cookie']), /failed/)
    }),
  )

  it(
    'are for administrators',
    sandboxed(async (repo) => {
      const editor = await inAdmin(repo, { editor: true })
      const id = await aJob(repo)
      const answers = [
        await editor.get('/admin/jobs'),
        await editor.post(`/admin/jobs/${id}/retry`),
        await editor.post(`/admin/jobs/${id}/delete`),
      ]
      assert.deepEqual(
        answers.map(({ status }) => status),
        [403, 403, 403],
      )
      assert.equal((await listJobs(repo)).length, 1)
    }),
  )

  it('stand beside what became of the pages that are kept', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const admin = await inAdmin(site.repo, { admin: true }, {}, site.app)
    for (let asked = 0; asked < 4; asked += 1) await site.app.inject('/about')
    await site.psql(`update settings set tagline = 'Heard before'`)

    const { html } = await admin.get('/admin/jobs')

    await assertValidHtml(html)
    assert.match(html, /75 in 100 answers were ready/)
    const counts = Object.entries(site.live.pages.counters)
    for (const [name, count] of counts.filter(([one]) => !['pages', 'bytes'].includes(one))) {
      assert.match(html, new RegExp(`<strong>${name}</strong>[^0-9]*>${count}<`, 'i'))
    }
  })
})
