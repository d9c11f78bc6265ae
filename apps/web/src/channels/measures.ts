import { refuse } from '@showrunner/channels'
import * as live from '@showrunner/domain/live'
import { repoFor } from '@showrunner/domain/policies'
import { type FastifyInstance } from 'fastify'
import { inName, type OfShow } from './in-show.ts'
import { settingsOf } from './show-messages.ts'

const DONE = {}

/** What whoever works on a podcast does in the chat of its show, for everybody at once. */
export function measures({ parts: { clock, repo } }: FastifyInstance) {
  return {
    delete: ({ id }: { readonly id: number }, channel: OfShow) =>
      inName(channel, 'moderate', async (account, { episode }) => {
        await live.deleteMessage(repoFor(account, repo), episode, id, account.person, clock())
        channel.broadcast('deleted', { id })
        return DONE
      }),

    mute: (
      { personId, minutes }: { readonly personId: number; readonly minutes?: number | undefined },
      channel: OfShow,
    ) =>
      inName(channel, 'moderate', async (account, { episode }) => {
        const until = minutes === undefined ? null : new Date(clock().getTime() + minutes * 60_000)
        const own = repoFor(account, repo)
        if (!(await live.mute(own, episode.podcastId, { personId, until }, account.person))) {
          return refuse('They have not written here.')
        }
        channel.broadcast('muted', { personId, isMuted: true })
        return DONE
      }),

    unmute: ({ personId }: { readonly personId: number }, channel: OfShow) =>
      inName(channel, 'moderate', async (account, { episode }) => {
        await live.unmute(repoFor(account, repo), episode.podcastId, personId)
        channel.broadcast('muted', { personId, isMuted: false })
        return DONE
      }),

    slow: ({ seconds }: { readonly seconds: number }, channel: OfShow) =>
      inName(channel, 'moderate', async (account, { episode }) => {
        const show = await live.slowDown(repoFor(account, repo), episode, seconds)
        channel.broadcast('settings', settingsOf(show))
        return DONE
      }),
  }
}
