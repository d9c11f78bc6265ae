import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { connect } from '@showrunner/channels/testing'
import { build, from, type Repo } from '@showrunner/data'
import { Episode } from '@showrunner/domain/episodes'
import * as live from '@showrunner/domain/live'
import { Person, type Person as OnePerson } from '@showrunner/domain/people'
import { Podcast, PodcastHost } from '@showrunner/domain/podcasts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { localNetwork, localPubSub } from '@showrunner/pubsub'
import { type FastifyInstance } from 'fastify'
import { signedIn } from '../testing/signed-in.ts'
import { NOW, testApp } from '../testing/test-app.ts'
import { ShowChannel, showTopic } from './show-channel.ts'

async function aShow(repo: Repo, params: object = {}) {
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { slug: 'noon', published: false })
  const plan = { startsAt: NOW.toISOString(), ...params }
  const planned = await live.planLiveShow(repo, episode, plan, { asOf: NOW })
  assert.ok(planned.ok)
  const app = await testApp(repo)
  const topic = showTopic(episode.id)
  const enter = async (person?: OnePerson, browser?: string) => {
    const client = await connect(app.sockets, await cookieOf(repo, person))
    return client.subscribeAndJoin(ShowChannel, topic, browser === undefined ? {} : { browser })
  }
  return { app, podcast, episode, topic, enter }
}

async function cookieOf(repo: Repo, person: OnePerson | undefined) {
  return person ? { cookie: (await signedIn(repo, person)).cookie } : {}
}

async function aHost(repo: Repo, podcastId: number) {
  const person = await aPerson(repo, 'Grace Hopper')
  await repo.updateAll(from(Person).where({ id: person.id }), { host: true })
  await repo.insertOrThrow(build(PodcastHost, { podcastId, personId: person.id }))
  return person
}

const refusal = async (app: FastifyInstance, topic: string) =>
  (await connect(app.sockets)).assertRefused(ShowChannel, topic, {})

describe('beside a live show', () => {
  it(
    'people talk, and everybody reads',
    sandboxed(async (repo) => {
      const { enter } = await aShow(repo)
      const ada = await enter(await aPerson(repo, 'Ada'))
      const visitor = await enter()

      await ada.push('say', { text: 'Hello' }).assertReply('ok')

      await visitor.assertPush('said', { name: 'Ada', href: '/person/ada', text: 'Hello' })
      assert.deepEqual(
        (await enter()).joined.messages.map(({ text }) => text),
        ['Hello'],
      )
      const refused = await visitor.push('say', { text: 'me too' }).assertReply('error')
      assert.deepEqual(refused, { reason: 'Sign in to write here.' })
    }),
  )

  it(
    'who is here is known by name, and the others by their number',
    sandboxed(async (repo) => {
      const { enter } = await aShow(repo)
      const person = await aPerson(repo, 'Ada')
      const phone = await enter(person)
      const state = await phone.assertPush('presence_state')
      assert.deepEqual(Object.keys(state), [String(person.id)])

      await enter(undefined, 'a browser')
      await enter(undefined, 'a browser')
      await phone.assertPush('others', { count: 1 })
      const other = await enter(undefined, 'another')
      await phone.assertPush('others', { count: 2 })
      await other.leave()
      await phone.assertPush('others', { count: 1 })
    }),
  )

  it(
    'whoever works on the podcast deletes what was said and mutes who said it',
    sandboxed(async (repo) => {
      const { enter, podcast } = await aShow(repo)
      const rude = await aPerson(repo, 'Rude')
      const [ada, host, visitor] = [
        await enter(rude),
        await enter(await aHost(repo, podcast.id)),
        await enter(),
      ]
      assert.equal(host.joined.me?.moderates, true)
      assert.equal(ada.joined.me?.moderates, false)
      const { id } = await ada.push('say', { text: 'rude' }).assertReply('ok')

      await ada.push('delete', { id }).assertReply('error')
      await visitor.push('mute', { personId: rude.id }).assertReply('error')
      await host.push('delete', { id }).assertReply('ok')
      await visitor.assertPush('deleted', { id })
      await host.push('mute', { personId: rude.id, minutes: 10 }).assertReply('ok')
      await ada.assertPush('muted', { personId: rude.id, isMuted: true })
      await ada.push('say', { text: 'again' }).assertReply('error')
      await host.push('unmute', { personId: rude.id }).assertReply('ok')
      await ada.push('say', { text: 'sorry' }).assertReply('ok')
    }),
  )

  it(
    'is slowed down by whoever works on the podcast, for everybody',
    sandboxed(async (repo) => {
      const { enter, podcast } = await aShow(repo)
      const [ada, host] = [
        await enter(await aPerson(repo, 'Ada')),
        await enter(await aHost(repo, podcast.id)),
      ]

      await ada.push('slow', { seconds: 30 }).assertReply('error')
      await host.push('slow', { seconds: 30 }).assertReply('ok')

      await ada.assertPush('settings', {
        chatEnabled: true,
        slowModeSeconds: 30,
        isOver: false,
      })
      await ada.push('say', { text: 'one' }).assertReply('ok')
      const refused = await ada.push('say', { text: 'two' }).assertReply('error')
      assert.deepEqual(refused, {
        reason: 'Wait 30 s before you write again.',
        retryAfterMs: 30_000,
      })
    }),
  )

  it(
    'reactions are gathered and counted, a few of each at a time',
    sandboxed(async (repo) => {
      const { enter, episode } = await aShow(repo)
      const [one, other] = [await enter(), await enter()]

      for (let count = 0; count < 20; count += 1) one.push('react', { kind: 'clap' })
      other.push('react', { kind: 'clap' })
      other.push('react', { kind: 'wow' })

      await one.assertPush('reacted', { clap: 4, wow: 1 })
      assert.deepEqual(await live.countReactions(repo, episode.id), { clap: 4, wow: 1 })
    }),
  )

  it(
    'earlier messages are read a part at a time',
    sandboxed(async (repo) => {
      const { enter, episode } = await aShow(repo)
      const person = await aPerson(repo, 'Ada')
      const texts = Array.from({ length: 60 }, (_, at) => `message ${at}`)
      await repo.insertAll(
        live.ChatMessage,
        texts.map((text) => ({
          text,
          personId: person.id,
          episodeId: episode.id,
          podcastId: episode.podcastId,
        })),
      )
      const visitor = await enter()
      assert.equal(visitor.joined.messages[0]?.text, 'message 10')

      const before = visitor.joined.messages[0].id
      const { messages } = await visitor.push('earlier', { before }).assertReply('ok')

      assert.deepEqual(
        messages.map(({ text }) => text),
        texts.slice(0, 10),
      )
    }),
  )

  it(
    'is one room on two nodes: who is muted or taken back on one loses it at once on the other',
    sandboxed(async (repo) => {
      const { podcast, topic, episode } = await aShow(repo)
      const network = localNetwork()
      const nodes = await Promise.all(
        ['a', 'b'].map(async (node) =>
          testApp(repo, { pubsub: await localPubSub({ node, network }) }),
        ),
      )
      const [here, there] = nodes as [FastifyInstance, FastifyInstance]
      const enter = async (app: FastifyInstance, person?: OnePerson) =>
        (await connect(app.sockets, await cookieOf(repo, person))).subscribeAndJoin(
          ShowChannel,
          topic,
          {},
        )
      const rude = await aPerson(repo, 'Rude')
      const [ada, visitor] = [await enter(here, rude), await enter(here)]
      const host = await enter(there, await aHost(repo, podcast.id))

      const { id } = await ada.push('say', { text: 'rude' }).assertReply('ok')
      await host.assertPush('said', { id })
      await host.push('mute', { personId: rude.id }).assertReply('ok')
      await ada.assertPush('muted', { personId: rude.id, isMuted: true })
      await ada.push('say', { text: 'again' }).assertReply('error')
      await host.push('delete', { id }).assertReply('ok')
      await visitor.assertPush('deleted', { id })
      assert.deepEqual(await live.listChat(repo, episode.id), [])
      for (const app of nodes) await app.close()
    }),
  )

  it(
    'is nothing where there is no show that anybody may know of',
    sandboxed(async (repo) => {
      const { app, topic } = await aShow(repo)
      const none = { reason: 'There is no such show.' }

      assert.deepEqual(await refusal(app, 'show:999999'), none)
      assert.deepEqual(await refusal(app, 'show:1e1'), none)
      assert.deepEqual(await refusal(app, 'show:99999999999999999999'), none)
      await repo.updateAll(from(Podcast), { status: 'draft' })
      assert.deepEqual(await refusal(app, topic), none)
      await repo.deleteAll(Episode)
      assert.deepEqual(await refusal(app, topic), none)
    }),
  )
})
