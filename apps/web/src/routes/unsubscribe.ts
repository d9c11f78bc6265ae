import * as subscriptions from '@showrunner/domain/subscriptions'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { addresses } from '../addresses.ts'
import { noticePage } from '../presenters/notice-page.ts'
import { unsubscribePage } from '../presenters/subscription-pages.ts'

const LINK = '/unsubscribe/:token'

interface Token {
  Params: { token: string }
}

/**
 * Ends a subscription by the link of a mail. Who opens it presses a button; mail programs send the form themselves, without
 * a session and without opening anything (RFC 8058).
 */
export default function unsubscribeRoutes(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  const show = async (reply: FastifyReply, token: string, asked: Asked = async () => {}) => {
    const found = await subscriptions.findByUnsubscribeToken(repo, token)
    if (!found) {
      const notice = noticePage(
        await app.site(),
        (words) => words.subscription.unknownTitle,
        addresses.subscribe,
      )
      return reply.code(404).html('subscription/unknown', notice)
    }
    await asked(found)
    const now = await subscriptions.findByUnsubscribeToken(repo, token)
    const subject = { podcast: found.podcast ?? null, episode: found.episode ?? null }
    const isEnded = Boolean(now?.unsubscribedAt)
    return reply.html(
      'subscription/unsubscribe',
      unsubscribePage(await app.site(), token, subject, isEnded),
    )
  }

  app.get<Token>(LINK, ({ params }, reply) => show(reply, params.token))

  app.post<Token>(LINK, ({ params }, reply) =>
    show(reply, params.token, (found) => subscriptions.unsubscribe(repo, found, clock())),
  )

  app.post<Token>(`${LINK}/undo`, ({ params }, reply) =>
    show(reply, params.token, async ({ podcastId, episodeId, personId }) => {
      const context = 'mistake'
      await subscriptions.subscribe(repo, { podcastId, episodeId, personId, context }, clock())
    }),
  )

  app.post<Token>(`${LINK}/all`, ({ params }, reply) =>
    show(reply, params.token, (found) => subscriptions.unsubscribeFromAll(repo, found, clock())),
  )
}

type Asked = (found: subscriptions.WholeSubscription) => Promise<void>
