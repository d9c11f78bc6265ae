import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPresence } from '@showrunner/presence'
import { localPubSub } from '@showrunner/pubsub'
import { z } from 'zod'
import { answer, refuse, welcome } from '../answers.ts'
import { channelFor, type Channel, type EndReason } from '../channel.ts'
import { defineChannel } from '../declaration.ts'
import { house, Room, wire } from '../testing/house.ts'

const CRASH = ['1', '1', 'room:1', 'phx_error', { reason: 'channel_crash' }]

describe('What a client pushes', () => {
  it('is answered with what the handler gives, whatever is in it', async () => {
    const replies: Record<string, () => unknown> = {
      data: () => ({ kind: 'later', promise: 3, status: 'mine' }),
      refused: () => refuse('no'),
      answered: () => answer('created', { n: 1 }),
      slow: async () => ({ n: 2 }),
    }
    const { connect } = await house({
      in: {
        ask: (what, channel) =>
          (what === 'later'
            ? channel.later(Promise.resolve(refuse('later no')))
            : replies[String(what)]?.()) as never,
      },
    })
    const ada = await connect()
    const room = await ada.subscribeAndJoin(Room, 'room:1')

    await room.push('ask', 'data').assertReply('ok', { kind: 'later', status: 'mine' })
    await room.push('ask', 'refused').assertReply('error', { reason: 'no' })
    await room.push('ask', 'answered').assertReply('created', { n: 1 })
    await room.push('ask', 'slow').assertReply('ok', { n: 2 })
    await room.push('ask', 'later').assertReply('error', { reason: 'later no' })
  })

  it('is handled one after the other, and what is done later does not hold up the rest', async () => {
    const { promise, resolve } = Promise.withResolvers<{ n: number }>()
    const { connect } = await house({
      in: {
        ask: (what, channel) =>
          what === 'later' ? channel.later(promise) : Promise.resolve({ n: Number(what) }),
      },
    })
    const ada = await connect()
    const room = await ada.subscribeAndJoin(Room, 'room:1')

    const slow = room.push('ask', 'later')
    await room.push('ask', 1).assertReply('ok', { n: 1 })
    resolve({ n: 7 })
    await slow.assertReply('ok', { n: 7 })
  })

  it('is told what is unknown or wrong with it', async () => {
    const { connect, sockets } = await house({})
    const ada = await connect()
    await ada.subscribeAndJoin(Room, 'room:1')

    for (const event of ['__proto__', 'toString', 'phx_close', 'presence_state', '']) {
      ada.send(['1', 'x', 'room:1', event, {}])
      assert.deepEqual(await ada.replyTo('x', event), {
        status: 'error',
        response: { reason: `unknown event "${event}"` },
      })
    }
    assert.equal(sockets.list()[0]?.channels.length, 1)
  })

  it('is dropped when it is of another join, and taken when it does not say of which', async () => {
    const heard: unknown[] = []
    const { connect } = await house({ in: { do: (what) => void heard.push(what) } })
    const ada = await connect()
    ada.send([1, 1, 'room:1', 'phx_join', {}])
    await ada.replyTo(1, 'to the join')

    ada.send(['1', '2', 'room:1', 'do', 'a text is no number'])
    ada.send([0, '3', 'room:1', 'phx_leave', {}])
    ada.send([1, '4', 'room:1', 'do', 'the same'])
    ada.send([null, '5', 'room:1', 'do', 'none'])

    await ada.settled('room:1')
    assert.deepEqual(heard, ['the same', 'none'])
    assert.equal(ada.messages.length, 1)
  })

  it('may be anything JSON can say, or bytes', async () => {
    const heard: unknown[] = []
    const { connect } = await house({ in: { do: (what) => void heard.push(what) } })
    const ada = await connect()
    await ada.subscribeAndJoin(Room, 'room:1')

    for (const what of [[1, 2], null, 'text', 3, { a: [] }])
      ada.send(['1', null, 'room:1', 'do', what])
    ada.send(
      Buffer.concat([Buffer.from([0, 1, 0, 6, 2]), Buffer.from('1room:1do'), Buffer.from([1, 2])]),
    )

    await ada.settled('room:1')
    assert.deepEqual(heard, [[1, 2], null, 'text', 3, { a: [] }, Buffer.from([1, 2])])
  })

  it('waits up to a limit, beyond which it is refused', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { connect } = await house(
      { in: { ask: async () => (await promise, { n: 1 }) } },
      { limits: { waitingMessages: 2 } },
    )
    const ada = await connect()
    const room = await ada.subscribeAndJoin(Room, 'room:1')

    await ada.settled('room:1')
    const pushes = [1, 2, 3, 4].map((what) => room.push('ask', what))
    await pushes[3]?.assertReply('error', { reason: 'too many messages waiting' })
    resolve()
    for (const push of pushes.slice(0, 3)) await push.assertReply('ok', { n: 1 })
  })

  it('is answered no more once its channel has ended', async () => {
    const { promise, resolve } = Promise.withResolvers<{ n: number }>()
    const { connect } = await house({
      in: {
        ask: (_what, channel) => channel.later(promise),
        do: async (_what, channel) => {
          await promise
          channel.push('said', { n: 1 })
        },
      },
    })
    const ada = await connect()
    const room = await ada.subscribeAndJoin(Room, 'room:1')
    room.push('ask', 1)
    await room.leave()
    const again = await ada.subscribeAndJoin(Room, 'room:1')
    again.push('do', 1)
    await ada.subscribeAndJoin(Room, 'room:1')
    const before = ada.messages.length

    resolve({ n: 1 })
    await new Promise(setImmediate)

    assert.equal(ada.messages.length, before)
  })
})

describe('A channel that fails', () => {
  const failures: Record<
    string,
    (channel: Channel<typeof Room, string>, fail: () => never) => unknown
  > = {
    'at once': (_channel, fail) => fail(),
    'in time': async (_channel, fail) => fail(),
    later: (channel, fail) => channel.later(Promise.resolve().then(fail)),
    'with a reply that makes no frame': () => ({ n: 1n }),
    'with a late reply that makes no frame': (channel) => channel.later(Promise.resolve({ n: 1n })),
    'by a push that makes no frame': (channel) => channel.push('said', { n: 1n } as never),
    'by a push of nothing': (channel) => channel.push('said', undefined as never),
    'by a broadcast that makes no frame': (channel) =>
      channel.broadcast('said', { n: 1n } as never),
    'by a local broadcast of a list': (channel) => channel.localBroadcast('said', [] as never),
    'in what it runs': (channel, fail) => channel.run(fail),
    'in what it listens to': (channel, fail) => {
      void channel.listen('elsewhere', fail)
      channel.broadcast('said', { n: 1 })
    },
  }

  it('ends alone, in whatever way it fails', async () => {
    for (const [how, failure] of Object.entries(failures)) {
      const over: EndReason[] = []
      const { connect, errors, pubsub } = await house({
        in: {
          ask: (_what, channel) =>
            failure(channel, () => {
              throw new Error('oh no')
            }) as never,
          do: () => refuse('still here'),
        },
        ended: (_channel, reason) => over.push(reason),
      })
      const [ada, bob] = [await connect(), await connect()]
      const room = await ada.subscribeAndJoin(Room, 'room:1')
      const other = await ada.subscribeAndJoin(Room, 'room:2')
      const ofBob = await bob.subscribeAndJoin(Room, 'room:1')

      room.push('ask', {})
      pubsub.localBroadcast('elsewhere', {})
      await room.assertFailed()

      assert.deepEqual(ada.messages.map(wire).at(-1), CRASH, how)
      assert.deepEqual(over, ['failed'], how)
      assert.equal(errors.length, 1, how)
      await other.push('do', 'again').assertReply('error', { reason: 'still here' })
      await ofBob.push('do', 'again').assertReply('error', { reason: 'still here' })
    }
  })

  it('ends by `joined` and by what it intercepts as by anything else', async () => {
    const over: EndReason[] = []
    const { connect } = await house({
      joined: async ({ topic }) => {
        if (topic === 'room:1') throw new Error('joined')
      },
      intercept: {
        said: () => {
          throw new Error('intercept')
        },
      },
      ended: (_channel, reason) => over.push(reason),
      in: { do: (_what, channel) => channel.broadcast('said', {}) },
    })
    const ada = await connect()

    await (await ada.subscribeAndJoin(Room, 'room:1')).assertFailed()
    const room = await ada.subscribeAndJoin(Room, 'room:2')
    room.push('do', {})
    await room.assertFailed()

    assert.deepEqual(over, ['failed', 'failed'])
  })

  it('has ended, also when `ended` fails', async () => {
    for (const ended of [
      () => Promise.reject(new Error('oh no')),
      () => {
        throw new Error('oh no')
      },
    ]) {
      const { connect, errors, sockets } = await house({ ended })
      const ada = await connect()
      const room = await ada.subscribeAndJoin(Room, 'room:1')
      await room.leave()
      await new Promise(setImmediate)

      assert.match(errors.join(), /`ended` of "room:1" failed: Error: oh no/)
      assert.deepEqual(sockets.list()[0]?.channels, [])
    }
  })

  it('says goodbye to a client that was about to leave, and does not call it back', async () => {
    const { promise, reject } = Promise.withResolvers<never>()
    const { connect } = await house({ in: { do: () => promise } })
    const ada = await connect()
    const room = await ada.subscribeAndJoin(Room, 'room:1')

    room.push('do', {})
    const left = room.leave()
    reject(new Error('oh no'))
    await left

    assert.ok(ada.messages.every(({ event }) => event !== 'phx_error'))
  })

  it('fails when more waits than ever could be done', async () => {
    const { connect, errors } = await house(
      { in: { do: () => new Promise<void>(() => {}) }, intercept: { said: () => {} } },
      { limits: { waitingMessages: 2 } },
    )
    const [ada, bob] = [await connect(), await connect()]
    const room = await ada.subscribeAndJoin(Room, 'room:1')
    const other = await bob.subscribeAndJoin(Room, 'room:2')
    room.push('do', {})
    other.push('do', {})

    for (let n = 0; n <= 20; n += 1) ada.sockets.broadcast(Room, 'room:1', 'said', { n })
    await room.assertFailed()

    assert.match(errors.join(), /20 things wait to be done/)
  })
})

describe('A channel', () => {
  it('says that it closes after it has answered, and is heard no more', async () => {
    const over: EndReason[] = []
    const { connect } = await house({
      in: {
        ask: (_what, channel) => {
          channel.close()
          channel.push('said', { n: 1 })
          return { n: 2 }
        },
      },
      ended: (channel, reason) => {
        over.push(reason)
        channel.push('said', { n: 3 })
        channel.run(() => assert.fail('it has ended'))
        void channel.listen('room:1', () => assert.fail('it has ended'))
        channel.close()
      },
    })
    const ada = await connect()
    const room = await ada.subscribeAndJoin(Room, 'room:1')

    room.push('ask', {})
    await room.assertClosed()
    ada.sockets.broadcast(Room, 'room:1', 'said', {})
    ada.send(['1', '9', 'room:1', 'ask', {}])

    assert.deepEqual(ada.messages.map(wire).slice(1), [
      ['1', null, 'room:1', 'said', { n: 1 }],
      ['1', '2', 'room:1', 'phx_reply', { status: 'ok', response: { n: 2 } }],
      ['1', '1', 'room:1', 'phx_close', {}],
      [
        null,
        '9',
        'room:1',
        'phx_reply',
        { status: 'error', response: { reason: 'unmatched topic' } },
      ],
    ])
    assert.deepEqual(over, ['closed'])
  })

  it('may have events of any name', async () => {
    const Odd = defineChannel({
      topic: 'odd',
      in: { constructor: { payload: z.unknown() }, ['__proto__']: { payload: z.unknown() } },
      out: { toString: z.object({}), valueOf: z.object({}) },
    })
    const odd = channelFor<string>()(Odd, {
      join: () => welcome(),
      in: {
        constructor: (_what, channel) => channel.broadcast('toString', {}),
        ['__proto__']: (_what, channel) => channel.broadcast('valueOf', {}),
      },
    })
    const { connect } = await house({}, { channels: [odd] })
    const ada = await connect()
    const here = await ada.subscribeAndJoin(Odd, 'odd')

    here.push('constructor', {})
    await here.assertPush('toString')
    here.push('__proto__', {})
    await here.assertPush('valueOf')
  })

  it('tells the others that it has ended', async () => {
    const { connect } = await house({
      ended: (channel, reason) => channel.broadcast('said', { reason }),
    })
    const [ada, bob] = [await connect(), await connect()]
    await ada.subscribeAndJoin(Room, 'room:1')
    const ofBob = await bob.subscribeAndJoin(Room, 'room:1')

    ada.disconnect()

    await ofBob.assertPush('said', { reason: 'disconnected' })
  })

  it('broadcasts before it replies, to all or to all but itself; what is intercepted comes after', async () => {
    const { connect } = await house({
      in: {
        ask: (_what, channel) => {
          channel.broadcastFrom('said', { n: 1 })
          channel.broadcast('said', { n: 2 })
          channel.broadcast('shouted', { n: 3 })
          return { n: 4 }
        },
      },
      intercept: { shouted: ({ n }, channel) => channel.push('said', { n: Number(n) * 10 }) },
    })
    const [ada, bob] = [await connect(), await connect()]
    const room = await ada.subscribeAndJoin(Room, 'room:1')
    const ofBob = await bob.subscribeAndJoin(Room, 'room:1')

    room.push('ask', {})
    await room.assertPush('said', { n: 30 })
    await ofBob.assertPush('said', { n: 30 })

    assert.deepEqual(
      ada.messages.slice(1).map(({ payload }) => payload),
      [{ n: 2 }, { status: 'ok', response: { n: 4 } }, { n: 30 }],
    )
    assert.deepEqual(bob.messages.slice(1).map(wire), [
      [null, null, 'room:1', 'said', { n: 1 }],
      [null, null, 'room:1', 'said', { n: 2 }],
      ['1', null, 'room:1', 'said', { n: 30 }],
    ])
  })

  it('fails for a client of version 1 to whom bytes are broadcast, and for nobody else', async () => {
    const { connect, errors } = await house({})
    const [ada, bob] = [await connect({ params: { vsn: '1.0.0' } }), await connect()]
    const ofBob = await bob.subscribeAndJoin(Room, 'room:1')
    ada.send('{"topic":"room:1","event":"phx_join","payload":{},"ref":"1"}')
    await ada.replyTo('1', 'to the join')

    ada.sockets.broadcast(Room, 'room:1', 'drawn', Buffer.from([1]))

    assert.deepEqual(await ofBob.assertPush('drawn'), Buffer.from([1]))
    assert.deepEqual(ada.messages.map(wire).at(-1), [
      null,
      '1',
      'room:1',
      'phx_error',
      { reason: 'channel_crash' },
    ])
    assert.match(errors.join(), /bytes cannot be sent to a client that speaks version 1/)
  })

  it('is present until it ends, and tells who comes who is there', async () => {
    const pubsub = await localPubSub()
    const presence = createPresence({ pubsub })
    const Lobby = defineChannel({ topic: 'lobby', presence: z.object({ device: z.string() }) })
    let last: Channel<typeof Lobby, string> | undefined
    const lobby = channelFor<string>()(Lobby, {
      join: () => welcome(),
      joined: (channel) => {
        last = channel
        channel.track('__proto__', { device: 'phone' })
        channel.track('__proto__', { device: 'desk' })
        channel.retrack('__proto__', ({ device }) => ({ device: `${device}top` }))
      },
    })
    const { connect } = await house({}, { pubsub, presence, channels: [lobby] })
    const ada = await connect()

    const here = await ada.subscribeAndJoin(Lobby, 'lobby')
    const state = await here.assertPush('presence_state')
    assert.deepEqual(Object.keys(state), ['__proto__'])
    assert.match(JSON.stringify(state), /"device":"desktop"/)

    await here.leave()
    assert.deepEqual(Object.keys(presence.listMetas('lobby')), [])
    last?.track('ada', { device: 'late' })
    last?.retrack('ada', () => assert.fail('it has ended'))
    last?.untrack('ada')
    assert.deepEqual(Object.keys(presence.listMetas('lobby')), [])
    await presence.stop()
  })
})
