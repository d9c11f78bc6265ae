import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from } from '@showrunner/data'
import { getPodcastSheet, Podcast } from '@showrunner/domain/podcasts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { page } from '../../testing/test-app.ts'

describe('the podcasts of the admin area', () => {
  it(
    'are created, listed and edited with their people, topics and categories',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      await aPerson(repo, 'Grace Hopper', { handle: 'grace' })
      await assertValidHtml((await admin.get('/admin/podcasts')).html)
      await assertValidHtml((await admin.get('/admin/podcasts/new')).html)

      const created = await admin.post('/admin/podcasts', {
        title: 'Tide & Table',
        'category[0]': 'News: Tech News',
        'category[1]': '',
        fundingLines: 'https://example.com/support Support us',
        'podcastHosts[1000][person]': 'grace',
        'podcastHosts[1000][role]': 'host',
      })

      assert.equal(created.status, 303)
      const { id } = await repo.getByOrThrow(from(Podcast), { slug: 'tide-and-table' })
      const edit = await admin.get(`/admin/podcasts/${id}/edit`)
      await assertValidHtml(edit.html)
      assert.match(edit.html, /value="Grace Hopper \(grace\)"/)
      const sheet = await getPodcastSheet(repo, id)
      assert.deepEqual(sheet.categories, [{ name: 'News', subcategory: 'Tech News' }])
      assert.deepEqual(sheet.funding, [{ url: 'https://example.com/support', text: 'Support us' }])
      await assertValidHtml((await admin.get('/admin/podcasts?status=draft&q=tide')).html)
    }),
  )

  it(
    'move to another address, and the old one leads there',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo, { slug: 'old' })
      const admin = await inAdmin(repo, { admin: true })

      const frozen = await admin.post(`/admin/podcasts/${podcast.id}/edit`, { slug: 'new' })
      assert.equal(frozen.status, 422)
      await admin.post(`/admin/podcasts/${podcast.id}/slug`, { slug: 'new' })

      assert.equal((await page(admin.app, '/new')).status, 200)
      assert.equal((await page(admin.app, '/old')).headers['location'], '/new')
    }),
  )

  it(
    'are deleted before they have episodes, and not after',
    sandboxed(async (repo) => {
      const [empty, full] = [
        await aPodcast(repo, { slug: 'a' }),
        await aPodcast(repo, { slug: 'b' }),
      ]
      await anEpisode(repo, full, { slug: 'one' })
      const admin = await inAdmin(repo, { admin: true })

      await admin.post(`/admin/podcasts/${empty.id}/delete`)
      await admin.post(`/admin/podcasts/${full.id}/delete`)

      const left = await repo.all(from(Podcast))
      assert.deepEqual(
        left.map(({ slug }) => slug),
        ['b'],
      )
    }),
  )

  it(
    'show a host their own and nothing to edit',
    sandboxed(async (repo) => {
      const own = await aPodcast(repo, { title: 'Mine', slug: 'mine' })
      const other = await aPodcast(repo, { title: 'Theirs', slug: 'theirs', status: 'draft' })
      const host = await inAdmin(repo, { hostOf: [own] })

      const { html } = await host.get('/admin/podcasts')
      assert.match(html, /Mine/)
      assert.doesNotMatch(html, /Theirs|New podcast/)
      assert.equal((await host.get(`/admin/podcasts/${own.id}/edit`)).status, 403)
      assert.equal((await host.get(`/admin/podcasts/${other.id}/edit`)).status, 404)
      assert.equal((await host.post('/admin/podcasts', { title: 'New' })).status, 403)
    }),
  )
})
