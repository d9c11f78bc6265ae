import { channels, createSockets, type Sockets } from '@showrunner/channels'
import { type Change } from '@showrunner/live'
import { createPresence } from '@showrunner/presence'
import { type Log } from '@showrunner/pubsub'
import { type FastifyInstance } from 'fastify'
import { connectTo } from '../channels/connect.ts'
import { deskChannel } from '../channels/desk.ts'
import { DeskWatch } from '../channels/desk-watch.ts'
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
  const { live, pubsub, publicUrl } = app.parts
  const log: Log = (level, message) => app.log[LEVELS[level]](message)
  const presence = createPresence({ pubsub, log })
  const watch = new PageWatch({ pages: app.keptPages, pubsub, log })
  const desks = new DeskWatch()
  const own = createSockets<Visitor>({
    pubsub,
    presence,
    log,
    channels: [
      pageChannel(app, watch),
      showChannel(app, presence),
      editingChannel(app),
      deskChannel(app, desks),
    ],
    connect: connectTo(app),
  })

  const deaf = live?.onChange((change) => {
    desks.changed(change)
    letGoOfHosts(own, change)
  })

  // Who signed out while this node was cut off, of that it was not told. Who has a session comes back at once.
  const stopSuspecting = pubsub.on('reconnected', () =>
    own.shed(own.count, ({ id }) => id !== undefined),
  )

  app.decorate('sockets', own)
  app.decorate('desks', desks)
  app.decorate('disconnect', (personId: number) => own.disconnect(socketsOf(personId)))
  await app.register(channels, {
    sockets: own,
    path: SOCKET_PATH,
    checkOrigin: originsOf(publicUrl),
  })
  app.addHook('onClose', async () => {
    deaf?.()
    stopSuspecting()
    watch.close()
    desks.close()
    await presence.stop()
  })
}

/** Who comes to host a podcast, or does no more, may do something else from now on, whoever wrote that down. */
function letGoOfHosts(own: Sockets, change: Change | 'anything'): void {
  if (change !== 'anything' && change.table !== 'podcast_hosts') return
  // Of too many, or of what was not heard, nobody says whose it was.
  const ids = change === 'anything' ? undefined : change.values?.get('person_id')
  const isMeant = (visitor: Visitor) =>
    ids ? ids.includes(String(visitor.account?.person.id)) : !!visitor.account?.hostOf.length
  const here = own.list().filter(({ visitor }) => isMeant(visitor as Visitor))
  for (const id of new Set(here.map((socket) => socket.id))) {
    if (id !== undefined) own.disconnect(id)
  }
}

/** Only pages of the site itself connect with its cookies. On one's own machine it has several names. */
function originsOf(publicUrl: string): readonly string[] {
  const { origin, hostname } = new URL(publicUrl)
  return HERE.includes(hostname) ? [origin, ...HERE.map((host) => `//${host}`)] : [origin]
}
