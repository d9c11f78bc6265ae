import { channelFor, refuse, welcome } from '@showrunner/channels'
import { NotFoundError, type Repo } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as episodes from '@showrunner/domain/episodes'
import * as people from '@showrunner/domain/people'
import * as podcasts from '@showrunner/domain/podcasts'
import { repoFor } from '@showrunner/domain/policies'
import * as posts from '@showrunner/domain/posts'
import * as sponsors from '@showrunner/domain/sponsors'
import * as topics from '@showrunner/domain/topics'
import { type FastifyInstance } from 'fastify'
import { EDITED, EditingChannel } from './editing-channel.ts'
import { type Visitor } from './visitor.ts'

type Edits = (actor: Account, repo: Repo, id: number) => Promise<boolean>

/** Who may save it, of each kind. */
const EDITORS: Readonly<Record<(typeof EDITED)[number], Edits>> = {
  podcast: async (actor, repo, id) =>
    podcasts.may(actor, 'update', await podcasts.getPodcastById(repo, id)),
  person: async (actor, repo, id) =>
    people.may(actor, 'update', await people.getPersonById(repo, id)),
  post: async (actor, repo, id) => posts.may(actor, 'update', await posts.getPost(repo, id)),
  topic: async (actor, repo, id) =>
    topics.may(actor, 'update') && !!(await topics.getTopicById(repo, id)),
  sponsor: async (actor, repo, id) =>
    sponsors.may(actor, 'update') && !!(await sponsors.getSponsorById(repo, id)),
}

const EPISODE = /^episode:([1-9]\d{0,14}):([1-9]\d{0,14})$/
const OTHER = new RegExp(`^(${EDITED.join('|')}):([1-9]\\d{0,14})$`)
const NOT_HERE = 'You do not edit this.'

/** Those who edit the same thing see each other: whoever may not edit it is not told who does. */
export function editingChannel(app: FastifyInstance) {
  return channelFor<Visitor>()(EditingChannel, {
    async join({ name, visitor: { account, within } }) {
      if (!account) return refuse(NOT_HERE)
      const own = repoFor(account, app.parts.repo)
      return (await within(() => edits(account, own, name))) ? welcome() : refuse(NOT_HERE)
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

async function edits(actor: Account, own: Repo, name: string): Promise<boolean> {
  const [, podcastId, id] = EPISODE.exec(name) ?? []
  const [, kind, other] = OTHER.exec(name) ?? []
  try {
    if (podcastId !== undefined && id !== undefined) {
      const episode = await episodes.getEpisodeSheet(own, Number(podcastId), Number(id))
      return episodes.may(actor, 'update', episode)
    }
    const known = EDITED.find((one) => one === kind)
    return known ? await EDITORS[known](actor, own, Number(other)) : false
  } catch (error) {
    if (error instanceof NotFoundError) return false
    throw error
  }
}
