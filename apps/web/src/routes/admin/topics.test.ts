import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo } from '@showrunner/data'
import { sandboxed } from '@showrunner/domain/testing'
import { listTopics, Topic } from '@showrunner/domain/topics'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { HERE } from '../../testing/signed-in.ts'
import { PUBLIC_URL, testApp } from '../../testing/test-app.ts'

const names = async (repo: Repo) => (await listTopics(repo)).map(({ name }) => name)

describe('the topics of the admin area', () => {
  it(
    'are listed, found and created',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const none = await admin.get('/admin/topics')
      await assertValidHtml(none.html)
      assert.match(none.html, /No topics yet\./)

      const form = await admin.get('/admin/topics/new')
      await assertValidHtml(form.html)
      const created = await admin.post('/admin/topics', { name: 'Open <Source>', slug: 'open' })
      assert.equal(created.headers['location'], '/admin/topics')
      await repo.insertOrThrow(build(Topic, { name: 'Privacy', slug: 'privacy' }))

      const found = await admin.get('/admin/topics?q=SOURCE')
      await assertValidHtml(found.html)
      assert.match(found.html, /Open &lt;Source&gt;/)
      assert.doesNotMatch(found.html, /Privacy/)
      assert.match((await admin.get('/admin/topics?q=xyz')).html, /No topics match this\./)
    }),
  )

  it(
    'are shown again with what was typed and what is wrong, and not stored',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })

      const refused = await admin.post('/admin/topics', { name: 'Rust & co', slug: 'Not A Slug' })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /value="Not A Slug"/)
      assert.match(refused.html, /value="Rust &amp; co"/)
      assert.match(refused.html, /href="#f-slug">Slug /)
      assert.deepEqual(await names(repo), [])
    }),
  )

  it(
    'are changed and deleted',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { id } = await repo.insertOrThrow(build(Topic, { name: 'Privacy', slug: 'privacy' }))

      await assertValidHtml((await admin.get(`/admin/topics/${id}/edit`)).html)
      await admin.post(`/admin/topics/${id}/edit`, { name: 'Private matters' })
      assert.deepEqual(await names(repo), ['Private matters'])

      const after = await admin.post(`/admin/topics/${id}/delete`, {})
      assert.equal(after.headers['location'], '/admin/topics')
      assert.deepEqual(await names(repo), [])
      assert.equal((await admin.get(`/admin/topics/${id}/edit`)).status, 404)
    }),
  )

  it(
    'are for administrators: others are refused, who is signed out signs in first',
    sandboxed(async (repo) => {
      const editor = await inAdmin(repo, { editor: true })
      assert.equal((await editor.get('/admin/topics')).status, 403)
      assert.equal((await editor.post('/admin/topics', { name: 'A', slug: 'a' })).status, 403)

      const app = await testApp(repo)
      const out = await app.inject({ url: '/admin/topics', headers: { accept: 'text/html' } })
      assert.equal(out.headers['location'], '/in?next=%2Fadmin%2Ftopics')
      const sent = await app.inject({
        method: 'POST',
        url: '/admin/topics',
        headers: { ...HERE, referer: `${PUBLIC_URL}/admin/topics/new?a=b` },
      })
      assert.equal(sent.headers['location'], '/in?next=%2Fadmin%2Ftopics%2Fnew%3Fa%3Db')
      const member = await inAdmin(repo, {})
      assert.equal((await member.get('/admin/topics')).status, 403)
      assert.deepEqual(await names(repo), [])
    }),
  )

  it(
    'are not changed from another site',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })

      const crossed = await admin.app.inject({
        method: 'POST',
        url: '/admin/topics',
        headers: { ...admin.headers, 'sec-fetch-site': 'cross-site' },
      })

      assert.equal(crossed.statusCode, 403)
    }),
  )
})
