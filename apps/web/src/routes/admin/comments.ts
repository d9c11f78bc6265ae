import * as comments from '@showrunner/domain/comments'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../addresses.ts'
import { listQuery } from '../../admin/list-query.ts'
import { withId } from '../../admin/with-id.ts'
import { parse } from '../../parse.ts'
import { commentDesk, commentList } from '../../presenters/admin/comments.ts'

const { admin } = addresses

/** When what somebody approves was last changed, as they had it before them. */
const Read = z.object({
  editedAt: z
    .union([z.literal(''), z.iso.datetime()])
    .default('')
    .transform((text) => (text === '' ? null : new Date(text))),
})

const Choice = z.object({ standing: z.enum(['new', 'trusted', 'banned']) })

interface Id {
  Params: { id: string }
}

/** What others say is looked at, and what becomes of it. */
export default function commentRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get<{ Querystring: { state?: string } }>(admin.comments, async (request, reply) => {
    const { actor, repo, query } = request
    comments.mayOrThrow(actor, 'list')
    const state = comments.COMMENT_STATES.find((one) => one === query.state) ?? 'waiting'
    const asked = listQuery(query, comments.COMMENT_SORTS[state])
    const [found, counts, frame] = await Promise.all([
      comments.searchComments(repo, state, asked),
      comments.countStates(repo),
      reply.adminFrame({ title: 'Comments', section: 'comments', desk: 'comments' }),
    ])
    return reply.html('admin/list/show', commentList(frame, actor, { asked, state, found, counts }))
  })

  app.get<Id>(admin.comment(':id'), async (request, reply) => {
    const comment = await chosen(request)
    const { actor, repo } = request
    const { author } = comment
    const [standing, subject, frame] = await Promise.all([
      author ? comments.standingOf(repo, author) : undefined,
      comments.findSubject(repo, comments.subjectOf(comment), clock()),
      reply.adminFrame({
        title: 'A comment',
        section: 'comments',
        crumbs: [{ title: 'Comments', href: admin.comments }],
      }),
    ])
    const page = commentDesk(frame, actor, { comment, standing, subject })
    return reply.html('admin/comments/show', page)
  })

  decide(app)
}

function decide(app: FastifyInstance): void {
  const { clock } = app.parts

  app.post<Id>(admin.approveComment(':id'), async (request, reply) => {
    const comment = await chosen(request)
    const { repo, actor } = request
    const read = { ...comment, ...parse(Read, request.body) }
    const approved = await comments.approveComment(repo, read, actor.person)
    if (!approved) {
      const words = 'It has been changed since you opened it. Read it again, and approve it then.'
      return reply.flash(words).redirect(admin.comment(comment.id), 303)
    }
    const words = 'Everybody sees it now, and what they write next at once.'
    return reply.flash(words).redirect(admin.comments, 303)
  })

  app.post<Id>(admin.declineComment(':id'), async (request, reply) => {
    const comment = await chosen(request)
    await comments.declineComment(request.repo, comment, request.actor.person, clock())
    return reply.flash('Nobody sees it but who wrote it.').redirect(admin.comments, 303)
  })

  app.post<Id>(admin.removeComment(':id'), async (request, reply) => {
    const comment = await chosen(request)
    await comments.deleteComment(request.repo, comment, clock(), request.actor.person)
    return reply.flash('Its words are deleted.').redirect(admin.comments, 303)
  })

  app.post<Id>(admin.changeCommenter(':id'), async (request, reply) => {
    const { authorId, id } = await chosen(request)
    const { standing } = parse(Choice, request.body)
    const { repo, actor } = request
    if (authorId === null) return reply.redirect(admin.comment(id), 303)
    const by = actor.person
    if (standing === 'banned') await comments.banCommenter(repo, authorId, by, clock())
    else await comments.setStanding(repo, authorId, standing === 'new' ? undefined : standing, by)
    return reply.flash('From now on it is so.').redirect(admin.comment(id), 303)
  })
}

async function chosen({
  actor,
  repo,
  params,
}: FastifyRequest<Id>): Promise<comments.CommentAtDesk> {
  comments.mayOrThrow(actor, 'moderate')
  return comments.getCommentAtDesk(repo, withId(params))
}
