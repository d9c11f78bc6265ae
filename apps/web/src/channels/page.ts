import { channelFor, refuse, welcome } from '@showrunner/channels'
import { type FastifyInstance } from 'fastify'
import { LONGEST_KEY, PageChannel } from './page-channel.ts'
import { type PageWatch } from './page-watch.ts'
import { type Visitor } from './visitor.ts'

const channel = channelFor<Visitor>()

/** The pages that are open in browsers: everybody who shows one is told how it changes. */
export function pageChannel(app: FastifyInstance, watch: PageWatch) {
  const { live } = app.parts

  return channel(PageChannel, {
    async join({ name, params: { version } }) {
      if (!live) return refuse('not live')
      const page = name.length <= LONGEST_KEY ? app.pageAt(name) : undefined
      const open = page ? await watch.enter(page) : 'gone'
      return typeof open === 'string' ? refuse(open) : welcome({ state: { open, version } })
    },

    async joined(channel) {
      const { open, version } = channel.state
      // They may have it from a node that hears changes a little sooner.
      if (!open.knows(version)) {
        await live?.caughtUp()
        await open.known()
      }
      const missed = open.since(version)
      if (missed?.event === 'changed') channel.push('changed', missed.payload)
      else if (missed) channel.push('refresh', {})
    },

    ended: ({ state }) => watch.leave(state.open),
  })
}
