import { channelFor, refuse, welcome } from '@showrunner/channels'
import { NotFoundError } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as episodes from '@showrunner/domain/episodes'
import { repoFor } from '@showrunner/domain/policies'
import { type FastifyInstance } from 'fastify'
import { EditingChannel } from './editing-channel.ts'
import { type Visitor } from './visitor.ts'

const EPISODE = /^episode:([1-9]\d{0,14}):([1-9]\d{0,14})$/
const NOT_HERE = 'You do not edit this.'

/** Those who edit the same thing see each other: whoever may not edit it is not told who does. */
export function editingChannel(app: FastifyInstance) {
  return channelFor<Visitor>()(EditingChannel, {
    async join({ name, visitor: { account, within } }) {
      const [, podcastId, id] = EPISODE.exec(name) ?? []
      if (!account || podcastId === undefined || id === undefined) return refuse(NOT_HERE)
      const mayEdit = await within(() => edits(app, account, Number(podcastId), Number(id)))
      return mayEdit ? welcome() : refuse(NOT_HERE)
    },

    joined(channel) {
      const { account } = channel.visitor
      if (!account) return
      // With several tabs open they are one person; whoever acts in somebody's name is there with their own.
      const { id, name } = account.masquerader ?? account.person
      channel.track(id, { name })
    },
  })
}

async function edits(
  app: FastifyInstance,
  account: Account,
  podcastId: number,
  id: number,
): Promise<boolean> {
  try {
    const own = repoFor(account, app.parts.repo)
    const episode = await episodes.getEpisodeSheet(own, podcastId, id)
    return episodes.may(account, 'update', episode)
  } catch (error) {
    if (error instanceof NotFoundError) return false
    throw error
  }
}
