import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build } from '@showrunner/data'
import { EpisodeSponsor } from '@showrunner/domain/episodes'
import { listSponsors } from '@showrunner/domain/sponsors'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'

describe('the sponsors of the admin area', () => {
  it(
    'are created with a slug of their name, listed with what they paid for, and kept while an episode names them',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      await assertValidHtml((await admin.get('/admin/sponsors/new')).html)
      await admin.post('/admin/sponsors', { name: 'Tide & Line', slug: '' })
      const [sponsor] = await listSponsors(repo)
      assert.ok(sponsor)
      assert.equal(sponsor.slug, 'tide-and-line')
      const podcast = await aPodcast(repo)
      const { id: episodeId } = await anEpisode(repo, podcast, { slug: 'one' })
      await repo.insertOrThrow(
        build(EpisodeSponsor, {
          podcastId: podcast.id,
          episodeId,
          sponsorId: sponsor.id,
          title: 'Ad',
          linkUrl: 'https://a.example',
        }),
      )

      const list = await admin.get('/admin/sponsors')
      await assertValidHtml(list.html)
      assert.match(list.html, /data-label="Episodes" class="figures" dir="auto">1</)
      await admin.post(`/admin/sponsors/${sponsor.id}/delete`)
      assert.equal((await listSponsors(repo)).length, 1)
    }),
  )

  it(
    'are picked by hosts, and not managed by them',
    sandboxed(async (repo) => {
      const host = await inAdmin(repo, { hostOf: [await aPodcast(repo)] })

      assert.equal((await host.get('/admin/sponsors')).status, 403)
      assert.equal((await host.post('/admin/sponsors', { name: 'Mine' })).status, 403)
      assert.deepEqual(await listSponsors(repo), [])
    }),
  )
})
