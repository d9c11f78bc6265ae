import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { localPubSub } from '@showrunner/pubsub'
import { Presence, type Socket } from 'phoenix'
import { z } from 'zod'
import { type ClientChannel, type ClientParams } from './client.ts'
import {
  channelFor,
  connected,
  createSockets,
  defineChannel,
  refuse,
  welcome,
  type Channel,
} from './index.ts'

const Room = defineChannel({
  topic: 'room:*',
  params: z.object({ since: z.coerce.number() }),
  joined: z.object({ here: z.number() }),
  in: {
    say: { payload: z.object({ text: z.string() }), reply: z.object({ number: z.number() }) },
    wave: { payload: z.object({}) },
    draw: { payload: z.instanceof(Uint8Array) },
  },
  out: { said: z.object({ text: z.string() }), drawn: z.instanceof(Uint8Array) },
  presence: z.object({ device: z.string() }),
})

interface Visitor {
  readonly name: string
}

const channel = channelFor<Visitor>()

// What is looked at here is that it compiles, and what does not: nothing of it is run.
const say = (_payload: { text: string }) => ({ number: 1 })
const wave = () => {}
const draw = (_bytes: Uint8Array) => {}

export const good = channel(Room, {
  join: async ({ name, params, visitor }) => {
    const since: number = params.since
    if (name === 'secret') return refuse('Only for members.')
    return welcome({ state: { since, by: visitor.name }, response: { here: 1 } })
  },
  joined: (here) => here.track(here.state.by, { device: 'phone' }),
  in: {
    say: ({ text }, here) => {
      here.state.since += 1
      here.broadcast('said', { text })
      return { number: here.state.since }
    },
    wave: (_payload, here) => {
      // @ts-expect-error: an event that is not declared
      here.push('sayd', { text: 'Hello' })
      // @ts-expect-error: a payload that is not declared
      here.push('said', { text: 3 })
      // @ts-expect-error: what a presence does not say of itself
      here.track('ada', { phone: true })
      // @ts-expect-error: a state that `join` did not give
      here.state.number += 1
    },
    draw: (bytes, here) => here.broadcastFrom('drawn', bytes),
  },
  intercept: { said: ({ text }, here) => here.push('said', { text: text.toUpperCase() }) },
  ended: (here, reason) => [here.state.since, reason],
})

/** In words of methods, with params taken apart: the state is known all the same, as `join` stands first. */
export const inMethods = channel(Room, {
  async join({ params, visitor }) {
    if (params.since < 0) return refuse({ reason: 'too early', since: 0 })
    return welcome({ state: visitor.name, response: { here: params.since } })
  },
  joined(here) {
    here.track(here.state.trim(), { device: 'phone' })
  },
  in: {
    say({ text }, here) {
      return { number: text.length + here.state.length }
    },
    wave(_payload, here) {
      here.push('said', { text: here.state })
    },
    draw() {},
  },
  intercept: {
    said({ text }, here) {
      here.push('said', { text: text + here.state })
    },
  },
  ended(here) {
    here.state.trim()
  },
})

// @ts-expect-error: a property that declarations do not have
export const misspelled = defineChannel({ topic: 'a', inn: { say: { payload: z.object({}) } } })

export const bad = [
  // @ts-expect-error: an event that is declared and not handled
  channel(Room, { join: () => welcome({ response: { here: 1 } }), in: { say, wave } }),
  channel(Room, {
    join: () => welcome({ response: { here: 1 } }),
    // @ts-expect-error: a reply that is not declared
    in: { say: () => ({ number: 'one' }), wave, draw },
  }),
  channel(Room, {
    // @ts-expect-error: a response to the join that is not declared
    join: () => welcome({ response: { there: 1 } }),
    in: { say, wave, draw },
  }),
]

export function onServer(here: Channel<typeof Room, Visitor>) {
  here.push('said', { text: `Hello, ${here.visitor.name}` })
  // @ts-expect-error: clients push it, and are never told it
  here.broadcast('say', { text: 'Hello' })
}

export function onClient(socket: Socket) {
  const params: ClientParams<typeof Room> = { since: 0 }
  const room = socket.channel('room:lobby', params) as ClientChannel<typeof Room>
  room.join().receive('ok', ({ here }) => here.toFixed())
  room.push('say', { text: 'Hello' }).receive('ok', ({ number }) => number.toFixed())
  room.push('say', { text: 'Hello' }).receive('error', ({ reason }) => reason?.trim())
  room.on('said', ({ text }) => text.trim())
  room.on('drawn', (bytes) => bytes.slice(1))
  room.push('draw', new ArrayBuffer(1))
  // @ts-expect-error: an event that is not declared
  room.push('sey', { text: 'Hello' })
  // @ts-expect-error: a payload that is not declared
  room.push('say', { words: 'Hello' })
  // @ts-expect-error: a reply that is not declared
  room.push('say', { text: 'Hello' }).receive('ok', ({ name }) => name)
  // @ts-expect-error: an event that clients are not told
  room.on('say', () => {})
  return new Presence(room)
}

describe('A declaration', () => {
  it('types a channel that runs', async () => {
    const pubsub = await localPubSub()
    const options = { pubsub, channels: [], connect: () => connected({ name: 'Ada' }) }
    assert.equal(createSockets<Visitor>(options).count, 0)
  })

  it('cannot have events of the protocol, a topic with a star within, or room for no message', () => {
    const event = { payload: z.object({}) }
    assert.throws(
      () => defineChannel({ topic: 'a', in: { phx_join: event } }),
      /"phx_join" on "a" is an event of the protocol/,
    )
    assert.throws(
      () => defineChannel({ topic: 'a', out: { chan_reply_1: z.object({}) } }),
      /"chan_reply_1" on "a" is an event of the protocol/,
    )
    assert.throws(
      () =>
        defineChannel({
          topic: 'a',
          out: { presence_diff: z.object({}) },
          presence: z.object({}),
        }),
      /"presence_diff" on "a" is an event of the protocol/,
    )
    assert.throws(() => defineChannel({ topic: 'a:*:b' }), /expected a topic like "room:lobby"/)
    assert.throws(() => defineChannel({ topic: '' }), /expected a topic like "room:lobby"/)
    assert.throws(() => defineChannel({ topic: 'phx_a:*' }), /expected a topic like "room:lobby"/)
    assert.throws(() => defineChannel({ topic: 'a', replay: 0 }), /replay of "a" to be 1 or more/)
  })

  it('needs a handler for each event, a presence where it declares one, and a topic of its own', async () => {
    const pubsub = await localPubSub()
    const connect = () => connected({ name: 'Ada' })
    const without = channel(Room, {
      join: () => welcome({ response: { here: 1 } }),
      in: { say, wave } as never,
    })
    const plain = channel(defineChannel({ topic: 'plain' }), { join: () => welcome() })

    assert.throws(
      () => createSockets({ pubsub, connect, channels: [good] }),
      /the channel of "room:\*" declares presence: give `createSockets` one/,
    )
    assert.throws(
      () => createSockets({ pubsub, connect, channels: [without], presence: {} as never }),
      /"draw" of "room:\*" is declared, and there is no handler/,
    )
    assert.throws(
      () => createSockets({ pubsub, connect, channels: [plain, plain] }),
      /there are two channels for "plain"/,
    )
    const all = channel(defineChannel({ topic: 'pl*' }), { join: () => welcome() })
    assert.throws(
      () => createSockets({ pubsub, connect, channels: [all, plain] }),
      /"plain" is never reached, as "pl\*" stands before it/,
    )
    assert.equal(createSockets({ pubsub, connect, channels: [plain, all] }).count, 0)
  })

  it('has sockets whose limits are numbers above 0, under their names', async () => {
    const parts = {
      pubsub: await localPubSub(),
      channels: [],
      connect: () => connected({ name: 'Ada' }),
    }
    for (const channels of [0, -1, Number.NaN, Infinity]) {
      assert.throws(
        () => createSockets({ ...parts, limits: { channels } }),
        /expected the limit "channels" to be a number above 0, got: /,
      )
    }
    assert.throws(
      () => createSockets({ ...parts, limits: { chanels: 3 } as never }),
      /there is no limit "chanels". Those there are: channels, messageBytes/,
    )
    const { limits } = createSockets({ ...parts, limits: { joinMs: 5 } })
    assert.deepEqual([limits.joinMs, limits.channels], [5, 100])
  })

  it('is broadcast to by topics that are its own', async () => {
    const pubsub = await localPubSub()
    const heard: unknown[] = []
    pubsub.subscribe('room:1', (message) => heard.push(message))
    const sockets = createSockets({
      pubsub,
      channels: [],
      connect: () => connected({ name: 'Ada' }),
    })
    sockets.broadcast(Room, 'room:1', 'said', { text: 'Hello' })
    assert.deepEqual(heard, [{ event: 'said', payload: { text: 'Hello' } }])
    assert.throws(
      () => sockets.broadcast(Room, 'rooms:1', 'said', { text: 'Hello' }),
      /expected a topic of "room:\*", got: "rooms:1"/,
    )
  })
})
