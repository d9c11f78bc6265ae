import { type AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import { createPresence, type Timing } from '@showrunner/presence'
import { localPubSub, type PubSub } from '@showrunner/pubsub'
import { channels, createSockets, type Limits, type Sockets } from '../../index.ts'
import { pages } from './pages.ts'
import { connect, roomChannel } from './rooms.ts'

export interface HouseOptions {
  readonly port?: number
  readonly pubsub?: PubSub
  readonly limits?: Partial<Limits>
  readonly timing?: Partial<Timing>
  readonly log?: (level: string, message: string) => void
}

/** A site with rooms, as any site has them. */
export interface House {
  readonly port: number
  /** Of the page, and what its socket is below. */
  readonly url: string
  readonly endPoint: string
  readonly sockets: Sockets
  readonly app: FastifyInstance
  /** Who is in a room, as this node knows it. */
  present(topic: string): string[]
  close(): Promise<void>
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { port = 0, limits = {}, timing = {}, log = () => {} } = options
  const pubsub = options.pubsub ?? (await localPubSub())
  const presence = createPresence({ pubsub, diffPeriodMs: 20, log, ...timing })
  const sockets: Sockets = createSockets({
    pubsub,
    presence,
    channels: [roomChannel(() => sockets)],
    connect,
    limits: { messagesPerSecond: 1_000, ...limits },
    log,
  })
  const app = fastify({ forceCloseConnections: true })
  await app.register(pages)
  await app.register(channels, { sockets, drain: { batch: 2, intervalMs: 20 } })
  await app.listen({ port, host: '127.0.0.1' })
  const { port: opened } = app.server.address() as AddressInfo

  return {
    port: opened,
    url: `http://127.0.0.1:${opened}`,
    endPoint: `ws://127.0.0.1:${opened}/socket`,
    sockets,
    app,
    present: (topic) => Object.keys(presence.listMetas(topic)).sort(),
    async close() {
      await app.close()
      await presence.stop()
      await pubsub.close()
    },
  }
}
