import * as posts from '@showrunner/domain/posts'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../../../addresses.ts'
import { markedRows } from '../../../admin/marked-rows.ts'
import { severalPage } from '../../../presenters/admin/several-page.ts'
import { counted } from '../../../presenters/names.ts'
import { noneMarked } from './none-marked.ts'

const { admin } = addresses

/** Drafts of posts, several of them deleted. */
export default function severalPostsRoutes(app: FastifyInstance): void {
  // Who goes back to what was confirmed has sent nothing.
  app.get(admin.severalPosts, async ({ actor }, reply) => {
    posts.mayOrThrow(actor, 'list')
    return reply.redirect(admin.posts, 303)
  })

  app.post(admin.severalPosts, async ({ actor, repo, body }, reply) => {
    posts.mayOrThrow(actor, 'list')
    const { ids, back } = markedRows(body, admin.posts)
    const found = await posts.listPostsOf(repo, actor, ids)
    if (found.length === 0) return noneMarked(reply, back)

    const rows = found.map((post) => ({
      id: post.id,
      title: post.title,
      reason: posts.may(actor, 'delete', post)
        ? null
        : 'It is out, or will be: unpublish it first.',
    }))
    const drafts = counted(rows.filter(({ reason }) => !reason).length, 'draft', 'drafts')
    const frame = await reply.adminFrame({
      title: 'Delete drafts',
      section: 'posts',
      crumbs: [{ title: 'Posts', href: admin.posts }],
    })
    const page = severalPage(frame, rows, {
      words: `${drafts} will be gone for good.`,
      address: admin.removeSeveralPosts,
      action: 'delete',
      button: `Delete ${drafts}`,
      isDeletion: true,
      back,
    })
    return reply.html('admin/list/several', page)
  })

  app.post(admin.removeSeveralPosts, async ({ actor, repo, body }, reply) => {
    posts.mayOrThrow(actor, 'list')
    const { ids, back } = markedRows(body, admin.posts)
    const deleted = await posts.deletePosts(repo, actor, ids)
    return reply.flash(`${counted(deleted, 'draft is', 'drafts are')} deleted.`).redirect(back, 303)
  })
}
