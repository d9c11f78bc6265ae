import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { record } from '@showrunner/domain/activity'
import { updateEpisode } from '@showrunner/domain/episodes'
import { repoFor, VISITOR } from '@showrunner/domain/policies'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { createTopic } from '@showrunner/domain/topics'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'

/** Two podcasts in which somebody changed an episode each, and a topic of the network. */
async function whatWasDone(repo: Repo) {
  const [mine, theirs] = [
    await aPodcast(repo, { title: 'Mine' }),
    await aPodcast(repo, { title: 'Theirs', slug: 'theirs' }),
  ]
  const [ben, cleo] = [await aPerson(repo, 'Ben'), await aPerson(repo, 'Cleo')]
  const asBen = repoFor({ ...VISITOR, person: ben, hostOf: [mine.id] }, repo)
  const asCleo = repoFor({ ...VISITOR, person: cleo, isAdmin: true }, repo)
  const episode = await anEpisode(repo, mine, { slug: 'a' })
  const another = await anEpisode(repo, theirs, { slug: 'b' })
  await updateEpisode(asBen, episode, { title: '<Tides>', explicit: true })
  await updateEpisode(asCleo, another, { title: 'Secret draft' })
  await createTopic(asCleo, { name: 'Harbours', slug: 'harbours' })
  return { mine, theirs, ben, cleo, episode, another }
}

describe('the activity of the admin area', () => {
  it(
    'shows an administrator who changed what, field by field, and narrows it by person and kind',
    sandboxed(async (repo) => {
      const { ben, episode } = await whatWasDone(repo)
      const admin = await inAdmin(repo, { admin: true })
      const all = await admin.get('/admin/activity')

      assert.equal(all.status, 200)
      await assertValidHtml(all.html)
      assert.match(all.html, /Ben<\/strong> changed the episode <a [^>]*>&lt;Tides&gt;/)
      assert.match(all.html, /Cleo<\/strong> created the topic <a [^>]*>Harbours/)
      assert.match(all.html, new RegExp(`href="/admin/podcasts/\\d+/episodes/${episode.id}/edit"`))
      assert.match(all.html, /<summary>Title, Explicit<\/summary>/)
      assert.match(all.html, /before: <\/span>a<\/del>/)
      assert.match(all.html, /now: <\/span>yes<\/ins>/)

      const byBen = await admin.get(`/admin/activity?person=${ben.id}&kind=`)
      assert.match(byBen.html, /&lt;Tides&gt;/)
      assert.doesNotMatch(byBen.html, /<a [^>]*>Harbours/)
      const topics = await admin.get('/admin/activity?kind=topic')
      assert.match(topics.html, /<a [^>]*>Harbours/)
      assert.doesNotMatch(topics.html, /<a [^>]*>&lt;Tides&gt;/)
      const none = await admin.get('/admin/activity?kind=sponsor')
      await assertValidHtml(none.html)
      assert.match(none.html, /Nothing like this was done\./)
      assert.equal((await admin.get('/admin/activity?person=x')).status, 400)
    }),
  )

  it(
    'shows hosts that of their podcasts, and of no other, whatever they ask for',
    sandboxed(async (repo) => {
      const { mine, theirs, cleo, episode, another } = await whatWasDone(repo)
      const host = await inAdmin(repo, { hostOf: [mine] })
      const addresses = [
        '/admin/activity',
        `/admin/podcasts/${mine.id}/activity`,
        `/admin/podcasts/${mine.id}/episodes/${episode.id}/activity`,
      ]
      for (const address of addresses) {
        const { status, html } = await host.get(address)
        assert.equal(status, 200, address)
        await assertValidHtml(html)
        assert.match(html, /&lt;Tides&gt;/)
        assert.doesNotMatch(html, /Secret draft|Harbours/)
      }

      assert.doesNotMatch(
        (await host.get(`/admin/activity?person=${cleo.id}`)).html,
        /Secret|Harbours/,
      )
      assert.equal((await host.get(`/admin/podcasts/${theirs.id}/activity`)).status, 404)
      const theirEpisode = `/admin/podcasts/${theirs.id}/episodes/${another.id}/activity`
      assert.equal((await host.get(theirEpisode)).status, 404)
      assert.equal(
        (await (await inAdmin(repo, { editor: true })).get('/admin/activity')).status,
        403,
      )
    }),
  )

  it(
    'has nothing of a form that was sent as it was, with the line ends of a browser',
    sandboxed(async (repo) => {
      const description = 'One.\nTwo.'
      const made = await createTopic(repo, { name: 'Tides', slug: 'tides', description })
      assert.ok(made.ok)
      const admin = await inAdmin(repo, { admin: true })
      const form = { name: 'Tides', slug: 'tides', description: 'One.\r\nTwo.', websiteUrl: '' }
      const saved = await admin.post(`/admin/topics/${made.value.id}/edit`, form)

      assert.equal(saved.status, 303)
      assert.equal((await repo.reloadOrThrow(made.value)).description, description)
      assert.match((await admin.get('/admin/activity')).html, /Nothing was done yet\./)
    }),
  )

  it(
    'goes on to what is older, and says where nothing was done yet',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const empty = await admin.get('/admin/activity')
      await assertValidHtml(empty.html)
      assert.match(empty.html, /Nothing was done yet\./)

      for (let number = 1; number <= 51; number += 1) {
        const subject = { type: 'topic', id: null, title: `Number ${number}.` }
        const at = new Date(Date.UTC(2026, 0, number))
        await record(repo, {}, { action: 'imported', subject, at })
      }
      const first = await admin.get('/admin/activity')
      assert.match(first.html, /The program<\/strong> imported the topic/)
      assert.match(first.html, /Number 2\./)
      assert.doesNotMatch(first.html, /Number 1\./)
      const [, older = ''] = /rel="next" href="([^"]+)"/.exec(first.html) ?? []
      const second = await admin.get(older.replaceAll('&amp;', '&'))
      await assertValidHtml(second.html)
      assert.match(second.html, /Thursday 1 January 2026[^]*Number 1\./)
      assert.doesNotMatch(second.html, /Number 2\.|rel="next"/)
    }),
  )
})
