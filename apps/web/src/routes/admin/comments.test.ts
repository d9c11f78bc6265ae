import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { Comment, Commenter, editComment, writeComment } from '@showrunner/domain/comments'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW, page } from '../../testing/test-app.ts'

async function aWaitingComment(repo: Repo, body: string) {
  const podcast = await aPodcast(repo)
  const { id } = await anEpisode(repo, podcast, { slug: 'tides' })
  const bob = await aPerson(repo, 'Bob', { email: 'bob@example.com' })
  const said = { subject: { of: 'episode', id } as const, parentId: null, params: { body } }
  const saved = await writeComment(repo, bob, said, NOW)
  assert.ok(saved.ok)
  return { comment: saved.value, bob }
}

describe('comments in the admin area', () => {
  it(
    'are approved in the words that were read, and in no others',
    sandboxed(async (repo) => {
      const { comment, bob } = await aWaitingComment(repo, 'Harmless.')
      const ada = await inAdmin(repo, { admin: true })
      const address = `/admin/comments/${comment.id}`
      const changed = await editComment(repo, bob, comment, { body: 'Harmful.' }, NOW)
      assert.ok(changed.ok)

      const refused = await ada.post(`${address}/approve`, { editedAt: '' })
      assert.equal(refused.headers.location, address)
      assert.equal((await repo.getOrThrow(Comment, comment.id)).approved, false)
      const again = await ada.get(address)

      const [, editedAt = ''] = /name="editedAt" value="([^"]+)"/.exec(again.html) ?? []
      await ada.post(`${address}/approve`, { editedAt })
      assert.equal((await repo.getOrThrow(Comment, comment.id)).approved, true)
    }),
  )

  it(
    'wait until an administrator approves them, and who wrote one waits no more',
    sandboxed(async (repo) => {
      const { comment, bob } = await aWaitingComment(repo, 'Hello <b>there</b>.')
      const ada = await inAdmin(repo, { admin: true })
      for (const state of ['', '?state=shown', '?state=declined', '?state=deleted&q=x']) {
        await assertValidHtml((await ada.get(`/admin/comments${state}`)).html)
      }
      const today = await ada.get('/admin')
      await assertValidHtml(today.html)
      assert.match(today.html, /A comment waits for you\./)
      assert.match(today.html, /Comments <span class="waits">1</)
      const list = await ada.get('/admin/comments')
      assert.match(list.html, /Hello &lt;b&gt;there/)
      await assertValidHtml((await ada.get(`/admin/comments/${comment.id}`)).html)

      await ada.post(`/admin/comments/${comment.id}/approve`)
      assert.match((await page(ada.app, '/local-time/tides')).html, /Hello &lt;b&gt;there/)
      assert.doesNotMatch((await ada.get('/admin')).html, /waits for you|class="waits"/)
      const { standing } = await repo.getByOrThrow(Commenter, { personId: bob.id })
      assert.equal(standing, 'trusted')

      await ada.post(`/admin/comments/${comment.id}/decline`)
      assert.doesNotMatch((await page(ada.app, '/local-time/tides')).html, /Hello/)
      await ada.post(`/admin/comments/${comment.id}/delete`)
      const gone = await repo.getOrThrow(Comment, comment.id)
      assert.deepEqual([gone.body, gone.decidedById], ['', ada.person.id])
      await assertValidHtml((await ada.get(`/admin/comments/${comment.id}`)).html)
    }),
  )

  it(
    'of whom is banned are declined, until they may write again',
    sandboxed(async (repo) => {
      const { comment, bob } = await aWaitingComment(repo, 'Buy this.')
      const ada = await inAdmin(repo, { admin: true })
      const url = `/admin/comments/${comment.id}/commenter`
      await ada.post(url, { standing: 'banned' })
      assert.ok((await repo.getOrThrow(Comment, comment.id)).declinedAt)
      const standing = async () => (await repo.getBy(Commenter, { personId: bob.id }))?.standing
      assert.equal(await standing(), 'banned')
      await ada.post(url, { standing: 'new' })
      assert.equal(await standing(), undefined)
      assert.equal((await ada.post(url, { standing: 'x' })).status, 400)
    }),
  )

  it(
    'are nobody else’s to look at',
    sandboxed(async (repo) => {
      const { comment } = await aWaitingComment(repo, 'Hello.')
      const editor = await inAdmin(repo, { editor: true, name: 'Edith' })
      assert.equal((await editor.get('/admin/comments')).status, 403)
      assert.equal((await editor.get(`/admin/comments/${comment.id}`)).status, 403)
      assert.equal((await editor.post(`/admin/comments/${comment.id}/approve`)).status, 403)
      assert.equal((await repo.getOrThrow(Comment, comment.id)).approved, false)
    }),
  )
})
