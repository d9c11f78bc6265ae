import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { localPubSub } from '@showrunner/pubsub'
import { z } from 'zod'
import {
  channelFor,
  connected,
  createSockets,
  defineChannel,
  notConnected,
  refuse,
  welcome,
} from '../index.ts'
import { connect } from './index.ts'

const Room = defineChannel({
  topic: 'room:*',
  params: z.object({ name: z.string() }),
  joined: z.object({ here: z.number() }),
  in: {
    say: { payload: z.object({ text: z.string() }), reply: z.object({ number: z.number() }) },
    wave: { payload: z.object({}) },
    lie: { payload: z.object({}), reply: z.object({ number: z.number() }) },
  },
  out: { said: z.object({ text: z.string(), by: z.string() }), waved: z.object({}) },
})

const room = channelFor<{ name: string }>()(Room, {
  join: ({ name, params }) =>
    name === 'secret'
      ? refuse('Only for members.')
      : welcome({ state: { name: params.name }, response: { here: 1 } }),
  in: {
    say: ({ text }, channel) => {
      channel.broadcast('said', { text, by: channel.state.name })
      return { number: 1 }
    },
    wave: (_payload, channel) => channel.broadcastFrom('waved', {}),
    lie: (_payload, channel) => {
      channel.push('said', { text: 3, by: 'nobody' } as never)
      return { number: 'one' } as never
    },
  },
})

async function sockets() {
  return createSockets<{ name: string }>({
    pubsub: await localPubSub(),
    channels: [room],
    connect: ({ params }) =>
      params['name'] === 'Mallory' ? notConnected('no') : connected({ name: 'Ada' }, 'user:1'),
  })
}

describe('A test of a channel', () => {
  it('joins, pushes, and sees what comes of it', async () => {
    const ada = await connect(await sockets())
    const lobby = await ada.subscribeAndJoin(Room, 'room:lobby', { name: 'Ada' })
    await lobby.push('say', { text: 'Hello' }).assertReply('ok', { number: 1 })
    const said = await lobby.assertPush('said', { text: 'Hello' })
    await lobby.assertBroadcast('said', { by: 'Ada' })

    assert.deepEqual(said, { text: 'Hello', by: 'Ada' })
    assert.deepEqual(lobby.joined, { here: 1 })
  })

  it('sees a broadcast that does not come to the client, and that nothing else came', async () => {
    const ada = await connect(await sockets())
    const lobby = await ada.subscribeAndJoin(Room, 'room:lobby', { name: 'Ada' })

    lobby.push('wave', {})

    await lobby.refutePush('waved')
    await lobby.assertBroadcast('waved')
    await lobby.refuteBroadcast('waved')
  })

  it('sees who is refused, and with what', async () => {
    const ada = await connect(await sockets())
    await ada.assertRefused(Room, 'room:secret', { name: 'Ada' }, { reason: 'Only for members.' })
    // @ts-expect-error: params that are not declared do not compile
    await ada.assertRefused(Room, 'room:lobby', { name: 3 }, { reason: 'invalid params' })
    await assert.rejects(
      ada.subscribeAndJoin(Room, 'room:secret', { name: 'Ada' }),
      /expected to join "room:secret", and was refused with { reason: 'Only for members.' }/,
    )
    await assert.rejects(connect(await sockets(), { params: { name: 'Mallory' } }), /403 no/)
  })

  it('sees a client leave, go away, and be disconnected', async () => {
    const all = await sockets()
    const ada = await connect(all)
    const lobby = await ada.subscribeAndJoin(Room, 'room:lobby', { name: 'Ada' })
    await lobby.leave()
    assert.deepEqual(all.list()[0]?.channels, [])

    all.disconnect('user:1')
    await ada.assertClosed(1001)
    assert.equal(all.count, 0)

    const bob = await connect(all)
    bob.disconnect()
    assert.equal(all.count, 0)
  })

  it('is told what came instead of what it expected', async () => {
    const ada = await connect(await sockets())
    const lobby = await ada.subscribeAndJoin(Room, 'room:lobby', { name: 'Ada' })

    const push = lobby.push('say', { text: 'Hello' })

    await assert.rejects(
      push.assertReply('ok', { number: 2 }),
      /expected the reply to "say" to be ok { number: 2 }, and it was ok { number: 1 }/,
    )
  })

  it('does not believe a server that sends something else than was declared', async () => {
    const ada = await connect(await sockets())
    const lobby = await ada.subscribeAndJoin(Room, 'room:lobby', { name: 'Ada' })

    const push = lobby.push('lie', {})

    await assert.rejects(
      lobby.assertPush('said'),
      /"said" on "room:lobby" is not what was declared/,
    )
    await assert.rejects(push.assertReply('ok'), /the reply to "lie" is not what was declared/)
  })
})
