import { type FakeTime, fakeTime } from '@showrunner/presence/testing'
import { type AddressInfo } from 'node:net'
import { type TestContext } from 'node:test'
import fastify, { type FastifyInstance } from 'fastify'
import { localPubSub, type PubSub } from '@showrunner/pubsub'
import { z } from 'zod'
import { channels, type ChannelsOptions } from '../../channels.ts'
import { refuse, welcome } from '../../answers.ts'
import { channelFor, type EndReason } from '../../channel.ts'
import { connected, type Connected, type ConnectRequest, type NotConnected } from '../../connect.ts'
import { defineChannel } from '../../declaration.ts'
import { type Limits } from '../../limits.ts'
import { type SocketEvent } from '../../observing.ts'
import { createSockets, type Sockets } from '../../sockets.ts'
import { Seen } from '../../testing/seen.ts'

export const Room = defineChannel({
  topic: 'room:*',
  in: {
    say: { payload: z.object({ text: z.string() }), reply: z.object({ said: z.string() }) },
    weigh: { payload: z.instanceof(Uint8Array), reply: z.object({ bytes: z.number() }) },
    crash: { payload: z.unknown() },
  },
  out: { said: z.object({ text: z.string() }), bytes: z.instanceof(Uint8Array) },
})

type Answer = Connected<undefined> | NotConnected

export interface SiteOptions extends Omit<ChannelsOptions, 'sockets'> {
  readonly connect?: (request: ConnectRequest) => Answer | Promise<Answer>
  readonly limits?: Partial<Limits>
  readonly pubsub?: PubSub
  /** What else is at the site, before sockets are. */
  readonly beside?: (app: FastifyInstance) => void
}

/** A site with rooms, in a time of its own. */
export interface Site {
  readonly app: FastifyInstance
  readonly port: number
  readonly sockets: Sockets
  readonly time: FakeTime
  /** What `connect` was asked. */
  readonly asked: ConnectRequest[]
  readonly events: Seen<SocketEvent>
  readonly log: string[]
  readonly ended: Seen<{ topic: string; reason: EndReason }>
  /** What is done before it closes: who does not answer is not waited for, in a time that stands still. */
  readonly beforeClose: (() => void)[]
}

export async function openSite(t: TestContext, options: SiteOptions = {}): Promise<Site> {
  const { connect = () => connected(undefined), limits = {}, beside, ...others } = options
  const pubsub = options.pubsub ?? (await localPubSub())
  const time = fakeTime()
  const asked: ConnectRequest[] = []
  const log: string[] = []
  const events = new Seen<SocketEvent>()
  const ended: Site['ended'] = new Seen()
  const sockets = createSockets<undefined>({
    pubsub,
    channels: [room(ended)],
    connect(request) {
      asked.push(request)
      return connect(request)
    },
    limits,
    time,
    log: (level, message) => log.push(`${level}: ${message}`),
    observe: (event) => events.add(event),
  })
  const app = fastify({ forceCloseConnections: true })
  beside?.(app)
  await app.register(channels, { drain: false, ...others, sockets })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const beforeClose: (() => void)[] = []
  t.after(async () => {
    for (const leave of beforeClose) leave()
    await app.close()
    await pubsub.close()
  })
  const { port } = app.server.address() as AddressInfo
  return { app, port, sockets, time, asked, events, log, ended, beforeClose }
}

function room(ended: Site['ended']) {
  return channelFor<undefined>()(Room, {
    join: ({ name }) => (name === 'locked' ? refuse('Only for members.') : welcome()),
    in: {
      say({ text }, channel) {
        channel.broadcast('said', { text })
        return { said: text }
      },
      weigh: (bytes) => ({ bytes: bytes.length }),
      crash() {
        throw new Error('crashed on purpose')
      },
    },
    ended: ({ topic }, reason) => ended.add({ topic, reason }),
  })
}
