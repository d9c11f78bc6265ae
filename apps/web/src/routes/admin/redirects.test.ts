import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { Redirect } from '@showrunner/domain/redirects'
import { sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'

async function kept(repo: Repo) {
  const all = await repo.all(from(Redirect).orderBy({ path: 'asc' }))
  return all.map(({ path, target, status }) => [path, target, status])
}

describe('the redirects of the admin area', () => {
  it(
    'are written down, lead on at once, are changed and deleted',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const none = await admin.get('/admin/redirects')
      await assertValidHtml(none.html)
      assert.match(none.html, /No redirects yet\./)
      await assertValidHtml((await admin.get('/admin/redirects/new')).html)

      const old = { path: 'https://old.example/a/<b>/', target: '/podcasts', status: '301' }
      const created = await admin.post('/admin/redirects', old)
      assert.equal(created.headers['location'], '/admin/redirects')
      assert.deepEqual(await kept(repo), [['/a/%3Cb%3E', '/podcasts', 301]])
      assert.equal((await admin.app.inject('/a/%3Cb%3E')).headers.location, '/podcasts')

      const [{ id } = { id: 0 }] = await repo.all(from(Redirect))
      const list = await admin.get('/admin/redirects?q=podcasts')
      await assertValidHtml(list.html)
      assert.match(list.html, /For good/)
      const form = await admin.get(`/admin/redirects/${id}/edit`)
      await assertValidHtml(form.html)
      await admin.post(`/admin/redirects/${id}/edit`, {
        target: '',
        status: '410',
        lockVersion: '1',
      })
      assert.deepEqual(await kept(repo), [['/a/%3Cb%3E', null, 410]])
      assert.equal((await admin.app.inject('/a/%3Cb%3E')).statusCode, 410)

      assert.match((await admin.get('/admin/activity')).html, /\/a\/%3Cb%3E/)
      await admin.post(`/admin/redirects/${id}/delete`, {})
      assert.deepEqual(await kept(repo), [])
    }),
  )

  it(
    'are shown again with what is wrong',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })

      const refused = await admin.post('/admin/redirects', {
        path: '/round',
        target: '/round/',
        status: '301',
      })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /leads round and round/)
      assert.deepEqual(await kept(repo), [])
    }),
  )

  it(
    'are an administrator’s alone',
    sandboxed(async (repo) => {
      const host = await inAdmin(repo, { editor: true })

      for (const url of ['/admin/redirects', '/admin/redirects/new']) {
        assert.equal((await host.get(url)).status, 403)
      }
      const sent = await host.post('/admin/redirects', { path: '/a', target: '/b', status: '301' })
      assert.equal(sent.status, 403)
      assert.deepEqual(await kept(repo), [])
    }),
  )
})
