import { channels, createSockets } from '@showrunner/channels'
import { createPresence } from '@showrunner/presence'
import { type Log } from '@showrunner/pubsub'
import { type FastifyInstance } from 'fastify'
import { connectTo } from '../channels/connect.ts'
import { editingChannel } from '../channels/editing.ts'
import { pageChannel } from '../channels/page.ts'
import { PageWatch } from '../channels/page-watch.ts'
import { showChannel } from '../channels/show.ts'
import { socketsOf, type Visitor } from '../channels/visitor.ts'

export const SOCKET_PATH = '/socket'

const LEVELS = { error: 'error', warning: 'warn', info: 'info', debug: 'debug' } as const
const HERE = ['localhost', '127.0.0.1', '[::1]']

/** `app.sockets`: one connection for each browser, with as many topics as its pages need. */
export default async function sockets(app: FastifyInstance): Promise<void> {
  const { pubsub, publicUrl } = app.parts
  const log: Log = (level, message) => app.log[LEVELS[level]](message)
  const presence = createPresence({ pubsub, log })
  const watch = new PageWatch({ pages: app.keptPages, pubsub, log })
  const own = createSockets<Visitor>({
    pubsub,
    presence,
    log,
    channels: [pageChannel(app, watch), showChannel(app, presence), editingChannel(app)],
    connect: connectTo(app),
  })

  app.decorate('sockets', own)
  app.decorate('disconnect', (personId: number) => own.disconnect(socketsOf(personId)))
  await app.register(channels, {
    sockets: own,
    path: SOCKET_PATH,
    checkOrigin: originsOf(publicUrl),
  })
  app.addHook('onClose', async () => {
    watch.close()
    await presence.stop()
  })
}

/** Only pages of the site itself connect with its cookies. On one's own machine it has several names. */
function originsOf(publicUrl: string): readonly string[] {
  const { origin, hostname } = new URL(publicUrl)
  return HERE.includes(hostname) ? [origin, ...HERE.map((host) => `//${host}`)] : [origin]
}
