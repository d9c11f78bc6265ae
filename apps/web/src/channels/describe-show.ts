import { type Account } from '@showrunner/domain/accounts'
import * as live from '@showrunner/domain/live'
import { type FastifyInstance } from 'fastify'
import { messageOf, settingsOf } from './show-messages.ts'

/** What somebody is told who comes to a show. */
export async function describeShow(
  app: FastifyInstance,
  show: live.LiveShow,
  { account, others }: { readonly account: Account | undefined; readonly others: number },
) {
  const { repo } = app.parts
  const { episodeId, podcastId } = show
  const [messages, reactions, me] = await Promise.all([
    live.listChat(repo, episodeId),
    live.countReactions(repo, episodeId),
    account ? describeMe(app, podcastId, account) : null,
  ])
  return {
    episode: { id: episodeId, podcastId },
    response: {
      messages: messages.map(messageOf),
      reactions: { ...reactions },
      others,
      settings: settingsOf(show),
      me,
    },
  }
}

async function describeMe(app: FastifyInstance, podcastId: number, account: Account) {
  const { repo, clock } = app.parts
  const personId = account.person.id
  const moderates = live.may(account, 'moderate', { podcastId })
  const [isMuted, muted] = await Promise.all([
    live.isMuted(repo, podcastId, personId, clock()),
    moderates ? live.listMuted(repo, podcastId, clock()) : [],
  ])
  return { personId, isMuted, moderates, muted: muted.map((one) => one.personId) }
}
