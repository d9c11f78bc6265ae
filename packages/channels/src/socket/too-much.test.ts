import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { welcome } from '../answers.ts'
import { v2 } from '../serializers/v2.ts'
import { house, wire, type House } from '../testing/house.ts'
import { MemoryOutlet } from '../testing/memory-outlet.ts'

const never = () => new Promise<never>(() => {})

describe('A handler that never finishes', () => {
  it('lets its client leave, after what is waiting was given some time', async () => {
    const ended: string[] = []
    const { connect, time } = await house({
      in: { ask: never },
      ended: (_channel, reason) => ended.push(reason),
    })
    const ada = await connect()
    ada.send(['1', '1', 'room:1', 'phx_join', {}])
    ada.send(['1', '2', 'room:1', 'ask', {}])
    await setImmediate()
    ada.send(['1', '3', 'room:1', 'phx_leave', {}])
    time.pass(4999)
    assert.deepEqual([ada.messages.length, ended], [1, []])

    time.pass(1)
    assert.deepEqual(ada.messages.slice(1).map(wire), [
      ['1', '3', 'room:1', 'phx_reply', { status: 'ok', response: {} }],
      ['1', '1', 'room:1', 'phx_close', {}],
    ])
    assert.deepEqual(ended, ['left'])
  })

  it('lets its client join again, and go', async () => {
    const ended: string[] = []
    const { connect, sockets } = await house({
      in: { ask: never },
      ended: (_channel, reason) => ended.push(reason),
    })
    const ada = await connect()
    for (const joinRef of ['1', '3']) {
      ada.send([joinRef, joinRef, 'room:1', 'phx_join', {}])
      ada.send([joinRef, `${joinRef}a`, 'room:1', 'ask', {}])
      await setImmediate()
    }
    assert.deepEqual(ended, ['joined again'])
    ada.disconnect()
    assert.deepEqual(ended, ['joined again', 'disconnected'])
    assert.deepEqual(sockets.list(), [])
  })
})

describe('Joins', () => {
  it('are asked for by a client only so often at once, also of one topic', async () => {
    const waiting: (() => void)[] = []
    const { connect } = await house(
      {
        join: async () => {
          await new Promise<void>((resolve) => waiting.push(resolve))
          return welcome()
        },
      },
      { limits: { channels: 3 } },
    )
    const ada = await connect()
    for (const ref of ['1', '2', '3', '4', '5']) ada.send([ref, ref, 'room:1', 'phx_join', {}])
    await setImmediate()
    assert.equal(waiting.length, 3)
    const refused = { status: 'error', response: { reason: 'too many channels joined' } }
    assert.deepEqual(
      ada.messages.filter(({ event }) => event === 'phx_reply').map(wire),
      ['4', '5'].map((ref) => [ref, ref, 'room:1', 'phx_reply', refused]),
    )

    for (const done of waiting) done()
    await setImmediate()
    assert.deepEqual(ada.messages.slice(3).map(wire), [
      ['3', '3', 'room:1', 'phx_reply', { status: 'ok', response: {} }],
      ['2', '2', 'room:1', 'phx_close', {}],
    ])
    ada.send(['6', '6', 'room:1', 'phx_join', {}])
    await setImmediate()
    assert.equal(waiting.length, 4)
  })
})

describe('A client that goes as it is let in', () => {
  it('is never `joined` after it has `ended`, whether it read too slowly or was sent away', async () => {
    const happened: string[] = []
    const over: House[] = []
    const own = await house(
      {
        joined: () => happened.push('joined'),
        ended: (_channel, reason) => happened.push(reason),
      },
      { observe: ({ kind }) => kind === 'joined' && over[0]?.sockets.disconnect('user:1') },
    )
    over.push(own)
    const outlet = new MemoryOutlet()
    const admitted = { visitor: 'Ada', id: undefined, serializer: v2 }
    const slow = own.sockets.open(admitted, outlet)
    outlet.unsentBytes = 2 * 1024 * 1024
    slow.receive('["1","1","room:1","phx_join",{}]')
    await setImmediate()
    assert.deepEqual(happened, ['disconnected'])
    assert.equal((await outlet.closed.take('to be closed', () => true)).code, 1013)

    const ada = await own.connect()
    ada.send(['1', '1', 'room:1', 'phx_join', {}])
    await ada.assertClosed(1001)
    await setImmediate()
    assert.deepEqual(happened.slice(1), ['disconnected'])
  })
})

describe('What is logged', () => {
  it('is one line, and no more than somebody would read, whatever a client sends', async () => {
    const logged: string[] = []
    const { connect } = await house({}, { log: (_level, message) => logged.push(message) })
    const ada = await connect()
    logged.length = 0
    ada.send(['1', '1', `room:\n${'x'.repeat(5000)}`, 'phx_join', { text: 'y'.repeat(50_000) }])
    await setImmediate()

    const [line = ''] = logged
    assert.match(line, /^Joined "room:\\nxxx/)
    assert.ok(!line.includes('\n') && line.length < 2500, line)
    assert.equal(logged.length, 1)
  })
})
