import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, type Repo } from '@showrunner/data'
import { Episode } from '@showrunner/domain/episodes'
import { type Podcast } from '@showrunner/domain/podcasts'
import { EpisodeRequest, getRequest, RequestMessage } from '@showrunner/domain/requests'
import { aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { listJobs } from '@showrunner/jobs'
import { HOSTILE } from '../../testing/a-full-episode.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'

async function aRequest(repo: Repo, { id }: Podcast, pitch = 'Tides?'): Promise<EpisodeRequest> {
  const name = `Ada ${pitch.replaceAll(/\W/g, '')}`
  const submitter = await aPerson(repo, name, { email: `${Math.random()}@example.com` })
  return repo.insertOrThrow(
    build(EpisodeRequest, { podcastId: id, submitterId: submitter.id, pitch, guests: HOSTILE }),
  )
}

const jobNames = async (repo: Repo) => (await listJobs(repo)).map(({ name }) => name)

describe('the requests of the admin area', () => {
  it(
    'are listed by what became of them, and by podcast',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const none = await admin.get('/admin/requests')
      await assertValidHtml(none.html)
      assert.match(none.html, /Nothing new\./)
      const [show, other] = [await aPodcast(repo), await aPodcast(repo, { slug: 'b', title: 'B' })]
      await aRequest(repo, show, HOSTILE)
      const bells = await aRequest(repo, other, 'Bells?')
      await repo.updateAll(from(EpisodeRequest).where({ id: bells.id }), { status: 'declined' })

      const fresh = await admin.get('/admin/requests')
      const declined = await admin.get('/admin/requests?status=declined')
      const all = await admin.get(`/admin/requests?status=all&podcast=${other.id}`)

      for (const { html } of [fresh, declined, all]) await assertValidHtml(html)
      assert.match(fresh.html, /&lt;script&gt;/)
      assert.doesNotMatch(fresh.html, /Bells|<script>alert/)
      assert.match(fresh.html, /Declined <span class="figures">1<\/span>/)
      for (const { html } of [declined, all]) assert.match(html, /1 request<[^]*Bells\?/)
      assert.equal((await admin.get('/admin/requests?status=gone')).status, 400)
    }),
  )

  it(
    'are accepted by a host, who comes to the draft',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      const host = await inAdmin(repo, { hostOf: [show] })
      const { id } = await aRequest(repo, show, HOSTILE)

      const desk = await host.get(`/admin/requests/${id}`)
      await assertValidHtml(desk.html)
      assert.doesNotMatch(desk.html, /Delete request|<script>alert/)
      const accepted = await host.post(`/admin/requests/${id}/answer`, {
        status: 'accepted',
        lockVersion: '1',
        body: '',
        episodeId: '',
      })

      const { episode, status } = await getRequest(repo, id)
      assert.equal(status, 'accepted')
      const edit = `/admin/podcasts/${show.id}/episodes/${episode?.id}/edit`
      assert.deepEqual([accepted.status, accepted.headers['location']], [303, edit])
      assert.deepEqual(await jobNames(repo), [])
      const after = await host.get(`/admin/requests/${id}`)
      await assertValidHtml(after.html)
      assert.match(after.html, new RegExp(`href="${edit}"`))
      assert.doesNotMatch(after.html, /value="accepted"/)
    }),
  )

  it(
    'are declined with a message, or linked to an episode that is there',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      const host = await inAdmin(repo, { hostOf: [show] })
      const [one, two] = [await aRequest(repo, show), await aRequest(repo, show, 'Bells?')]
      const { id: episodeId } = await repo.insertOrThrow(
        build(Episode, { podcastId: show.id, slug: 'x', guid: 'x', title: 'Bells, again' }),
      )

      const body = 'We had that.'
      await host.post(`/admin/requests/${one.id}/answer`, {
        status: 'declined',
        lockVersion: '1',
        body,
      })
      const desk = await host.get(`/admin/requests/${two.id}`)
      assert.match(desk.html, /Bells, again \(draft\)/)
      await host.post(`/admin/requests/${two.id}/answer`, {
        status: 'accepted',
        lockVersion: '1',
        episodeId: String(episodeId),
      })

      assert.equal((await getRequest(repo, one.id)).status, 'declined')
      assert.deepEqual(await jobNames(repo), ['mail_request_answer'])
      assert.match((await host.get(`/admin/requests/${one.id}`)).html, /We had that\./)
      assert.equal((await getRequest(repo, two.id)).episode?.id, episodeId)
    }),
  )

  it(
    'keep what was typed when somebody else was faster',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      const host = await inAdmin(repo, { hostOf: [show] })
      const { id } = await aRequest(repo, show)
      await host.post(`/admin/requests/${id}/answer`, { status: 'pending', lockVersion: '1' })

      const late = await host.post(`/admin/requests/${id}/answer`, {
        status: 'declined',
        lockVersion: '1',
        body: `No. ${HOSTILE}`,
      })

      assert.equal(late.status, 422)
      await assertValidHtml(late.html)
      assert.match(late.html, /decided by somebody else meanwhile[^]*No\. &lt;script/)
      assert.match(late.html, /name="lockVersion" value="2"/)
      assert.equal((await getRequest(repo, id)).status, 'pending')
      assert.equal(await repo.count(RequestMessage), 0)
      const empty = await host.post(`/admin/requests/${id}/answer`, {
        status: '',
        lockVersion: '2',
      })
      assert.match(empty.html, /The message needs some words\./)
    }),
  )

  it(
    'are not there for hosts of other podcasts, and deleted by administrators',
    sandboxed(async (repo) => {
      const show = await aPodcast(repo)
      const other = await aPodcast(repo, { slug: 'other', title: 'Other' })
      const { id } = await aRequest(repo, show)
      const stranger = await inAdmin(repo, { hostOf: [other] })
      const host = await inAdmin(repo, { hostOf: [show] })
      const admin = await inAdmin(repo, { admin: true })
      const answer = { status: 'accepted', lockVersion: '1' }

      assert.equal((await stranger.get(`/admin/requests/${id}`)).status, 404)
      assert.equal((await stranger.post(`/admin/requests/${id}/answer`, answer)).status, 404)
      assert.doesNotMatch((await stranger.get('/admin/requests')).html, /Tides/)
      const elsewhere = await stranger.get(`/admin/requests?status=all&podcast=${show.id}`)
      assert.doesNotMatch(elsewhere.html, /Tides/)
      assert.equal((await host.post(`/admin/requests/${id}/delete`)).status, 403)
      assert.equal(
        (await inAdmin(repo, { editor: true }).then((e) => e.get('/admin/requests'))).status,
        403,
      )
      assert.equal(await repo.count(Episode), 0)

      assert.match((await admin.get(`/admin/requests/${id}`)).html, /Delete request/)
      assert.equal((await admin.post(`/admin/requests/${id}/delete`)).status, 303)
      assert.equal(await repo.count(EpisodeRequest), 0)
    }),
  )
})
