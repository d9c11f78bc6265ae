import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { localNetwork, localPubSub } from '@showrunner/pubsub'
import { z } from 'zod'
import { welcome } from '../answers.ts'
import { channelFor, type EndReason } from '../channel.ts'
import { defineChannel } from '../declaration.ts'
import { house, Room, wire } from '../testing/house.ts'

describe('A topic', () => {
  it('is of the first channel that matches, by all of its name or by how it begins', async () => {
    const named = (topic: string) => {
      const declared = defineChannel({ topic, joined: z.object({ of: z.string() }) })
      return channelFor<string>()(declared, {
        join: ({ name }) => welcome({ response: { of: `${topic} ${name}` } }),
      })
    }
    const channels = ['foo:bar', 'food*', 'foo*', 'all', '*'].map(named)
    const { connect } = await house({}, { channels })
    const ada = await connect()
    const topics = ['foo:bar', 'foo:bars', 'food', 'food:1', 'foo', 'fo', 'all', 'all:1', '']
    for (const topic of topics) ada.send([topic, topic, topic, 'phx_join', {}])
    await setImmediate()

    assert.deepEqual(
      ada.messages.map(({ payload }) => (payload as { response: { of: string } }).response.of),
      ['foo:bar ', 'foo* :bars', 'food* ', 'food* :1', 'foo* ', '* fo', 'all ', '* all:1', '* '],
    )
  })
})

describe('A channel that hears something', () => {
  it('may close by it, whether it intercepts or listens', async () => {
    const ended: [string, EndReason][] = []
    const { connect, pubsub, sockets } = await house({
      joined: (channel) => channel.listen('elsewhere', () => channel.close()),
      intercept: { said: (_payload, channel) => channel.close() },
      ended: ({ topic }, reason) => ended.push([topic, reason]),
    })
    const ada = await connect()
    for (const topic of ['room:1', 'room:2', 'room:3']) await ada.subscribeAndJoin(Room, topic)
    await setImmediate()

    sockets.broadcast(Room, 'room:2', 'said', {})
    await setImmediate()
    assert.deepEqual(ended, [['room:2', 'closed']])
    assert.deepEqual(ada.messages.slice(3).map(wire), [['2', '2', 'room:2', 'phx_close', {}]])

    await pubsub.broadcast('elsewhere', null)
    await setImmediate()
    assert.deepEqual(ended.slice(1), [
      ['room:1', 'closed'],
      ['room:3', 'closed'],
    ])
    assert.deepEqual(sockets.list()[0]?.channels, [])
  })

  it('does not intercept what it tells everybody but itself', async () => {
    const intercepted: unknown[] = []
    const { connect } = await house({
      in: { do: (_payload, channel) => channel.broadcastFrom('said', { n: 1 }) },
      intercept: { said: (_payload, { id }) => intercepted.push(id) },
      join: ({ visitor }) => welcome({ state: visitor }),
    })
    const [ada, bob] = [await connect(), await connect()]
    const room = await ada.subscribeAndJoin(Room, 'room:1')
    await bob.subscribeAndJoin(Room, 'room:1')

    room.push('do', {})
    await setImmediate()
    assert.equal(intercepted.length, 1)
    assert.match(String(intercepted[0]), /\/2$/)
  })

  it('hears of its own node alone what is only said there', async () => {
    const network = localNetwork()
    const open = async () =>
      house(
        { in: { do: (_payload, channel) => channel.localBroadcast('said', { n: 1 }) } },
        { pubsub: await localPubSub({ network }) },
      )
    const [here, there] = [await open(), await open()]
    const [ada, bob, eve] = [await here.connect(), await here.connect(), await there.connect()]
    const room = await ada.subscribeAndJoin(Room, 'room:1')
    for (const client of [bob, eve]) await client.subscribeAndJoin(Room, 'room:1')

    room.push('do', {})
    await setImmediate()
    assert.deepEqual(
      [ada, bob, eve].map(
        ({ messages }) => messages.filter(({ event }) => event === 'said').length,
      ),
      [1, 1, 0],
    )
  })

  it('knows when it hears what is said on other nodes', async () => {
    const own = await localPubSub()
    const { promise: ready, resolve } = Promise.withResolvers<void>()
    const subscribe = own.subscribe.bind(own)
    const happened: string[] = []
    const slow = Object.assign(own, {
      subscribe: (...[topic, listener]: Parameters<typeof subscribe>) =>
        Object.assign(subscribe(topic, listener), topic === 'elsewhere' ? { ready } : {}),
    })
    const { connect } = await house(
      {
        async joined(channel) {
          await channel.listen('elsewhere', (said) =>
            happened.push(`heard ${JSON.stringify(said)}`),
          )
          happened.push('hears')
        },
      },
      { pubsub: slow },
    )
    const ada = await connect()
    await ada.subscribeAndJoin(Room, 'room:1')
    await own.broadcast('elsewhere', 'early')
    await setImmediate()
    assert.deepEqual(happened, [])

    resolve()
    await setImmediate()
    assert.deepEqual(happened, ['hears', 'heard "early"'])
  })
})
