import * as posts from '@showrunner/domain/posts'
import * as publishing from '@showrunner/domain/publishing'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { OVERTAKEN } from '../../../admin/overtaken.ts'
import { postAt } from '../../../admin/post-at.ts'
import { zoneOf } from '../../../admin/zone-of.ts'
import { parse } from '../../../parse.ts'
import { RowId } from '../../../row-id.ts'
import { postPublication, type RefusedPost } from '../../../presenters/admin/post-publication.ts'
import { zonedMoment } from '../../../presenters/admin/zoned-moment.ts'

const { admin } = addresses

/** Holds a preview link between its making and the page that shows it, which is the only time. */
const MADE = 'showrunner_post_preview'
const MADE_SECONDS = 60

const Link = z.object({ link: RowId })

const Form = z.record(z.string(), z.unknown()).default({})

export default function postPublicationRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.publishPost(':id'), async (request, reply) => {
    return show(app, reply, await postAt(request, 'show'))
  })

  app.post(admin.publishPost(':id'), async (request, reply) => {
    const post = await postAt(request, 'publish')
    const [asOf, zone] = [clock(), zoneOf(request.actor)]
    const saved = await posts.publishPost(request.repo, post, parse(Form, request.body), {
      asOf,
      zone,
    })
    if (!saved.ok) return show(app, reply.code(422), post, { publishing: saved.changeset })

    return reply
      .flash(publishedWords(saved.value, asOf, zone))
      .redirect(admin.publishPost(post.id), 303)
  })

  app.post(admin.unpublishPost(':id'), async (request, reply) => {
    const post = await postAt(request, 'unpublish')
    const saved = await posts.unpublishPost(request.repo, post, clock())
    const [words, kind] = saved.ok
      ? (['It is a draft again.', 'done'] as const)
      : ([OVERTAKEN, 'failed'] as const)
    return reply.flash(words, kind).redirect(admin.publishPost(post.id), 303)
  })

  app.post(admin.postSlug(':id'), async (request, reply) => {
    const post = await postAt(request, 'update')
    const saved = await posts.changeSlug(request.repo, post, parse(Form, request.body), clock())
    if (!saved.ok) return show(app, reply.code(422), post, { slug: saved.changeset })

    return reply.flash('Its address is changed.').redirect(admin.publishPost(post.id), 303)
  })

  previewRoutes(app)
}

function previewRoutes(app: FastifyInstance): void {
  const { clock, publicUrl } = app.parts
  const secure = publicUrl.startsWith('https:')

  app.post(admin.postPreviews(':id'), async (request, reply) => {
    const post = await postAt(request, 'update')
    const { repo, actor } = request
    const { token } = await publishing.sharePostPreview(repo, post, actor, clock())
    const path = admin.publishPost(post.id)
    const cookie = { path, httpOnly: true, sameSite: 'lax', secure } as const
    return reply
      .setCookie(MADE, token, { ...cookie, maxAge: MADE_SECONDS })
      .flash('The link is made. Copy it now: it is shown only once.')
      .redirect(`${path}#previews`, 303)
  })

  app.post(admin.revokePostPreview(':id', ':link'), async (request, reply) => {
    const post = await postAt(request, 'update')
    const { link } = parse(Link, request.params)
    await publishing.revokePostPreview(request.repo, post, link, clock())
    return reply.flash('The link leads nowhere any more.').redirect(admin.publishPost(post.id), 303)
  })
}

async function show(
  app: FastifyInstance,
  reply: FastifyReply,
  post: posts.PostToEdit,
  refused: RefusedPost = {},
): Promise<FastifyReply> {
  const { actor, repo, cookies } = reply.request
  const asOf = app.parts.clock()
  const links = await publishing.listPostPreviews(repo, post, asOf)
  const frame = await reply.adminFrame({
    title: `Publish “${post.title}”`,
    section: 'posts',
    crumbs: [
      { title: 'Posts', href: admin.posts },
      { title: post.title, href: admin.editPost(post.id) },
    ],
  })
  const madeToken = cookies[MADE] ?? null
  if (madeToken !== null) reply.clearCookie(MADE, { path: admin.publishPost(post.id) })
  const shown = { post, asOf, zone: zoneOf(actor), links, madeToken }
  return reply.html('admin/posts/publish', postPublication(frame, actor, shown, refused))
}

function publishedWords(post: posts.Post, asOf: Date, zone: string): string {
  const { publishedAt } = post
  if (!publishedAt || posts.isOut(post, asOf)) return 'It is out.'
  return `It appears on ${zonedMoment(publishedAt, zone).words}.`
}
