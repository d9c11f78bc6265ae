import * as comments from '@showrunner/domain/comments'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { addresses } from '../addresses.ts'
import { noticePage } from '../presenters/notice-page.ts'
import { unfollowPage, unwantedMailsPage } from '../presenters/comment-pages.ts'

const LINK = '/unfollow/:token'

interface Token {
  Params: { token: string }
}

type Asked = (found: comments.FollowOfPerson) => Promise<void>

/**
 * Ends mails of a discussion, or of a kind, by the link of one. Who opens it presses a button; mail programs send the form
 * themselves, without a session and without opening anything (RFC 8058).
 */
export default async function unfollowRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock } = app.parts
  // With one click mail programs may send a form in parts. What is in it says nothing that the address does not.
  app.addContentTypeParser('multipart/form-data', { parseAs: 'string' }, (_request, _body, done) =>
    done(null, {}),
  )

  const show = async (reply: FastifyReply, token: string, asked: Asked = async () => {}) => {
    const found = await comments.findByUnfollowToken(repo, token)
    if (!found) return showUnknown(app, reply)
    await asked(found)
    const now = await comments.findByUnfollowToken(repo, token)
    const subject = await comments.findSubject(repo, comments.subjectOf(found), clock())
    const shown = { subject, isEnded: Boolean(now?.unsubscribedAt) }
    return reply.html('comments/unfollow', unfollowPage(await app.site(), token, shown))
  }

  app.get<Token>(LINK, ({ params }, reply) => show(reply, params.token))
  app.post<Token>(LINK, ({ params }, reply) =>
    show(reply, params.token, (found) => comments.endFollow(repo, found, clock())),
  )
  app.post<Token>(`${LINK}/undo`, ({ params }, reply) =>
    show(reply, params.token, (found) => comments.resumeFollow(repo, found)),
  )
  unwantedMailRoutes(app)
}

/** Switches off mails of one kind, whatever discussion they are of, and no others; or all of them. */
function unwantedMailRoutes(app: FastifyInstance): void {
  const { repo } = app.parts

  const show = async (
    reply: FastifyReply,
    token: string,
    why: comments.MailedFor | 'all',
    isWanted?: boolean,
  ) => {
    const found = await comments.findByUnfollowToken(repo, token)
    if (!found) return showUnknown(app, reply)
    const kinds = why === 'all' ? comments.MAILED_FOR : [why]
    if (isWanted !== undefined) await comments.setWanted(repo, found.personId, kinds, isWanted)
    const unwanted = await comments.listUnwanted(repo, found.personId)
    const isEnded = kinds.every((kind) => unwanted.has(kind))
    const page = unwantedMailsPage(await app.site(), token, { why, isEnded })
    return reply.html('comments/unwanted', page)
  }

  for (const why of [...comments.MAILED_FOR, 'all'] as const) {
    const link = `${LINK}/${why}`
    app.get<Token>(link, ({ params }, reply) => show(reply, params.token, why))
    app.post<Token>(link, ({ params }, reply) => show(reply, params.token, why, false))
    app.post<Token>(`${link}/undo`, ({ params }, reply) => show(reply, params.token, why, true))
  }
}

async function showUnknown(app: FastifyInstance, reply: FastifyReply) {
  const notice = noticePage(
    await app.site(),
    (words) => words.discussion.unfollowTitle,
    addresses.news,
  )
  return reply.code(404).html('comments/unknown', notice)
}
