import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from } from '@showrunner/data'
import { Sponsor } from '@showrunner/domain/sponsors'
import { sandboxed } from '@showrunner/domain/testing'
import { Topic } from '@showrunner/domain/topics'
import { aFullEpisode } from '../../testing/a-full-episode.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'

describe('the page of a sponsor', () => {
  it(
    'shows its episodes with what was said of it, safe whatever that is',
    sandboxed(async (repo) => {
      const { podcast, episode } = await aFullEpisode(repo)
      const sponsor = await repo.one(from(Sponsor))
      const admin = await inAdmin(repo, { admin: true })

      const { status, html } = await admin.get(`/admin/sponsors/${sponsor?.id}`)

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.doesNotMatch(html, /<script>alert/)
      assert.match(
        html,
        new RegExp(`href="/admin/podcasts/${podcast.id}/episodes/${episode.id}/edit"`),
      )
      assert.match(html, new RegExp(`href="/${podcast.slug}/${episode.slug}">Its page`))
      const form = await admin.get(`/admin/sponsors/${sponsor?.id}/edit`)
      assert.match(form.html, new RegExp(`href="/admin/sponsors/${sponsor?.id}">View`))
    }),
  )

  it(
    'says that there is none yet, and is for administrators',
    sandboxed(async (repo) => {
      const { podcast } = await aFullEpisode(repo)
      const admin = await inAdmin(repo, { admin: true })
      const host = await inAdmin(repo, { hostOf: [podcast] })
      await admin.post('/admin/sponsors', { name: 'Fresh' })
      const fresh = await repo.getBy(Sponsor, { name: 'Fresh' })
      const at = `/admin/sponsors/${fresh?.id}`

      const { html } = await admin.get(at)

      await assertValidHtml(html)
      assert.match(html, /No episode names it yet/)
      assert.equal((await host.get(at)).status, 404)
      assert.equal((await admin.get('/admin/sponsors/999999')).status, 404)
    }),
  )
})

describe('the page of a topic', () => {
  it(
    'shows the episodes that are about it',
    sandboxed(async (repo) => {
      const { episode } = await aFullEpisode(repo)
      const topic = await repo.one(from(Topic).limit(1))
      const admin = await inAdmin(repo, { admin: true })

      const { status, html } = await admin.get(`/admin/topics/${topic?.id}`)

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, new RegExp(`/episodes/${episode.id}/edit`))
    }),
  )
})
