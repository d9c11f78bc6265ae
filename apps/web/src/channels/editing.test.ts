import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { connect } from '@showrunner/channels/testing'
import { build, type Repo } from '@showrunner/data'
import { sandboxes } from '@showrunner/data/sandbox'
import { userAgentWith } from '@showrunner/data/sandboxes'
import { Sponsor } from '@showrunner/domain/sponsors'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '@showrunner/domain/testing'
import { Topic } from '@showrunner/domain/topics'
import { testApp } from '../testing/test-app.ts'
import { inAdmin } from '../testing/in-admin.ts'
import { editing, EditingChannel, editingEpisode } from './editing-channel.ts'

async function atWork(repo: Repo) {
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { slug: 'noon' })
  const ada = await inAdmin(repo, { hostOf: [podcast] })
  const topic = editingEpisode(episode)
  const come = (cookie?: string) => connect(ada.app.sockets, cookie === undefined ? {} : { cookie })
  return { podcast, episode, ada, topic, come }
}

describe('the page of an episode', () => {
  it(
    'shows those who edit it to each other, somebody with two tabs as one',
    sandboxed(async (repo) => {
      const { podcast, ada, topic, come } = await atWork(repo)
      const bob = await inAdmin(repo, { hostOf: [podcast], name: 'Bob' })
      for (let tab = 0; tab < 2; tab += 1) {
        await (await come(ada.headers.cookie)).subscribeAndJoin(EditingChannel, topic)
      }

      const own = await (await come(bob.headers.cookie)).subscribeAndJoin(EditingChannel, topic)

      const present = await own.assertPush('presence_state')
      assert.deepEqual(
        Object.entries(present).map(([key, there]) => [
          key,
          (there as { metas: { name: string }[] }).metas.map(({ name }) => name),
        ]),
        [
          [String(ada.person.id), ['Ada Byron', 'Ada Byron']],
          [String(bob.person.id), ['Bob']],
        ],
      )
    }),
  )

  it(
    'tells nobody who may not edit it',
    sandboxed(async (repo) => {
      const { topic, episode, come } = await atWork(repo)
      const stranger = await inAdmin(repo, { hostOf: [await aPodcast(repo, { slug: 'other' })] })
      const admin = await inAdmin(repo, { admin: true })
      const refused = { reason: 'You do not edit this.' }

      await (await come()).assertRefused(EditingChannel, topic, {}, refused)
      const outside = await come(stranger.headers.cookie)
      await outside.assertRefused(EditingChannel, topic, {}, refused)
      const inside = await come(admin.headers.cookie)
      const nowhere = editingEpisode({ podcastId: episode.podcastId, id: episode.id + 1 })
      for (const wrong of [nowhere, 'editing:episode:1', 'editing:person:1:1']) {
        await inside.assertRefused(EditingChannel, wrong, {}, refused)
      }
      await inside.subscribeAndJoin(EditingChannel, topic)
    }),
  )

  it(
    'is not the only one: podcasts, people, posts, topics and sponsors, for those who may save them',
    sandboxed(async (repo) => {
      const { podcast, ada, come } = await atWork(repo)
      const admin = await inAdmin(repo, { admin: true, name: 'Zoe' })
      const guest = await aPerson(repo, 'Guest')
      const topic = await repo.insertOrThrow(build(Topic, { name: 'Tides', slug: 'tides' }))
      const sponsor = await repo.insertOrThrow(build(Sponsor, { name: 'Ropes', slug: 'ropes' }))
      const post = await aPost(repo, ada.person, { slug: 'mine' })
      const [host, editor] = [await come(ada.headers.cookie), await come(admin.headers.cookie)]
      const refused = { reason: 'You do not edit this.' }
      const topics = {
        [editing('podcast', podcast.id)]: { page: `podcasts/${podcast.id}`, isHosts: false },
        [editing('person', guest.id)]: { page: `people/${guest.id}`, isHosts: true },
        [editing('person', admin.person.id)]: { page: `people/${admin.person.id}`, isHosts: false },
        [editing('post', post.id)]: { page: `posts/${post.id}`, isHosts: true },
        [editing('topic', topic.id)]: { page: `topics/${topic.id}`, isHosts: false },
        [editing('sponsor', sponsor.id)]: { page: `sponsors/${sponsor.id}`, isHosts: false },
      }

      for (const [name, { page, isHosts }] of Object.entries(topics)) {
        await editor.subscribeAndJoin(EditingChannel, name)
        if (isHosts) await host.subscribeAndJoin(EditingChannel, name)
        else await host.assertRefused(EditingChannel, name, {}, refused)
        await (await come()).assertRefused(EditingChannel, name, {}, refused)
        const { html } = await admin.get(`/admin/${page}/edit`)
        assert.match(html, new RegExp(`data-topic="${name}" data-own="${admin.person.id}">`))
      }
      await editor.assertRefused(EditingChannel, editing('topic', topic.id + 1), {}, refused)
      assert.doesNotMatch((await admin.get('/admin/topics/new')).html, /<also-here/)
    }),
  )

  it(
    'says where its own script asks, and who this is',
    sandboxed(async (repo) => {
      const { podcast, episode, ada, topic } = await atWork(repo)

      const { html, headers } = await ada.get(
        `/admin/podcasts/${podcast.id}/episodes/${episode.id}/edit`,
      )

      assert.match(
        html,
        new RegExp(`<also-here [^>]*data-topic="${topic}" data-own="${ada.person.id}">`),
      )
      assert.match(
        String(headers['content-security-policy']),
        /connect-src 'self' wss:\/\/radio\.example;/,
      )
    }),
  )

  it(
    'lets go of who signs out, in every browser, until they come back as who they are',
    sandboxed(async (repo) => {
      const { ada, topic, come } = await atWork(repo)
      const [one, other] = [await come(ada.headers.cookie), await come(ada.headers.cookie)]
      await one.subscribeAndJoin(EditingChannel, topic)

      await ada.post('/out')

      assert.deepEqual(
        [(await one.assertClosed()).code, (await other.assertClosed()).code],
        [1001, 1001],
      )
      const back = await come(ada.headers.cookie)
      await back.assertRefused(EditingChannel, topic, {}, { reason: 'You do not edit this.' })
    }),
  )

  it(
    'is found by each test in its own sandbox, where the site is shared by all',
    sandboxed(async (repo, t, mine) => {
      const { ada, topic } = await atWork(repo)
      const shared = await testApp(sandboxes.repo.unscoped(), { sandboxes })
      t.after(() => shared.close())
      const from = (token: string) =>
        connect(shared.sockets, {
          cookie: ada.headers.cookie,
          userAgent: userAgentWith('Mozilla/5.0', token),
        })
      const theirs = await sandboxes.open()

      await (await from(mine.token)).subscribeAndJoin(EditingChannel, topic)

      const stranger = await from(theirs.token)
      await stranger.assertRefused(EditingChannel, topic, {}, { reason: 'You do not edit this.' })
      await theirs.close()
      await assert.rejects(from(theirs.token), /410 the sandbox of this request is gone/)
    }),
  )
})
