import { channelFor, refuse, welcome } from '@showrunner/channels'
import * as live from '@showrunner/domain/live'
import { type Presence } from '@showrunner/presence'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { applause } from './applause.ts'
import { crowd } from './crowd.ts'
import { describeShow } from './describe-show.ts'
import { inName } from './in-show.ts'
import { measures } from './measures.ts'
import { messageOf, refusalOf } from './show-messages.ts'
import { ShowChannel } from './show-channel.ts'
import { type Visitor } from './visitor.ts'

const channel = channelFor<Visitor>()

const EPISODE_ID = /^[1-9]\d{0,14}$/

/** What happens beside a live show: everybody reads, who is signed in writes, who works on the podcast looks after it. */
export function showChannel(app: FastifyInstance, presence: Presence) {
  const { clock, repo } = app.parts
  const others = crowd(app.parts.pubsub, presence)
  const hands = applause(app)
  const moderators = measures(app)

  return channel(ShowChannel, {
    async join({ name, params, visitor }) {
      if (!EPISODE_ID.test(name)) return refuse('There is no such show.')
      const id = Number(name)
      const joined = await visitor.within(async () => {
        const show = await live.findLiveShow(repo, id)
        return (
          show && describeShow(app, show, { account: visitor.account, others: others.count(id) })
        )
      })
      if (!joined) return refuse('There is no such show.')
      const { episode, response } = joined
      return welcome({ state: { episode, browser: params.browser }, response })
    },

    joined(channel) {
      const { account } = channel.visitor
      const { episode, browser } = channel.state
      if (!account) return others.enter(episode.id, channel.id, browser)
      const { id, name, handle } = account.person
      return channel.track(id, { name, href: addresses.person(handle) })
    },

    in: {
      say: ({ text }, channel) =>
        inName(channel, 'chat', async (account, { episode }) => {
          const saved = await live.say(repo, episode, account.person, { text }, clock())
          if (!saved.ok) return refusalOf(saved.changeset)
          channel.broadcast('said', messageOf({ ...saved.value, person: account.person }))
          return { id: saved.value.id }
        }),

      earlier: ({ before }, { state, visitor }) =>
        visitor.within(async () => {
          const messages = await live.listChat(repo, state.episode.id, { before })
          return { messages: messages.map(messageOf) }
        }),

      react: ({ kind }, { state, visitor, id }) => hands.clap(visitor, state.episode, kind, id),

      delete: (what, channel) => moderators.delete(what, channel),
      mute: (who, channel) => moderators.mute(who, channel),
      unmute: (who, channel) => moderators.unmute(who, channel),
      slow: (pace, channel) => moderators.slow(pace, channel),
    },

    ended(channel) {
      if (!channel.visitor.account) others.leave(channel.state.episode.id, channel.id)
    },
  })
}
