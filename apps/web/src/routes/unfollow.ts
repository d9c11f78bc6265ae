import * as comments from '@showrunner/domain/comments'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { addresses } from '../addresses.ts'
import { noticePage } from '../presenters/notice-page.ts'
import { unfollowPage } from '../presenters/comment-pages.ts'

const LINK = '/unfollow/:token'

interface Token {
  Params: { token: string }
}

type Asked = (found: comments.FollowOfPerson) => Promise<void>

/**
 * Ends mails of a discussion by the link of one. Who opens it presses a button; mail programs send the form themselves,
 * without a session and without opening anything (RFC 8058).
 */
export default async function unfollowRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock } = app.parts
  // With one click mail programs may send a form in parts. What is in it says nothing that the address does not.
  app.addContentTypeParser('multipart/form-data', { parseAs: 'string' }, (_request, _body, done) =>
    done(null, {}),
  )

  const show = async (reply: FastifyReply, token: string, asked: Asked = async () => {}) => {
    const site = await app.site()
    const found = await comments.findByUnfollowToken(repo, token)
    if (!found) {
      const notice = noticePage(site, site.words.discussion.unfollowTitle, addresses.news)
      return reply.code(404).html('comments/unknown', notice)
    }
    await asked(found)
    const now = await comments.findByUnfollowToken(repo, token)
    const subject = await comments.findSubject(repo, comments.subjectOf(found), clock())
    const shown = { subject, isEnded: Boolean(now?.unsubscribedAt) }
    return reply.html('comments/unfollow', unfollowPage(site, token, shown))
  }

  app.get<Token>(LINK, ({ params }, reply) => show(reply, params.token))
  app.post<Token>(LINK, ({ params }, reply) =>
    show(reply, params.token, (found) => comments.endFollow(repo, found, clock())),
  )
  app.post<Token>(`${LINK}/undo`, ({ params }, reply) =>
    show(reply, params.token, (found) => comments.resumeFollow(repo, found)),
  )
  app.post<Token>(`${LINK}/all`, ({ params }, reply) =>
    show(reply, params.token, (found) => comments.endFollow(repo, found, clock(), { all: true })),
  )
}
