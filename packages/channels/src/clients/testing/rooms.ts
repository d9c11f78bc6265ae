import { z } from 'zod'
import {
  answer,
  channelFor,
  connected,
  defineChannel,
  notConnected,
  refuse,
  welcome,
  type ConnectRequest,
  type Sockets,
} from '../../index.ts'

/** A channel in which a client can have everything done that a server does. */
export const Room = defineChannel({
  topic: 'room:*',
  params: z.object({ name: z.string(), device: z.string().default('') }),
  joined: z.object({ welcome: z.string() }),
  in: {
    say: { payload: z.object({ text: z.string() }), reply: z.object({ said: z.string() }) },
    whisper: { payload: z.object({ text: z.string() }), reply: z.object({}) },
    mumble: { payload: z.object({ text: z.string() }) },
    wonder: { payload: z.object({ status: z.string() }), reply: z.object({}) },
    turn: { payload: z.instanceof(Uint8Array), reply: z.instanceof(Uint8Array) },
    weigh: { payload: z.instanceof(Uint8Array), reply: z.object({ sum: z.number() }) },
    scatter: { payload: z.object({ bytes: z.array(z.number()) }), reply: z.object({}) },
    crash: { payload: z.unknown() },
    close: { payload: z.unknown() },
    kick: { payload: z.unknown() },
  },
  out: {
    said: z.object({ text: z.string(), by: z.string() }),
    bytes: z.instanceof(Uint8Array),
    own: z.instanceof(Uint8Array),
  },
  presence: z.object({ device: z.string() }),
})

interface Visitor {
  readonly id: string
}

let visitors = 0

export function connect({ params }: ConnectRequest) {
  if (params['token'] === 'stolen') return notConnected('stolen')
  visitors += 1
  const id = `visitor:${process.pid}:${visitors}`
  return connected<Visitor>({ id }, id)
}

const channel = channelFor<Visitor>()

/** `sockets` are those it is a channel of. */
export function roomChannel(sockets: () => Sockets) {
  return channel(Room, {
    join({ name, params }) {
      if (name === 'locked') return refuse('Only for members.')
      return welcome({ state: params, response: { welcome: params.name } })
    },
    joined: (room) => room.track(room.state.name, { device: room.state.device }),
    in: {
      say({ text }, room) {
        room.broadcast('said', { text, by: room.state.name })
        return { said: text }
      },
      whisper({ text }, room) {
        room.broadcastFrom('said', { text, by: room.state.name })
        return {}
      },
      mumble: ({ text }, room) => room.broadcast('said', { text, by: room.state.name }),
      wonder: ({ status }) => (status === 'error' ? refuse('No.') : answer(status, { status })),
      turn: (bytes) => bytes.toReversed(),
      weigh: (bytes) => ({ sum: bytes.reduce((sum, byte) => sum + byte, 0) }),
      scatter({ bytes }, room) {
        room.push('own', new Uint8Array(bytes))
        room.broadcast('bytes', new Uint8Array(bytes))
        return {}
      },
      crash: () => {
        throw new Error('the kettle is empty')
      },
      close: (_nothing, room) => room.close(),
      kick: (_nothing, room) => sockets().disconnect(room.visitor.id),
    },
  })
}
