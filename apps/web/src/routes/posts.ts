import * as posts from '@showrunner/domain/posts'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { postPage } from '../presenters/post-page.ts'
import { postsPage } from '../presenters/posts-page.ts'
import { POST } from './slugs.ts'

const Query = z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) })

export default async function postRoutes(app: FastifyInstance): Promise<void> {
  app.page(addresses.posts, {
    query: Query,
    load: ({ repo, clock, query }) => posts.getPostsPage(repo, clock(), query.page),
    view: 'posts/index',
    present: postsPage,
  })

  app.page(POST, {
    load: ({ repo, clock, params }) => posts.getPostPage(repo, params.post, clock()),
    view: 'post/show',
    present: postPage,
  })
}
