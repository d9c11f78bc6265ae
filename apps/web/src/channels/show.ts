import { channelFor, refuse, welcome, type Channel, type Refusal } from '@showrunner/channels'
import { NotFoundError } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import { type EpisodeKey } from '@showrunner/domain/episodes'
import * as live from '@showrunner/domain/live'
import { repoFor } from '@showrunner/domain/policies'
import { type Presence } from '@showrunner/presence'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { applause } from './applause.ts'
import { crowd } from './crowd.ts'
import { messageOf, refusalOf } from './show-messages.ts'
import { ShowChannel } from './show-channel.ts'
import { type Visitor } from './visitor.ts'

const channel = channelFor<Visitor>()

interface InShow {
  readonly episode: EpisodeKey
  readonly browser: string | undefined
}

type OfShow = Channel<typeof ShowChannel, Visitor, InShow>

const EPISODE_ID = /^[1-9]\d{0,14}$/

/** What happens beside a live show: everybody reads, who is signed in writes, who works on the podcast looks after it. */
export function showChannel(app: FastifyInstance, presence: Presence) {
  const { clock, repo } = app.parts
  const others = crowd(app.parts.pubsub, presence)
  const hands = applause(app)

  return channel(ShowChannel, {
    async join({ name, params, visitor }) {
      if (!EPISODE_ID.test(name)) return refuse('There is no such show.')
      const id = Number(name)
      const joined = await visitor.within(async () => {
        const show = await live.findLiveShow(repo, id)
        return show && describe(show, visitor.account)
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

      delete: ({ id }, channel) =>
        inName(channel, 'moderate', async (account, { episode }) => {
          const own = repoFor(account, repo)
          await live.deleteMessage(own, episode, id, account.person, clock())
          channel.broadcast('deleted', { id })
          return {}
        }),

      mute: ({ personId, minutes }, channel) =>
        inName(channel, 'moderate', async (account, { episode }) => {
          const until =
            minutes === undefined ? null : new Date(clock().getTime() + minutes * 60_000)
          const muting = { personId, until }
          const own = repoFor(account, repo)
          if (!(await live.mute(own, episode.podcastId, muting, account.person))) {
            return refuse('They have not written here.')
          }
          channel.broadcast('muted', { personId, isMuted: true })
          return {}
        }),

      unmute: ({ personId }, channel) =>
        inName(channel, 'moderate', async (account, { episode }) => {
          await live.unmute(repoFor(account, repo), episode.podcastId, personId)
          channel.broadcast('muted', { personId, isMuted: false })
          return {}
        }),

      slow: ({ seconds }, channel) =>
        inName(channel, 'moderate', async (account, { episode }) => {
          const settings = await live.slowDown(repoFor(account, repo), episode, seconds)
          channel.broadcast('settings', settings)
          return {}
        }),
    },

    ended(channel) {
      if (!channel.visitor.account) others.leave(channel.state.episode.id, channel.id)
    },
  })

  async function describe(show: live.LiveShow, account: Account | undefined) {
    const { episodeId, podcastId, chatEnabled, slowModeSeconds } = show
    const [messages, reactions, isMuted] = await Promise.all([
      live.listChat(repo, episodeId),
      live.countReactions(repo, episodeId),
      account ? live.isMuted(repo, podcastId, account.person.id, clock()) : false,
    ])
    const me = account && {
      personId: account.person.id,
      isMuted,
      moderates: live.may(account, 'moderate', { podcastId }),
    }
    return {
      episode: { id: episodeId, podcastId },
      response: {
        messages: messages.map(messageOf),
        reactions: { ...reactions },
        others: others.count(episodeId),
        chatEnabled,
        slowModeSeconds,
        me: me ?? null,
      },
    }
  }
}

/** Does something for a visitor who has a name and may; anybody else is told why not. */
function inName<T>(
  { visitor, state }: OfShow,
  action: 'chat' | 'moderate',
  work: (account: Account, state: InShow) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const { account } = visitor
  if (!account) return Promise.resolve(refuse('Sign in to write here.'))
  if (!live.may(account, action, state.episode)) return Promise.resolve(refuse('You may not.'))
  return visitor.within(async () => {
    try {
      return await work(account, state)
    } catch (error) {
      if (error instanceof NotFoundError) return refuse('It is not there.')
      if (!(error instanceof live.ChatError)) throw error
      return refuse({ reason: error.message, retryAfterMs: error.retryAfterMs })
    }
  })
}
