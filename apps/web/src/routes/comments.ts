import fastifyFormbody from '@fastify/formbody'
import { NotFoundError } from '@showrunner/data'
import { type SessionWithPerson } from '@showrunner/domain/accounts'
import * as comments from '@showrunner/domain/comments'
import { type Person } from '@showrunner/domain/people'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { commentAddress, discussedAt } from '../comment-address.ts'
import { parse } from '../parse.ts'
import {
  commentPage,
  discussionDesk,
  refusedCommentPage,
  writeCommentPage,
} from '../presenters/comment-pages.ts'
import { refuseMasquerade } from './masquerade.ts'
import { toSignIn } from './to-sign-in.ts'
import unfollowRoutes from './unfollow.ts'

/** Far more than is taken, so that who writes too much is told so and loses nothing. */
const LONGEST_SENT = 100_000

const About = z.object({ about: z.string().max(40).default('') })
const Sent = About.extend({
  parent: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).default(0),
  body: z.string().max(LONGEST_SENT).default(''),
  preview: z.stringbool().default(false),
})
const Follow = About.extend({ on: z.stringbool().default(false) })
const Id = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) })

interface WithId {
  Params: { id: string }
}

/** What somebody says, answers, changes and takes away. For one visitor only, and kept by no cache. */
export default async function commentRoutes(app: FastifyInstance): Promise<void> {
  await app.register(fastifyFormbody)
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // An address here may hold a token.
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
    done()
  })

  app.setErrorHandler(async (error, _request, reply) => {
    if (!(error instanceof comments.CommentError)) throw error
    const status = error.why === 'banned' ? 403 : 409
    return reply.code(status).html('comments/refused', refusedCommentPage(await app.site(), error))
  })

  write(app)
  look(app)
  change(app)
  await app.register(unfollowRoutes)
}

function write(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  app.get(addresses.writeComment, async (request, reply) => {
    const here = await whoMayWrite(app, request, reply)
    if (!here) return reply
    const subject = await subjectAsked(app, parse(About, request.query).about)
    const desk = await deskOf(app, subject, here.person)
    return reply.html('comments/write', writeCommentPage(await app.site(), desk))
  })

  app.post(addresses.comments, async (request, reply) => {
    const here = await whoMayWrite(app, request, reply)
    if (!here) return reply
    const { about, parent, body, preview } = parse(Sent, request.body ?? {})
    const subject = await subjectAsked(app, about)
    const parentId = parent === 0 ? null : parent
    const again = async (shown: Shown) => {
      const desk = await deskOf(app, subject, here.person)
      const form = { ...desk.form, body, parent: parentId, ...shown }
      return writeAgain(app, reply, { ...desk, form })
    }
    if (preview) return again(await looked(app, body, 'insert'))
    const said = { subject: keyOf(subject), parentId, params: { body } }
    const saved = await comments.writeComment(repo, here.person, said, clock())
    if (!saved.ok) return again({ changeset: saved.changeset })
    const { id, approved } = saved.value
    return reply.redirect(approved ? commentAddress(subject, id) : addresses.comment(id), 303)
  })

  app.post(addresses.followDiscussion, async (request, reply) => {
    const here = await whoMayWrite(app, request, reply)
    if (!here) return reply
    const { about, on } = parse(Follow, request.body ?? {})
    const subject = await subjectAsked(app, about)
    if (on) await comments.follow(repo, keyOf(subject), here.person.id)
    else await comments.unfollow(repo, keyOf(subject), here.person.id, clock())
    return reply.redirect(`${discussedAt(subject)}#discussion`, 303)
  })

  // What of a discussion is their own, for whoever looks at the page that is everybody's.
  app.get(addresses.ownDiscussion, async (request, reply) => {
    const here = await request.session()
    if (!here || here.masquerader) return reply.code(204).send()
    const subject = await subjectAsked(app, parse(About, request.query).about)
    const desk = discussionDesk(await app.site(), await deskOf(app, subject, here.person))
    return reply.html('comments/_desk', desk)
  })
}

function look(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  app.get<WithId>(addresses.comment(':id'), async (request, reply) => {
    const here = await whoMayWrite(app, request, reply)
    if (!here) return reply
    const { comment, subject } = await commentFor(app, request, here.person)
    const desk = await deskOf(app, subject, here.person)
    const form = { ...desk.form, parent: comment.id }
    const profiles = await comments.profilesIn(repo, [comment], clock())
    const shown = { comment, profiles, person: here.person, asOf: clock() }
    return reply.html('comments/show', commentPage(await app.site(), shown, { ...desk, form }))
  })
}

function change(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  app.get<WithId>(addresses.editComment(':id'), async (request, reply) => {
    const here = await whoMayWrite(app, request, reply)
    if (!here) return reply
    const { comment, subject } = await ownComment(app, request, here.person)
    if (!comments.mayEdit(comment, here.person, clock())) throw new comments.CommentError('late')
    const desk = await deskOf(app, subject, here.person)
    const form = { ...desk.form, body: comment.body, editing: comment }
    return reply.html('comments/write', writeCommentPage(await app.site(), { ...desk, form }))
  })

  app.post<WithId>(addresses.editComment(':id'), async (request, reply) => {
    const here = await whoMayWrite(app, request, reply)
    if (!here) return reply
    const { comment, subject } = await ownComment(app, request, here.person)
    const { body, preview } = parse(Sent, request.body ?? {})
    const again = async (shown: Shown) => {
      const desk = await deskOf(app, subject, here.person)
      const form = { ...desk.form, body, editing: comment, ...shown }
      return writeAgain(app, reply, { ...desk, form })
    }
    if (preview) return again(await looked(app, body, 'update'))
    const saved = await comments.editComment(repo, here.person, comment, { body }, clock())
    if (!saved.ok) return again({ changeset: saved.changeset })
    const { id, approved } = saved.value
    return reply.redirect(approved ? commentAddress(subject, id) : addresses.comment(id), 303)
  })

  app.post<WithId>(addresses.removeComment(':id'), async (request, reply) => {
    const here = await whoMayWrite(app, request, reply)
    if (!here) return reply
    const { comment, subject } = await ownComment(app, request, here.person)
    await comments.deleteComment(repo, comment, clock())
    return reply.redirect(`${discussedAt(subject)}#discussion`, 303)
  })
}

/** Whoever is signed in; anybody else was answered already. Nobody says anything in somebody else's name. */
async function whoMayWrite(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SessionWithPerson | undefined> {
  const here = await request.session()
  if (here && !here.masquerader) return here
  if (here) await refuseMasquerade(app, reply, here)
  else toSignIn(request, reply)
  return undefined
}

async function subjectAsked({ parts }: FastifyInstance, key: string): Promise<comments.SubjectRow> {
  const asked = comments.subjectFrom(key)
  if (!asked) throw new NotFoundError(comments.Comment, `about "${key}"`)
  return comments.getSubject(parts.repo, asked, parts.clock())
}

/** One that they may see: it is there for everybody, or their own. */
async function commentFor(
  { parts }: FastifyInstance,
  { params }: FastifyRequest<WithId>,
  person: Person,
) {
  const { id } = parse(Id, params)
  const comment = await comments.getCommentWithAuthor(parts.repo, id)
  if (!comment.approved && comment.authorId !== person.id)
    throw new NotFoundError(comments.Comment, `that they may see: ${id}`)
  const subject = await comments.getSubject(parts.repo, comments.subjectOf(comment), parts.clock())
  return { comment, subject }
}

async function ownComment(app: FastifyInstance, request: FastifyRequest<WithId>, person: Person) {
  const found = await commentFor(app, request, person)
  if (found.comment.authorId !== person.id)
    throw new NotFoundError(comments.Comment, `of theirs: ${found.comment.id}`)
  return found
}

type Desk = Parameters<typeof writeCommentPage>[1]
type Shown = Pick<Desk['form'], 'changeset' | 'preview'>

async function writeAgain(app: FastifyInstance, reply: FastifyReply, desk: Desk) {
  return reply.code(422).html('comments/write', writeCommentPage(await app.site(), desk))
}

/** What is written as it will look, or what is wrong with it. */
async function looked(
  { parts }: FastifyInstance,
  body: string,
  action: 'insert' | 'update',
): Promise<Shown> {
  const { preview, changeset } = await comments.previewComment(parts.repo, { body }, parts.clock())
  return { preview, changeset: { ...changeset, action } }
}

async function deskOf(
  { parts: { repo } }: FastifyInstance,
  subject: comments.SubjectRow,
  person: Person,
): Promise<Desk> {
  const [own, following, unwanted] = await Promise.all([
    comments.listOwnComments(repo, keyOf(subject), person.id),
    comments.findFollow(repo, keyOf(subject), person.id),
    comments.listUnwanted(repo, person.id),
  ])
  const isFollowing = following !== undefined && following.ofAll && !following.unsubscribedAt
  const isMuted = unwanted.has('discussion')
  return { form: { subject, person }, own, isFollowing, isMuted }
}

function keyOf(subject: comments.SubjectRow): comments.DiscussionSubject {
  return { of: subject.of, id: subject.row.id }
}
