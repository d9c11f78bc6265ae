import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { getPost } from '@showrunner/domain/posts'
import { aPerson, aPodcast, aPost, sandboxed } from '@showrunner/domain/testing'
import { inAdmin } from '../../testing/in-admin.ts'
import { signedIn } from '../../testing/signed-in.ts'

const HOSTILE =
  'A *word*.\n\n<script>alert(1)</script><img src=x onerror=alert(1)>\n\n[x](javascript:1)'

describe('POST /admin/preview-markdown', () => {
  it(
    'shows a text as it is once it is saved, and trusts none of it',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const { id } = await aPost(repo, ada.person, { body: HOSTILE })

      const { status, html, headers } = await ada.post('/admin/preview-markdown', { text: HOSTILE })

      assert.equal(status, 200)
      assert.equal(html, (await getPost(repo, id)).bodyHtml)
      assert.match(html, /<p>A <em>word<\/em>\.<\/p>/)
      assert.doesNotMatch(html, /script>|onerror|href="javascript/)
      assert.match(String(headers['content-security-policy']), /sandbox/)
      assert.equal((await ada.post('/admin/preview-markdown', { text: ' ' })).html, '')
    }),
  )

  it(
    'keeps moments of a sound in notes alone',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const preview = async (of: string) =>
        (await ada.post('/admin/preview-markdown', { text: '[then](#t=5)', of })).html

      assert.equal(await preview('notes'), '<p><a href="#t=5">then</a></p>')
      assert.equal(await preview('body'), '<p><a>then</a></p>')
    }),
  )

  it(
    'is for whoever has work here, a host as well, and for nobody else',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const host = await inAdmin(repo, { hostOf: [podcast] })
      const member = await signedIn(repo, await aPerson(repo, 'Member'))
      const send = (headers: object) =>
        host.app.inject({
          method: 'POST',
          url: '/admin/preview-markdown',
          headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
          payload: 'text=x',
        })

      assert.equal((await host.post('/admin/preview-markdown', { text: 'x' })).status, 200)
      assert.equal((await send(member)).statusCode, 403)
      assert.equal((await send({})).statusCode, 303)
    }),
  )

  it(
    'is bounded in length and number, and asks for a text',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const preview = (text: string) => ada.post('/admin/preview-markdown', { text })

      assert.equal((await preview('x'.repeat(500_001))).status, 400)
      assert.equal((await ada.post('/admin/preview-markdown')).status, 400)
      assert.equal((await preview('<b>'.repeat(160_000))).status, 200)
      for (let count = 3; count < 120; count += 1) await preview('x')
      assert.equal((await preview('x')).status, 429)
    }),
  )
})
