import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { refuse, welcome } from '../answers.ts'
import { type EndReason } from '../channel.ts'
import { house, wire } from '../testing/house.ts'

describe('A join', () => {
  it('is answered before anything else that came since it began to listen', async () => {
    const { connect, sockets, pubsub } = await house({
      join: () => {
        queueMicrotask(() => pubsub.localBroadcast('room:1', { event: 'said', payload: { n: 1 } }))
        return welcome({ response: {} })
      },
      joined: (channel) => channel.push('said', { n: 2 }),
    })
    const ada = await connect()

    ada.send(['6', '6', 'room:1', 'phx_join', {}])
    await ada.take(
      'what it pushes when joined',
      ({ payload }) => 'n' in payload && payload['n'] === 2,
    )

    const [reply, ...rest] = ada.messages.map(wire)
    assert.deepEqual(reply, ['6', '6', 'room:1', 'phx_reply', { status: 'ok', response: {} }])
    assert.deepEqual(rest.at(-1), ['6', null, 'room:1', 'said', { n: 2 }])
    assert.equal(sockets.list()[0]?.channels[0]?.status, 'joined')
  })

  it('that is refused, throws, rejects or gives back nonsense is answered with an error', async () => {
    const { connect, errors, sockets } = await house({
      join: ({ name }) => {
        if (name === 'refused') return refuse({ reason: 'no', code: 7 })
        if (name === 'throws') throw new Error('thrown')
        if (name === 'rejects') return Promise.reject(new Error('rejected'))
        if (name === 'odd') return welcome({ response: { n: 1n } as never })
        if (name === 'list') return welcome({ response: [] as never })
        return undefined as never
      },
    })
    const ada = await connect()

    const answers = []
    for (const name of ['refused', 'throws', 'rejects', 'odd', 'list', 'nonsense']) {
      ada.send([name, name, `room:${name}`, 'phx_join', {}])
      answers.push(await ada.replyTo(name, name))
    }

    assert.deepEqual(answers[0], { status: 'error', response: { reason: 'no', code: 7 } })
    for (const crashed of answers.slice(1)) {
      assert.deepEqual(crashed, { status: 'error', response: { reason: 'join crashed' } })
    }
    assert.equal(errors.length, 5)
    assert.deepEqual(sockets.list()[0]?.channels, [])
    assert.equal(ada.messages.length, 6)
  })

  it('that takes too long is refused, and who is let in after all is let go', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const over: [unknown, EndReason][] = []
    const { connect, time, sockets } = await house({
      join: async () => {
        await promise
        return welcome({ state: 'made by join' })
      },
      ended: (channel, reason) => over.push([channel.state, reason]),
    })
    const ada = await connect()

    ada.send(['1', '1', 'room:1', 'phx_join', {}])
    ada.send(['1', '2', 'room:1', 'ask', {}])
    ada.send(['1', '3', 'room:1', 'phx_leave', {}])
    time.pass(10_000)
    assert.deepEqual(over, [])
    resolve()
    await promise
    await new Promise(setImmediate)

    assert.deepEqual(ada.messages.map(wire), [
      ['1', '1', 'room:1', 'phx_reply', { status: 'error', response: { reason: 'join timeout' } }],
      ['1', '3', 'room:1', 'phx_reply', { status: 'ok', response: {} }],
    ])
    assert.deepEqual(over, [['made by join', 'closed']])
    assert.deepEqual(sockets.list()[0]?.channels, [])
  })

  it('that fails when nobody waits for it any more is logged, and nothing else', async () => {
    const { promise, reject } = Promise.withResolvers<never>()
    const { connect, time, errors } = await house({ join: () => promise })
    const ada = await connect()
    ada.send(['1', '1', 'room:1', 'phx_join', {}])
    time.pass(10_000)

    reject(new Error('too late'))
    await new Promise(setImmediate)

    assert.match(errors.join(), /too late/)
    assert.equal(ada.messages.length, 1)
  })

  it('lets messages wait, and a leave, and heartbeats pass', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const over: EndReason[] = []
    const { connect } = await house({
      join: async () => {
        await promise
        return welcome()
      },
      in: { ask: () => ({ n: 1 }) },
      ended: (_channel, reason) => over.push(reason),
    })
    const ada = await connect()

    ada.send(['1', '1', 'room:1', 'phx_join', {}])
    ada.send(['1', '2', 'room:1', 'ask', {}])
    ada.send(['1', '3', 'room:1', 'phx_leave', {}])
    ada.send([null, '4', 'phoenix', 'heartbeat', {}])
    resolve()
    await ada.take('phx_close', ({ event }) => event === 'phx_close')

    assert.deepEqual(ada.messages.map(wire), [
      [null, '4', 'phoenix', 'phx_reply', { status: 'ok', response: {} }],
      ['1', '1', 'room:1', 'phx_reply', { status: 'ok', response: {} }],
      ['1', '2', 'room:1', 'phx_reply', { status: 'ok', response: { n: 1 } }],
      ['1', '3', 'room:1', 'phx_reply', { status: 'ok', response: {} }],
      ['1', '1', 'room:1', 'phx_close', {}],
    ])
    assert.deepEqual(over, ['left'])
  })

  it('of a client that goes meanwhile hands what it made to `ended`', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const over: [unknown, EndReason][] = []
    const { connect } = await house({
      join: async () => {
        await promise
        return welcome({ state: 'made' })
      },
      ended: (channel, reason) => over.push([channel.state, reason]),
    })
    const ada = await connect()
    ada.send(['1', '1', 'room:1', 'phx_join', {}])

    ada.disconnect()
    resolve()
    await new Promise(setImmediate)

    assert.deepEqual(over, [['made', 'disconnected']])
    assert.deepEqual(ada.messages, [])
  })

  it('of a topic that is joined ends the channel before, whose client hears of it afterwards', async () => {
    const over: [unknown, EndReason][] = []
    let joins = 0
    const { connect } = await house({
      join: () => welcome({ state: (joins += 1) }),
      joined: (channel) => channel.push('said', { join: Number(channel.state) }),
      ended: (channel, reason) => over.push([channel.state, reason]),
    })
    const ada = await connect()

    ada.send(['1', '1', 'room:1', 'phx_join', {}])
    await ada.take('the first push', ({ event }) => event === 'said')
    ada.send(['2', '2', 'room:1', 'phx_join', {}])
    await ada.take('the second push', ({ event }) => event === 'said')

    assert.deepEqual(ada.messages.map(wire).slice(2), [
      ['2', '2', 'room:1', 'phx_reply', { status: 'ok', response: {} }],
      ['1', '1', 'room:1', 'phx_close', {}],
      ['2', null, 'room:1', 'said', { join: 2 }],
    ])
    assert.deepEqual(over, [[1, 'joined again']])
  })

  it('of a topic that is being joined takes its place', async () => {
    const asked: ((state: number) => void)[] = []
    const over: [unknown, EndReason][] = []
    const { connect, sockets } = await house({
      join: async () => {
        const { promise, resolve } = Promise.withResolvers<number>()
        asked.push(resolve)
        return welcome({ state: await promise })
      },
      ended: (channel, reason) => over.push([channel.state, reason]),
    })
    const ada = await connect()

    for (const ref of ['1', '2', '3']) ada.send([ref, ref, 'room:1', 'phx_join', {}])
    asked[2]?.(3)
    await ada.replyTo('3', 'to the third')
    asked[1]?.(2)
    asked[0]?.(1)
    await new Promise(setImmediate)

    assert.deepEqual(over, [
      [2, 'joined again'],
      [1, 'joined again'],
    ])
    const replies = ada.messages.filter(({ event }) => event === 'phx_reply')
    assert.deepEqual(
      replies.map(({ ref }) => ref),
      ['3'],
    )
    assert.equal(sockets.list()[0]?.channels.length, 1)
  })

  it('finds no channel for topics that are not declared, or are ours', async () => {
    const { connect } = await house({})
    const ada = await connect()
    const reply = { status: 'error', response: { reason: 'unmatched topic' } }

    for (const topic of ['__proto__', 'rooms', 'phx_presence:1', 'phoenix', '']) {
      ada.send(['1', '1', topic, 'phx_join', {}])
      assert.deepEqual(await ada.replyTo('1', topic), reply)
    }
    assert.ok(ada.messages.every(({ joinRef }) => joinRef === null))
    ada.send(['1', '1', 'room:__proto__', 'phx_join', {}])
    assert.equal((await ada.replyTo('1', 'to room:__proto__')).status, 'ok')
  })

  it('is refused beyond the channels of a socket, and room is made by leaving', async () => {
    const { connect } = await house({}, { limits: { channels: 2 } })
    const ada = await connect()
    const join = async (topic: string) => {
      ada.send([topic, topic, topic, 'phx_join', {}])
      return ada.replyTo(topic, topic)
    }

    assert.equal((await join('room:1')).status, 'ok')
    assert.equal((await join('room:2')).status, 'ok')
    assert.deepEqual((await join('room:3')).response, { reason: 'too many channels joined' })
    assert.equal((await join('room:2')).status, 'ok')
    ada.send([null, 'bye', 'room:1', 'phx_leave', {}])
    await ada.replyTo('bye', 'to the leave')
    assert.equal((await join('room:3')).status, 'ok')
  })
})
