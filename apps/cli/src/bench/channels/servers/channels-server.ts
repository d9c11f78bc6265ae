import { type AddressInfo } from 'node:net'
import {
  channelFor,
  channels,
  connected,
  createSockets,
  defineChannel,
  welcome,
} from '@showrunner/channels'
import { createPresence } from '@showrunner/presence'
import { localPubSub } from '@showrunner/pubsub'
import Fastify from 'fastify'
import { z } from 'zod'
import { PRESENCE_TOPIC, TOPIC } from '../subjects.ts'
import { type Served } from './served.ts'

const said = z.object({ text: z.string() })
const Room = defineChannel({
  topic: 'room:*',
  in: { echo: { payload: said, reply: said } },
  out: { said },
})
const Crowd = defineChannel({ topic: 'crowd:*', presence: z.object({ mood: z.string() }) })

interface Visitor {
  readonly user: number
}

const channel = channelFor<Visitor>()
const room = channel(Room, { join: () => welcome(), in: { echo: ({ text }) => ({ text }) } })
const crowd = channel(Crowd, {
  join: () => welcome(),
  joined: (member) => member.track(member.id, { mood: 'fine' }),
})

/** More than a client of a bench ever asks for, so that it is the work that is measured, and not that it was refused. */
const PLENTY = 1e9
const HALF_AN_HOUR_MS = 30 * 60_000

/**
 * The channels as a program has them: beside a site in Fastify, with visitors who are known, and a declaration that everything
 * is checked by.
 */
export async function serveChannels(): Promise<Served> {
  let visitors = 0
  const pubsub = await localPubSub()
  const presence = createPresence({ pubsub })
  const sockets = createSockets<Visitor>({
    pubsub,
    presence,
    channels: [room, crowd],
    connect: () => connected({ user: (visitors += 1) }, `user:${visitors}`),
    limits: { messagesPerSecond: PLENTY, messagesAtOnce: PLENTY, silentMs: HALF_AN_HOUR_MS },
  })
  let diffs = 0
  pubsub.subscribe(PRESENCE_TOPIC, () => (diffs += 1))

  const app = Fastify()
  await app.register(channels, { sockets, path: '/socket' })
  await app.listen({ port: 0, host: '127.0.0.1', backlog: 4096 })
  return {
    // Listening on an address, not on a pipe.
    port: (app.server.address() as AddressInfo).port,
    broadcast: (text) => sockets.broadcast(Room, TOPIC, 'said', { text }),
    get diffs() {
      return diffs
    },
  }
}
