import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fakeTime } from '@showrunner/presence/testing'
import { localNetwork, localPubSub } from '@showrunner/pubsub'
import fastify from 'fastify'
import { welcome } from '../answers.ts'
import { type EndReason } from '../channel.ts'
import { channels } from '../channels.ts'
import { connected, notConnected } from '../connect.ts'
import { type SocketEvent } from '../observing.ts'
import { house, Room, wire } from '../testing/house.ts'
import { connect as connectTo } from '../testing/index.ts'

describe('A socket', () => {
  it('is closed by its id on every node, and no other is', async () => {
    const network = localNetwork()
    const over: EndReason[] = []
    const nodes = await Promise.all(
      ['one', 'two'].map(async (node) =>
        house(
          { ended: (_channel, reason) => over.push(reason) },
          {
            pubsub: await localPubSub({ network, node }),
            connect: ({ params }) => connected('', params['id'] as string | undefined),
          },
        ),
      ),
    )
    const clients = await Promise.all(
      nodes.flatMap(({ connect }) =>
        ['user:1', 'user:2', undefined].map((id) =>
          connect({ params: id === undefined ? {} : { id } }),
        ),
      ),
    )
    for (const client of clients) await client.subscribeAndJoin(Room, 'room:1')

    nodes[0]?.sockets.disconnect('user:1')
    await clients[0]?.assertClosed(1001)
    await clients[3]?.assertClosed(1001)

    assert.deepEqual(over, ['disconnected', 'disconnected'])
    assert.deepEqual(
      nodes.map(({ sockets }) => sockets.list().map(({ id }) => id)),
      [
        ['user:2', undefined],
        ['user:2', undefined],
      ],
    )
  })

  it('whose id is the name of a topic is one thing, and the topic another', async () => {
    const { connect, sockets } = await house({}, { connect: () => connected('', 'room:1') })
    const ada = await connect()
    const room = await ada.subscribeAndJoin(Room, 'room:1')

    sockets.broadcast(Room, 'room:1', 'disconnect' as never, {})
    sockets.broadcast(Room, 'room:1', 'said', { n: 1 })
    await room.assertPush('said')

    assert.equal(sockets.count, 1)
  })

  it('is closed when it sends what is no message, and all its channels with it', async () => {
    const over: EndReason[] = []
    const { connect, sockets } = await house({ ended: (_channel, reason) => over.push(reason) })
    for (const wrong of ['', '{}', '[1]', Buffer.from([7])]) {
      const ada = await connect()
      await ada.subscribeAndJoin(Room, 'room:1')
      ada.send(wrong)
      await ada.assertClosed(1011)
      ada.send(['1', '2', 'room:1', 'do', {}])
    }
    assert.deepEqual(
      over,
      Array.from({ length: 4 }, () => 'disconnected'),
    )
    assert.equal(sockets.count, 0)
  })

  it('is closed when it sends more than it may', async () => {
    const { connect, time } = await house(
      {},
      { limits: { messagesAtOnce: 3, messagesPerSecond: 1 } },
    )
    const ada = await connect()
    const beat = () => ada.send([null, '1', 'phoenix', 'heartbeat', {}])

    for (let n = 0; n < 3; n += 1) beat()
    time.pass(2000)
    for (let n = 0; n < 2; n += 1) beat()
    assert.equal(ada.messages.length, 5)
    beat()
    await ada.assertClosed(1013)
  })

  it('is asked when it is silent, and closed when it does not answer', async () => {
    const { connect, time, sockets } = await house({})
    const [ada, bob] = [await connect(), await connect()]

    time.pass(30_000)
    bob.send([null, '1', 'phoenix', 'heartbeat', {}])
    time.pass(30_000)

    await ada.assertClosed(1001)
    assert.equal(sockets.count, 1)
    await sockets.close()
    await bob.assertClosed(1012)
  })

  it('is not opened for who is not let in, for unknown versions, or when `connect` fails', async () => {
    const log: string[] = []
    const { sockets } = await house(
      {},
      {
        log: (level, message) => log.push(`${level}: ${message}`),
        connect: ({ params }) => {
          if (params['token'] === 'fail') throw new Error('no database')
          return params['token'] === 'good' ? connected('Ada') : notConnected('expired', 401)
        },
      },
    )
    const params = (given: object) => ({ params: { ...given } })

    await assert.rejects(connectTo(sockets, params({ token: 'bad' })), /401 expired/)
    await assert.rejects(connectTo(sockets, params({ token: 'fail' })), /500/)
    await assert.rejects(connectTo(sockets, params({ vsn: Object.create(null) })), /unknown vsn/)
    await connectTo(sockets, params({ token: 'good', user: { password: 'x' }, a: [1] }))

    assert.equal(sockets.count, 1)
    assert.match(
      log.join('\n'),
      /info: Connected a client in .*"token":"\[masked\]","user":{"password":"\[masked\]"},"a":\[1\]/,
    )
    assert.match(log.join('\n'), /error: `connect` failed: Error: no database/)
    assert.doesNotMatch(log.join('\n'), /"good"|"bad"/)
  })

  it('tells who observes what happens', async () => {
    const seen: SocketEvent[] = []
    const { connect, sockets } = await house(
      { join: ({ name }) => (name === '1' ? welcome() : Promise.reject(new Error('no'))) },
      {
        observe: (event) => {
          seen.push(event)
          throw new Error('it does not disturb')
        },
      },
    )
    const ada = await connect()
    const room = await ada.subscribeAndJoin(Room, 'room:1', { token: 'x' })
    await ada.assertRefused(Room, 'room:2', {})
    await room.push('ask', {}).assertReply('ok')
    await sockets.drain()

    assert.deepEqual(
      seen.map(({ kind }) => kind),
      ['connected', 'joined', 'refused', 'handled', 'closed', 'drained'],
    )
    const [, joined, , handled, closed] = seen
    assert.deepEqual(joined?.kind === 'joined' && joined.params, { token: '[masked]' })
    assert.ok(handled?.kind === 'handled' && handled.took >= 0 && handled.status === 'ok')
    assert.ok(closed?.kind === 'closed' && closed.code === 1012)
  })
})

describe('Draining', () => {
  it('sends clients away a part at a time, and lets nobody in meanwhile', async () => {
    const { connect, sockets, time } = await house({})
    const clients = await Promise.all(Array.from({ length: 5 }, async () => connect()))

    const drained = sockets.drain({ batch: 2, intervalMs: 100 })
    assert.equal(sockets.count, 3)
    await assert.rejects(connect(), /503 restarting/)
    for (let round = 0; round < 2; round += 1) {
      time.pass(150)
      await new Promise(setImmediate)
    }
    await drained

    for (const client of clients) await client.assertClosed(1012)
    assert.ok(clients.flatMap(({ messages }) => messages.map(wire)).length === 0)
  })
})

describe('A part of a drain', () => {
  it('is one socket or more', async () => {
    const { sockets } = await house({})
    await assert.rejects(
      sockets.drain({ batch: 0 }),
      /expected `drain` to close 1 socket or more at once, got: 0/,
    )
    await assert.rejects(
      channels(fastify(), { sockets, drain: { batch: Number.NaN } }),
      /expected `drain` to close 1 socket or more at once, got: NaN/,
    )
  })
})

describe('Time that is handed in', () => {
  it('passes in order', () => {
    const time = fakeTime()
    const order: number[] = []
    time.after(20, () => order.push(2))
    time.after(10, () => time.after(5, () => order.push(1)))
    time.pass(30)
    assert.deepEqual(order, [1, 2])
  })
})
