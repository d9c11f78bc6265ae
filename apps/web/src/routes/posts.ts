import { getDiscussion } from '@showrunner/domain/comments'
import * as posts from '@showrunner/domain/posts'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { discussionPart } from '../presenters/discussion.ts'
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
    load: async ({ repo, clock, params }) => {
      const shown = await posts.getPostPage(repo, params.post, clock())
      const about = { of: 'post', id: shown.post.id } as const
      return { shown, discussion: await getDiscussion(repo, about, clock()) }
    },
    view: 'post/show',
    present: (site, { shown, discussion }) => ({
      ...postPage(site, shown),
      discussion: discussionPart(discussion, site.words),
    }),
  })
}
