import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, type Repo } from '@showrunner/data'
import { Episode, EpisodeSponsor, EpisodeTopic } from '@showrunner/domain/episodes'
import { Post } from '@showrunner/domain/posts'
import { listSponsors, Sponsor } from '@showrunner/domain/sponsors'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '@showrunner/domain/testing'
import { listTopics, Topic } from '@showrunner/domain/topics'
import { assertValidHtml } from '../../../testing/assert-valid-html.ts'
import { inAdmin } from '../../../testing/in-admin.ts'
import { NOW } from '../../../testing/test-app.ts'

const DRAFT = { published: false, publishedAt: null } as const

const marked = (...rows: readonly { readonly id: number }[]) =>
  Object.fromEntries(rows.map(({ id }) => [`ids[${id}]`, String(id)]))

const slugs = async (repo: Repo) =>
  (await repo.all(from(Episode).orderBy({ id: 'asc' }))).map(({ slug }) => slug)

async function aShow(repo: Repo) {
  const podcast = await aPodcast(repo)
  return {
    podcast,
    at: `/admin/podcasts/${podcast.id}/episodes`,
    draft: await anEpisode(repo, podcast, { slug: 'draft', title: 'A <draft>', ...DRAFT }),
    out: await anEpisode(repo, podcast, { slug: 'out', title: 'Out' }),
    host: await inAdmin(repo, { hostOf: [podcast] }),
  }
}

describe('several episodes', () => {
  it(
    'are marked in their list, shown before anything is done, and deleted where they are drafts',
    sandboxed(async (repo) => {
      const { at, draft, out, host } = await aShow(repo)
      const list = await host.get(`${at}?stage=draft`)
      await assertValidHtml(list.html)
      assert.match(list.html, new RegExp(`name="ids\\[${draft.id}\\]" value="${draft.id}"`))
      assert.match(list.html, new RegExp(`name="back" value="${at}\\?stage=draft"`))

      const sent = { ...marked(draft, out), action: 'delete', back: `${at}?stage=draft` }
      const asked = await host.post(`${at}/several`, sent)

      assert.equal(asked.status, 200)
      await assertValidHtml(asked.html)
      assert.match(asked.html, /1 episode and all that belongs to them will be gone/)
      assert.match(asked.html, /A &lt;draft&gt;/)
      assert.match(asked.html, /Out<\/span> <span class="meta">It is out, or will be/)
      assert.deepEqual(await slugs(repo), ['draft', 'out'])

      const done = await host.post(`${at}/several/change`, sent)
      assert.equal(done.headers['location'], `${at}?stage=draft`)
      assert.deepEqual(await slugs(repo), ['out'])
      const after = await host.app.inject({
        url: at,
        headers: { ...host.headers, cookie: cookies(host.headers.cookie, done.headers) },
      })
      assert.match(after.body, /1 episode is deleted\./)
    }),
  )

  it(
    'get a topic, lose it, and are said to be of a kind',
    sandboxed(async (repo) => {
      const { at, draft, out, host } = await aShow(repo)
      const topic = await repo.insertOrThrow(build(Topic, { name: 'Tides', slug: 'tides' }))
      const both = marked(draft, out)
      const form = await host.post(`${at}/several`, { ...both, action: 'add-topic' })
      await assertValidHtml(form.html)

      const unknown = { ...both, action: 'add-topic', topic: 'Nothing <known>' }
      const refused = await host.post(`${at}/several/change`, unknown)
      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /Topic is not known here/)
      assert.match(refused.html, /value="Nothing &lt;known&gt;"/)

      await host.post(`${at}/several/change`, {
        ...both,
        action: 'add-topic',
        topic: 'Tides (tides)',
      })
      assert.equal(await repo.count(from(EpisodeTopic).where({ topicId: topic.id })), 2)
      const removal = await host.post(`${at}/several`, { ...both, action: 'remove-topic' })
      await assertValidHtml(removal.html)
      assert.match(removal.html, new RegExp(`<option value="${topic.id}">Tides`))
      const gone = { ...both, action: 'remove-topic', topic: String(topic.id) }
      await host.post(`${at}/several/change`, gone)
      assert.equal(await repo.count(EpisodeTopic), 0)

      for (const [action, name, value] of [
        ['type', 'type', 'bonus'],
        ['explicit', 'explicit', 'true'],
      ] as const) {
        await assertValidHtml((await host.post(`${at}/several`, { ...both, action })).html)
        await host.post(`${at}/several/change`, { ...both, action, [name]: value })
      }
      const now = await repo.all(from(Episode))
      assert.ok(now.every(({ type, explicit }) => type === 'bonus' && explicit === true))
    }),
  )

  it(
    'of other podcasts are as if they were not there; nor is nothing marked',
    sandboxed(async (repo) => {
      const { at, host, draft } = await aShow(repo)
      const other = await aPodcast(repo, { slug: 'other' })
      const foreign = await anEpisode(repo, other, { slug: 'foreign', title: 'Foreign', ...DRAFT })
      const theirs = `/admin/podcasts/${other.id}/episodes`
      const sent = { ...marked(foreign), action: 'delete' }

      const asked = await host.post(`${at}/several`, {
        ...marked(foreign, draft),
        action: 'delete',
      })
      assert.doesNotMatch(asked.html, /Foreign/)
      assert.equal((await host.post(`${at}/several`, sent)).status, 303)
      assert.equal((await host.post(`${at}/several/change`, sent)).status, 303)
      assert.equal((await host.post(`${theirs}/several`, sent)).status, 404)
      assert.equal((await host.post(`${theirs}/several/change`, sent)).status, 404)
      assert.equal((await host.post(`${at}/several`, { action: 'delete' })).status, 303)
      assert.equal((await host.get(`${at}/several`)).headers['location'], at)
      assert.equal((await host.post(`${at}/several`, { action: 'nonsense' })).status, 400)
      const elsewhere = { action: 'delete', back: '//evil.example' }
      assert.equal((await host.post(`${at}/several`, elsewhere)).headers['location'], at)
      assert.deepEqual(await slugs(repo), ['draft', 'out', 'foreign'])
    }),
  )
})

describe('several posts', () => {
  it(
    'are deleted where they are somebody’s own drafts',
    sandboxed(async (repo) => {
      const editor = await inAdmin(repo, { editor: true })
      const mine = await aPost(repo, editor.person, { slug: 'mine' })
      const out = await aPost(repo, editor.person, { slug: 'out', publishedAt: NOW })
      const hers = await aPost(repo, await aPerson(repo, 'Zoe'), { slug: 'hers' })
      const sent = marked(mine, out, hers)

      await assertValidHtml((await editor.get('/admin/posts')).html)
      const asked = await editor.post('/admin/posts/several', { ...sent, action: 'delete' })
      await assertValidHtml(asked.html)
      assert.match(asked.html, /Delete 1 draft</)
      assert.doesNotMatch(asked.html, /hers/)

      await editor.post('/admin/posts/several/delete', sent)
      const left = await repo.all(from(Post).orderBy({ id: 'asc' }))
      assert.deepEqual(
        left.map(({ slug }) => slug),
        ['out', 'hers'],
      )
    }),
  )
})

describe('several topics and sponsors', () => {
  it(
    'are merged into one topic, whatever is about them',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const [sea, ocean] = [
        await repo.insertOrThrow(build(Topic, { name: 'Sea', slug: 'sea' })),
        await repo.insertOrThrow(build(Topic, { name: 'Ocean', slug: 'ocean' })),
      ]
      const { draft, podcast } = await aShow(repo)
      const use = { podcastId: podcast.id, episodeId: draft.id, topicId: ocean.id }
      await repo.insertOrThrow(build(EpisodeTopic, use))
      const sent = { ...marked(sea, ocean), action: 'merge' }

      const asked = await admin.post('/admin/topics/several', sent)
      await assertValidHtml(asked.html)
      assert.match(asked.html, /value="Ocean \(ocean\)"/)
      const itself = { ...marked(sea), action: 'merge', topic: 'sea' }
      const refused = await admin.post('/admin/topics/several/change', itself)
      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /must be another topic/)

      await admin.post('/admin/topics/several/change', { ...sent, topic: 'Sea (sea)' })
      assert.deepEqual(
        (await listTopics(repo)).map(({ slug }) => slug),
        ['sea'],
      )
      assert.equal(await repo.count(from(EpisodeTopic).where({ topicId: sea.id })), 1)
    }),
  )

  it(
    'are deleted where nothing names them, by administrators alone',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { draft, podcast, host } = await aShow(repo)
      const [used, unused] = [
        await repo.insertOrThrow(build(Sponsor, { name: 'Used', slug: 'used' })),
        await repo.insertOrThrow(build(Sponsor, { name: 'Unused', slug: 'unused' })),
      ]
      const topic = await repo.insertOrThrow(build(Topic, { name: 'Alone', slug: 'alone' }))
      const paid = { podcastId: podcast.id, episodeId: draft.id, sponsorId: used.id }
      await repo.insertOrThrow(
        build(EpisodeSponsor, { ...paid, title: 'Used', linkUrl: 'https://used.example' }),
      )
      const sent = { ...marked(used, unused), action: 'delete' }

      for (const what of ['sponsors', 'topics']) {
        assert.equal((await host.post(`/admin/${what}/several`, sent)).status, 403)
        await assertValidHtml((await admin.get(`/admin/${what}`)).html)
      }
      assert.equal((await host.post('/admin/sponsors/several/delete', sent)).status, 403)
      assert.equal((await host.post('/admin/topics/several/change', sent)).status, 403)

      const asked = await admin.post('/admin/sponsors/several', sent)
      await assertValidHtml(asked.html)
      assert.match(asked.html, /Paid for 1 episode\./)
      assert.equal((await admin.post('/admin/sponsors/several/delete', sent)).status, 303)
      const alone = { ...marked(topic), action: 'delete' }
      await assertValidHtml((await admin.post('/admin/topics/several', alone)).html)
      await admin.post('/admin/topics/several/change', alone)

      assert.deepEqual(
        (await listSponsors(repo)).map(({ slug }) => slug),
        ['used'],
      )
      assert.deepEqual(await listTopics(repo), [])
    }),
  )
})

function cookies(session: string | undefined, headers: Readonly<Record<string, unknown>>): string {
  return [session, String(headers['set-cookie']).split(';')[0]].join('; ')
}
