import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { getSettings } from '@showrunner/domain/settings'
import { sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'

describe('the settings of the admin area', () => {
  it(
    'are changed, and what they say is shown',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      await assertValidHtml((await admin.get('/admin/settings')).html)

      const saved = await admin.post('/admin/settings', {
        lockVersion: '1',
        title: 'Longshed',
        replyEmail: 'Hello@Longshed.example',
        blueskyUrl: 'https://bsky.example/longshed',
        terms: 'Be **kind**.',
      })

      assert.equal(saved.headers['location'], '/admin/settings')
      const now = await getSettings(repo)
      assert.deepEqual(
        [now.title, now.blueskyUrl, now.termsHtml],
        ['Longshed', 'https://bsky.example/longshed', '<p>Be <strong>kind</strong>.</p>'],
      )
    }),
  )

  it(
    'come back with what was typed and what is wrong, and nothing is stored',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })

      const refused = await admin.post('/admin/settings', {
        lockVersion: '1',
        title: 'x'.repeat(121),
        replyEmail: 'nobody',
        githubUrl: 'github.com/us',
        imprint: 'Us <b>all</b>',
      })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /href="#f-title">Name /)
      assert.match(refused.html, /Address for replies must be an e-mail address\./)
      assert.match(refused.html, /value="github\.com\/us"/)
      assert.match(refused.html, /Us &lt;b&gt;all/)
      assert.equal((await getSettings(repo)).title, 'Showrunner')
    }),
  )

  it(
    'are not written over what somebody else has changed meanwhile, and say what that is',
    sandboxed(async (repo) => {
      const [ada, grace] = [
        await inAdmin(repo, { admin: true }),
        await inAdmin(repo, { admin: true, name: 'Grace Hopper' }),
      ]
      await grace.post('/admin/settings', { lockVersion: '1', tagline: 'Slow work' })

      const late = await ada.post('/admin/settings', { lockVersion: '1', tagline: 'Fast work' })

      assert.equal(late.status, 422)
      await assertValidHtml(late.html)
      assert.match(late.html, /Grace Hopper[^]*Slow work/)
      assert.match(late.html, /value="Fast work"/)
      assert.equal((await getSettings(repo)).tagline, 'Slow work')
      const version = /name="lockVersion" value="(\d+)"/.exec(late.html)?.[1] ?? ''
      await ada.post('/admin/settings', { lockVersion: version, tagline: 'Fast work' })
      assert.equal((await getSettings(repo)).tagline, 'Fast work')
    }),
  )

  it(
    'are for administrators',
    sandboxed(async (repo) => {
      const editor = await inAdmin(repo, { editor: true })
      assert.equal((await editor.get('/admin/settings')).status, 403)
      assert.equal((await editor.post('/admin/settings', { title: 'Mine' })).status, 403)
      assert.equal((await getSettings(repo)).title, 'Showrunner')
    }),
  )
})
