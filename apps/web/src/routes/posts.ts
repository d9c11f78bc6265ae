import * as posts from '@showrunner/domain/posts'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { parse } from '../parse.ts'
import { postPage } from '../presenters/post-page.ts'
import { postsPage } from '../presenters/posts-page.ts'
import { POST } from './slugs.ts'

const Query = z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) })

export default async function postRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock } = app.parts

  app.get(addresses.posts, async (request, reply) => {
    const { page } = parse(Query, request.query)
    const [site, shown] = await Promise.all([app.site(), posts.getPostsPage(repo, clock(), page)])
    return reply.html('posts/index', postsPage(site, shown))
  })

  app.get<{ Params: { post: string } }>(POST, async (request, reply) => {
    const { post: slug } = request.params
    const moved = await posts.findMovedPost(repo, slug, clock())
    // An address can be given back: no cache may keep where it leads today.
    if (moved) {
      return reply.header('cache-control', 'no-cache').redirect(addresses.post(moved), 301)
    }

    const [site, shown] = await Promise.all([app.site(), posts.getPostPage(repo, slug, clock())])
    return reply.html('post/show', postPage(site, shown))
  })
}
