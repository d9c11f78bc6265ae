import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fakeTime } from '@showrunner/presence/testing'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createPresence } from '@showrunner/presence'
import { localNetwork, localPubSub, type Message, type PubSub } from '@showrunner/pubsub'
import { z } from 'zod'
import { welcome } from '../answers.ts'
import { channelFor, type Channel } from '../channel.ts'
import { defineChannel } from '../declaration.ts'
import { house, Room } from '../testing/house.ts'
import { type TestClient } from '../testing/test-client.ts'

describe('Many in a topic', () => {
  it('are told by each but that one, also those of other nodes that came as the same number', async () => {
    const network = localNetwork()
    const open = async (node: string) =>
      house(
        { in: { do: (n, channel) => channel.broadcastFrom('said', { n: Number(n) }) } },
        { pubsub: await localPubSub({ network, node }) },
      )
    const [one, two] = [await open('one'), await open('two')]
    const clients = [
      await one.connect(),
      await one.connect(),
      await two.connect(),
      await two.connect(),
    ]
    const rooms = await Promise.all(
      clients.map((client) => client.subscribeAndJoin(Room, 'room:1')),
    )

    for (const [n, room] of rooms.entries()) room.push('do', n)
    await setImmediate()

    assert.deepEqual(
      clients.map((client) => numbersSaid(client).length),
      [3, 3, 3, 3],
    )
    assert.deepEqual(
      clients.map((client) => new Set(numbersSaid(client))),
      [new Set([1, 2, 3]), new Set([0, 2, 3]), new Set([0, 1, 3]), new Set([0, 1, 2])],
    )
  })

  it('may leave while they are told something, and the others are told it once', async () => {
    const clients: TestClient[] = []
    const { connect, sockets } = await house({
      intercept: {
        said: ({ n }, channel) => {
          channel.push('said', { n: Number(n) })
          for (const client of clients.filter((_, at) => at % 2 === 1)) client.disconnect()
        },
      },
    })
    for (let at = 0; at < 500; at += 1) clients.push(await connect())
    for (const client of clients) await client.subscribeAndJoin(Room, 'room:1')

    sockets.broadcast(Room, 'room:1', 'said', { n: 1 })
    sockets.broadcast(Room, 'room:1', 'said', { n: 2 })
    await setImmediate()

    assert.equal(sockets.count, 250)
    for (const [at, client] of clients.entries()) {
      assert.deepEqual(numbersSaid(client), at % 2 === 0 ? [1, 2] : [])
    }
  })

  it('hear in one order what those say who listen to something else', async () => {
    const { connect, pubsub } = await house({
      joined: (channel) =>
        channel.listen('elsewhere', (n) => {
          if (Number(n) < 3) void pubsub.broadcast('elsewhere', Number(n) + 10)
          channel.broadcast('said', { n: Number(n) })
        }),
    })
    const [ada, bob] = [await connect(), await connect()]
    for (const client of [ada, bob]) await client.subscribeAndJoin(Room, 'room:1')
    await setImmediate()

    for (const n of [1, 2, 3]) await pubsub.broadcast('elsewhere', n)

    assert.deepEqual(numbersSaid(ada), [1, 1, 11, 11, 11, 11, 2, 2, 12, 12, 12, 12, 3, 3])
    assert.deepEqual(numbersSaid(bob), numbersSaid(ada))
  })
})

function numbersSaid(client: TestClient): number[] {
  return client.messages
    .filter(({ event }) => event === 'said')
    .map(({ payload }) => Number((payload as { n: Message }).n))
}

describe('Who has gone', () => {
  const Lobby = defineChannel({
    topic: 'lobby:*',
    in: { wait: { payload: z.unknown() } },
    out: { said: z.object({}) },
    presence: z.object({ n: z.number() }),
  })

  /** What is left of the state of each channel is what still holds the channel. */
  async function lobby() {
    const { pubsub, topics } = watched(await localPubSub())
    const time = fakeTime()
    const presence = createPresence({ pubsub, time })
    const before = { topics: topics.size, timers: time.waiting }
    const states: WeakRef<object>[] = []
    const channel = channelFor<string>()(Lobby, {
      join: () => {
        const state = { n: states.length }
        states.push(new WeakRef(state))
        return welcome({ state })
      },
      joined(here) {
        here.track(here.state.n, { n: 1 })
        void here.listen('elsewhere', () => here.state.n)
      },
      in: { wait: (_payload, here) => forEver(here) },
      intercept: { said: (_payload, here) => here.push('said', {}) },
    })
    const own = await house({}, { pubsub, presence, channels: [channel], time })
    const rest = { topics: topics.size, timers: time.waiting }
    assert.ok(rest.topics >= before.topics)
    return {
      ...own,
      time,
      states,
      assertNothingLeft: async () => {
        time.pass(10_000)
        await setImmediate()
        assert.equal(own.sockets.count, 0)
        assert.deepEqual(
          [...topics.keys()].filter((topic) => /lobby|elsewhere/.test(topic)),
          [],
        )
        assert.equal(topics.size, rest.topics)
        assert.equal(time.waiting, rest.timers)
        assert.deepEqual(Object.keys(presence.listMetas('lobby:1')), [])
        collectGarbage()
        assert.equal(states.filter((state) => state.deref()).length, 0)
        await presence.stop()
      },
    }
  }

  async function forEver(_here: Channel<typeof Lobby, string>): Promise<void> {
    await new Promise<never>(() => {})
  }

  it('leaves nothing behind after ten thousand joins and leaves of one client', async () => {
    const { connect, sockets, states, time, assertNothingLeft } = await lobby()
    let ada: TestClient | undefined = await connect()
    for (let n = 0; n < 10_000; n += 1) {
      time.pass(100)
      ada.send([String(n), String(n), 'lobby:1', 'phx_join', {}])
      if (n % 100 === 0) ada.send([String(n), 'wait', 'lobby:1', 'wait', {}])
      // Every third is joined again instead, while it is being joined or when it has been.
      if (n % 2 === 0) await setImmediate()
      if (n % 3 !== 0) ada.send([String(n), 'leave', 'lobby:1', 'phx_leave', {}])
      await setImmediate()
    }
    assert.equal(states.length, 10_000)
    assert.equal(sockets.count, 1)
    ada.disconnect()
    ada = undefined
    await assertNothingLeft()
  })

  it('leaves nothing behind after two thousand connections, however they end', async () => {
    const { connect, sockets, states, time, assertNothingLeft } = await lobby()
    for (let n = 0; n < 2000; n += 1) {
      const client = await connect()
      client.send(['1', '1', 'lobby:1', 'phx_join', {}])
      await client.replyTo('1', 'to the join')
      if (n % 100 === 0) client.send(['1', 'wait', 'lobby:1', 'wait', {}])
      if (n % 4 === 0) client.disconnect()
      else if (n % 4 === 1) client.send('no message')
      else if (n % 4 === 2) sockets.disconnect('user:1')
      else sockets.shed(1)
      time.pass(10)
    }
    assert.equal(states.length, 2000)
    await assertNothingLeft()
  })
})

function watched(inner: PubSub): { pubsub: PubSub; topics: Map<string, number> } {
  const topics = new Map<string, number>()
  const count = (topic: string, more: number) => {
    const now = (topics.get(topic) ?? 0) + more
    if (now === 0) topics.delete(topic)
    else topics.set(topic, now)
  }
  const pubsub: PubSub = {
    node: inner.node,
    subscribe(topic, listener) {
      const subscription = inner.subscribe(topic, listener)
      let isOver = false
      count(topic, 1)
      return {
        topic,
        ready: subscription.ready,
        unsubscribe() {
          if (!isOver) count(topic, -1)
          isOver = true
          subscription.unsubscribe()
        },
      }
    },
    broadcast: (topic, message) => inner.broadcast(topic, message),
    broadcastFrom: (from, topic, message) => inner.broadcastFrom(from, topic, message),
    localBroadcast: (topic, message) => inner.localBroadcast(topic, message),
    localBroadcastFrom: (from, topic, message) => inner.localBroadcastFrom(from, topic, message),
    directBroadcast: (node, topic, message) => inner.directBroadcast(node, topic, message),
    on: (event, listener) => inner.on(event, listener),
    close: () => inner.close(),
  }
  return { pubsub, topics }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  gc()
}
