import { type Changeset } from '@showrunner/data'
import * as posts from '@showrunner/domain/posts'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { addresses } from '../../addresses.ts'
import { afterSaving } from '../../admin/after-saving.ts'
import { listQuery } from '../../admin/list-query.ts'
import { OVERTAKEN, type Rebased, rebased } from '../../admin/overtaken.ts'
import { postAt } from '../../admin/post-at.ts'
import { versionRoute } from '../../admin/version-route.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { withConflict } from '../../presenters/admin/conflict-part.ts'
import { newPostForm, postSheet } from '../../presenters/admin/post-form.ts'
import { postList } from '../../presenters/admin/post-list.ts'
import { postPreview } from '../../presenters/post-page.ts'

const { admin } = addresses

type PostChangeset = Changeset<typeof posts.Post>

export default function postRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get<{ Querystring: { state?: string } }>(admin.posts, async (request, reply) => {
    const { actor, repo, query } = request
    posts.mayOrThrow(actor, 'list')
    const state = posts.POST_STATES.find((one) => one === query.state) ?? 'drafts'
    const asked = listQuery(query, posts.POST_SORTS[state])
    const [found, counts, frame] = await Promise.all([
      posts.searchPosts(repo, actor, state, asked, clock()),
      posts.countPosts(repo, actor, clock()),
      reply.adminFrame({ title: 'Posts', section: 'posts' }),
    ])
    const page = postList(frame, actor, { asked, state, found, counts, asOf: clock() })
    return reply.html('admin/list/show', page)
  })

  newPost(app)
  editPost(app)

  app.get(admin.previewPost(':id'), async (request, reply) => {
    const post = await postAt(request, 'show')
    return reply.html('post/show', postPreview(await app.site(), post))
  })

  app.post(admin.removePost(':id'), async (request, reply) => {
    const post = await postAt(request, 'delete')
    const deleted = await posts.deletePost(request.repo, post)
    if (deleted.ok) return reply.flash(`“${post.title}” is deleted.`).redirect(admin.posts, 303)
    return reply.flash(OVERTAKEN, 'failed').redirect(admin.editPost(post.id), 303)
  })
}

function newPost(app: FastifyInstance): void {
  app.get(admin.newPost, async ({ actor }, reply) => {
    posts.mayOrThrow(actor, 'create')
    return sendNew(reply, posts.editPost(posts.newPost(actor)))
  })

  app.post(admin.posts, async ({ actor, repo, body }, reply) => {
    posts.mayOrThrow(actor, 'create')
    const saved = await posts.createPost(repo, actor, body)
    if (!saved.ok) return sendNew(reply.code(422), saved.changeset)

    return reply
      .flash('The draft is there. Nobody sees it but who works on it.')
      .redirect(admin.editPost(saved.value.id), 303)
  })
}

async function sendNew(reply: FastifyReply, changeset: PostChangeset): Promise<FastifyReply> {
  const frame = await reply.adminFrame({ title: 'New post', ...BELOW_POSTS })
  return reply.html('admin/form/show', newPostForm(frame, reply.request.actor, changeset))
}

function editPost(app: FastifyInstance): void {
  app.get(admin.editPost(':id'), async (request, reply) => {
    const post = await postAt(request, 'show')
    return sendSheet(app, reply, { row: post, changeset: posts.editPost(post), conflict: null })
  })

  versionRoute(app, admin.editPost(':id'), async (request) => postAt(request, 'show'))

  app.post(admin.editPost(':id'), async (request, reply) => {
    const post = await postAt(request, 'update')
    const { actor, repo, body } = request
    const saved = await posts.updatePost(repo, actor, post, body)
    if (saved.ok) {
      const next = afterSaving(body, admin.editPost(post.id), admin.posts)
      return reply.flash('Saved.').redirect(next, 303)
    }

    const again = await rebased(repo, post, saved.changeset, {
      read: () => posts.getPost(repo, post.id),
      propose: (row, params) => posts.proposePost(repo, actor, row, params),
    })
    return sendSheet(app, reply.code(422), again)
  })
}

async function sendSheet(
  app: FastifyInstance,
  reply: FastifyReply,
  { row: post, changeset, conflict }: Rebased<posts.PostToEdit, typeof posts.Post>,
): Promise<FastifyReply> {
  const { actor } = reply.request
  const frame = await reply.adminFrame({ title: post.title, ...BELOW_POSTS })
  const page = postSheet(frame, actor, { post, changeset }, app.parts.clock())
  return reply.html('admin/posts/edit', withConflict(page, conflict, zoneOf(actor)))
}

const BELOW_POSTS = {
  section: 'posts',
  crumbs: [{ title: 'Posts', href: admin.posts }],
} as const
