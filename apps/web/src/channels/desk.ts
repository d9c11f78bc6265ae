import { channelFor, refuse, welcome } from '@showrunner/channels'
import { type FastifyInstance } from 'fastify'
import { DeskChannel } from './desk-channel.ts'
import { type DeskWatch } from './desk-watch.ts'
import { deskAt } from './desks.ts'
import { type Visitor } from './visitor.ts'

const NOT_THEIRS = 'This is not yours to see.'

/** Tells nothing but that something changed: what it is, the page says to who may read it. */
export function deskChannel(app: FastifyInstance, watch: DeskWatch) {
  const { live, pubsub, repo } = app.parts

  return channelFor<Visitor>()(DeskChannel, {
    async join({ name, params: { seen }, visitor: { account, within } }) {
      const desk = account && deskAt(name)
      const isTheirs = desk && (await within(async () => desk.isTheirs(account, repo)))
      if (!desk || !isTheirs) return refuse(NOT_THEIRS)
      if (!live) return refuse('not live')
      // Every node hears of each change itself.
      const tell = () => pubsub.localBroadcast(`desk:${name}`, { event: 'stale', payload: {} })
      watch.enter(name, desk.shows, tell)
      return welcome({ state: { name, shows: desk.shows, seen } })
    },

    joined(channel) {
      const { shows, seen } = channel.state
      if (watch.isStale(seen, shows)) channel.push('stale', {})
    },

    ended: ({ state }) => watch.leave(state.name),
  })
}
