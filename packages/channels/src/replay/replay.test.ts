import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import Fastify from 'fastify'
import { Socket } from 'phoenix'
import { z } from 'zod'
import { localNetwork, localPubSub, type LocalNetwork } from '@showrunner/pubsub'
import {
  channelFor,
  channels,
  connected,
  createSockets,
  defineChannel,
  welcome,
  type Sockets,
} from '../index.ts'

const Text = z.object({ text: z.string() })
const Room = defineChannel({
  topic: 'room:*',
  params: z.strictObject({}),
  in: { say: { payload: Text } },
  out: { said: Text, sound: z.instanceof(Uint8Array), secret: Text },
  replay: 3,
})
const room = channelFor<string>()(Room, {
  join: () => welcome(),
  in: { say: (said, channel) => channel.broadcastFrom('said', said) },
  intercept: {
    secret: ({ text }, channel) =>
      channel.push('secret', { text: `${text} for ${channel.visitor}` }),
  },
})
const LOBBY = 'room:lobby'

interface Node {
  readonly sockets: Sockets
  readonly address: string
}

async function open(t: TestContext, network: LocalNetwork = localNetwork()): Promise<Node> {
  const pubsub = await localPubSub({ network })
  const sockets = createSockets({
    pubsub,
    channels: [room],
    connect: ({ params }) => connected(String(params['name']), 'all'),
  })
  const app = Fastify()
  await app.register(channels, { sockets, drain: false })
  await app.listen({ port: 0, host: '127.0.0.1' })
  t.after(async () => {
    await app.close()
    await pubsub.close()
  })
  const { port } = app.server.address() as AddressInfo
  return { sockets, address: `ws://127.0.0.1:${port}/socket` }
}

/** The official client, and the lines of the README. It goes on with `seen` where another one ended. */
function join(t: TestContext, { address }: Node, seen: string | null, vsn = '2.0.0') {
  const socket = new Socket(address, {
    params: { name: 'Ada' },
    vsn,
    ...(vsn === '1.0.0' ? VERSION_1 : {}),
    reconnectAfterMs: () => 5,
    rejoinAfterMs: () => 5,
  })
  const got: [string, unknown][] = []
  const news = new EventTarget()
  const client = {
    seen,
    socket,
    got,
    channel: socket.channel(LOBBY, () => ({ replay: client.seen })),
  }
  client.channel.onMessage = (event, payload, ref) => {
    if (ref?.includes('.')) client.seen = ref
    if (!/^(phx|chan)_/.test(event)) got.push([event, payload])
    news.dispatchEvent(new Event('news'))
    return payload
  }
  socket.connect()
  client.channel.join()
  t.after(() => socket.disconnect())
  const hears = async (count: number) => {
    while (got.length < count) await once(news, 'news')
    return got.splice(0)
  }
  return { ...client, hears, seenNow: () => client.seen }
}

/** As clients spoke before Phoenix 1.4. */
const VERSION_1 = {
  encode: (message: object, done: (text: string) => void) => done(JSON.stringify(message)),
  decode: (text: string, done: (message: object) => void) => done(JSON.parse(text) as object),
}

const said = (text: string): [string, unknown] => ['said', { text }]
const replay = (missed: number, complete = true): [string, unknown] => [
  'replay',
  { complete, missed },
]

describe('replay', () => {
  it('brings a client that lost its connection what it missed, each once, and goes on', async (t) => {
    const node = await open(t)
    const ada = join(t, node, null)
    assert.deepEqual(await ada.hears(1), [replay(0)])
    node.sockets.broadcast(Room, LOBBY, 'said', { text: 'one' })
    assert.deepEqual(await ada.hears(1), [said('one')])

    node.sockets.disconnect('all')
    node.sockets.broadcast(Room, LOBBY, 'said', { text: 'two' })
    node.sockets.broadcast(Room, LOBBY, 'said', { text: 'three' })

    assert.deepEqual(await ada.hears(3), [replay(2), said('two'), said('three')])
    node.sockets.broadcast(Room, LOBBY, 'said', { text: 'four' })
    assert.deepEqual(await ada.hears(1), [said('four')])
  })

  for (const vsn of ['1.0.0', '2.0.0']) {
    it(`is the same at another node, also in version ${vsn}`, async (t) => {
      const network = localNetwork()
      const [one, other] = [await open(t, network), await open(t, network)]
      const ada = join(t, one, null, vsn)
      await ada.hears(1)
      one.sockets.broadcast(Room, LOBBY, 'said', { text: 'one' })
      await ada.hears(1)
      ada.socket.disconnect()
      other.sockets.broadcast(Room, LOBBY, 'said', { text: 'two' })
      one.sockets.broadcast(Room, LOBBY, 'said', { text: 'three' })

      const back = join(t, other, ada.seenNow(), vsn)

      const [first, ...rest] = await back.hears(3)
      assert.deepEqual(first, replay(2))
      assert.deepEqual(new Set(rest), new Set([said('three'), said('two')]))
    })
  }

  it('says that it is not complete when more was missed than is kept, and to whom nobody knows', async (t) => {
    const node = await open(t)
    const ada = join(t, node, null)
    await ada.hears(1)
    ada.socket.disconnect()
    for (const text of ['1', '2', '3', '4']) node.sockets.broadcast(Room, LOBBY, 'said', { text })

    const [late, stranger, silly] = [
      join(t, node, ada.seenNow()),
      join(t, node, '0-unknown.a:1'),
      join(t, node, '<script>'),
    ]

    for (const client of [late, stranger, silly]) {
      assert.deepEqual(await client.hears(1), [replay(0, false)])
      assert.match(client.seenNow() ?? '', /^0-.+:4$/)
    }
  })

  it('does not tell a client again what it said itself', async (t) => {
    const node = await open(t)
    const ada = join(t, node, null)
    await ada.hears(1)
    const bob = join(t, node, null)
    await bob.hears(1)

    ada.channel.push('say', { text: 'mine' })
    assert.deepEqual(await bob.hears(1), [said('mine')])
    assert.deepEqual(await ada.hears(1), [replay(0)])
    node.sockets.disconnect('all')

    assert.deepEqual([await ada.hears(1), await bob.hears(1)], [[replay(0)], [replay(0)]])
  })

  it('goes through the handler of an event that has one', async (t) => {
    const node = await open(t)
    const ada = join(t, node, null)
    await ada.hears(1)
    ada.socket.disconnect()
    node.sockets.broadcast(Room, LOBBY, 'secret', { text: 'a key' })

    const back = join(t, node, ada.seenNow())

    const told = await back.hears(3)
    assert.deepEqual(told, [replay(1), ['secret', { text: 'a key for Ada' }], replay(0)])
    back.socket.disconnect()
    assert.deepEqual(await join(t, node, back.seenNow()).hears(1), [replay(0)])
  })

  it('keeps no bytes', async (t) => {
    const node = await open(t)
    const ada = join(t, node, null)
    await ada.hears(1)
    const before = ada.seenNow()
    node.sockets.broadcast(Room, LOBBY, 'sound', new Uint8Array([1, 2, 3]))
    await ada.hears(1)
    ada.socket.disconnect()

    assert.equal(ada.seenNow(), before)
    assert.deepEqual(await join(t, node, before).hears(1), [replay(0)])
  })
})
