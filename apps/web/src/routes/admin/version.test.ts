import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { getEpisodeSheet, saveEpisodeSheet } from '@showrunner/domain/episodes'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { inAdmin } from '../../testing/in-admin.ts'

describe('a form that is open', () => {
  it(
    'is told whose the version is that is stored by now',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { id } = await anEpisode(repo, podcast, { slug: 'tides', title: 'Tides' })
      const ada = await inAdmin(repo, { hostOf: [podcast], name: 'Ada Byron' })
      const edit = `/admin/podcasts/${podcast.id}/episodes/${id}/edit`
      const { html } = await ada.get(edit)
      assert.match(
        html,
        new RegExp(`data-key="${edit}" data-version="1" data-watch="${edit}/version"`),
      )

      await ada.post(edit, { title: 'Tides and time', lockVersion: '1' })

      const { version, by, at } = (await ada.get(`${edit}/version`)).json()
      assert.deepEqual([version, by], [2, 'Ada Byron'])
      assert.ok(Math.abs(new Date(at).getTime() - Date.now()) < 60_000)
    }),
  )

  it(
    'is told of what the program did, without a name',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { id } = await anEpisode(repo, podcast, { slug: 'tides' })
      const sheet = await getEpisodeSheet(repo, podcast.id, id)
      await saveEpisodeSheet(repo, sheet, { subtitle: 'By hand' }, { zone: 'UTC' })
      const ada = await inAdmin(repo, { admin: true })

      const told = await ada.get(`/admin/podcasts/${podcast.id}/episodes/${id}/edit/version`)

      assert.deepEqual(told.json(), { version: 2, by: null, at: null })
    }),
  )

  it(
    'is told so by every resource that several people edit',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const ada = await inAdmin(repo, { admin: true })
      await ada.post('/admin/topics', { name: 'Tides', slug: 'tides' })
      await ada.post('/admin/sponsors', { name: 'Acme', slug: 'acme' })
      const post = await ada.post('/admin/posts', { title: 'News', slug: 'news' })
      const editOf = async (list: string) =>
        new RegExp(`${list}/\\d+/edit`).exec((await ada.get(list)).html)?.[0] ?? ''
      const edits = [
        await editOf('/admin/topics'),
        await editOf('/admin/sponsors'),
        String(post.headers.location),
        `/admin/podcasts/${podcast.id}/edit`,
        `/admin/people/${ada.person.id}/edit`,
        '/admin/settings',
      ]

      for (const edit of edits) {
        const told = await ada.get(`${edit}/version`)
        assert.equal(told.status, 200, edit)
        assert.equal(typeof told.json().version, 'number', edit)
        assert.ok((await ada.get(edit)).html.includes(`data-watch="${edit}/version"`), edit)
      }
    }),
  )

  it(
    'is told nothing of what somebody may not edit, and that the session has ended',
    sandboxed(async (repo) => {
      const [mine, theirs] = [await aPodcast(repo), await aPodcast(repo, { slug: 'theirs' })]
      const { id } = await anEpisode(repo, theirs, { slug: 'secret' })
      const zoe = await inAdmin(repo, { hostOf: [mine] })
      const version = `/admin/podcasts/${theirs.id}/episodes/${id}/edit/version`

      assert.equal((await zoe.get(version)).status, 404)
      assert.equal((await zoe.get('/admin/settings/version')).status, 403)
      const signedOut = await zoe.app.inject({
        url: version,
        headers: { accept: 'application/json' },
      })
      assert.equal(signedOut.statusCode, 401)
    }),
  )
})
