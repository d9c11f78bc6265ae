import { type FastifyInstance } from 'fastify'
import { longPollTransport } from './longpoll/long-poll-transport.ts'
import { answerWhileClosing } from './longpoll/while-closing.ts'
import { Mount } from './mount.ts'
import { originCheck, type CheckOrigin } from './origin.ts'
import { assertDrain, type DrainOptions, type Sockets } from './sockets.ts'
import { webSocketTransport } from './websocket/web-socket-transport.ts'

export interface ChannelsOptions {
  readonly sockets: Sockets
  /** Where clients connect, `/socket` unless told: `<path>/websocket` and `<path>/longpoll`. */
  readonly path?: string
  readonly checkOrigin?: CheckOrigin
  /** How clients are sent away when the program ends; `false` closes them all at once. */
  readonly drain?: DrainOptions | false
}

/** `await app.register(channels, { sockets })`: sockets beside the site, closed with it. */
export async function channels(app: FastifyInstance, options: ChannelsOptions): Promise<void> {
  const { sockets, path = '/socket', checkOrigin = true, drain = {} } = options
  if (drain) assertDrain(drain)
  const transport = { sockets, path, mayConnect: originCheck(checkOrigin) }
  const end = webSocketTransport(app, transport)
  await app.register(longPollTransport, transport)
  app.addHook('preClose', async () => {
    answerWhileClosing(app.server, new Mount(path, 'longpoll'))
    if (drain) await sockets.drain(drain)
    await sockets.close()
    await end()
  })
}
