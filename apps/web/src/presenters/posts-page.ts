import { POSTS_PER_PAGE, type PostsPage as ShownPosts } from '@showrunner/domain/posts'
import { addresses } from '../addresses.ts'
import { type EpisodeLine } from './episode-line.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { type Paging } from './podcast-page.ts'
import { postLine } from './post-line.ts'

export interface PostsPage {
  readonly frame: Frame
  readonly lines: readonly EpisodeLine[]
  readonly paging: Paging
}

export function postsPage(site: Site, { posts, page, pages, total }: ShownPosts): PostsPage {
  const { frame: nav, lists, post: said } = site.words
  const from = (page - 1) * POSTS_PER_PAGE + 1
  const to = Math.min(total, from + POSTS_PER_PAGE - 1)

  const newer = page > 1 ? addresses.postsPage(page - 1) : null
  const older = page < pages ? addresses.postsPage(page + 1) : null

  return {
    frame: frame(site, {
      title: page > 1 ? lists.page(nav.posts, page) : nav.posts,
      description: said.newestFirst(site.title),
      address: addresses.postsPage(page),
      paging: { newer, older },
      section: 'posts',
      feeds: [{ title: nav.posts, href: addresses.postsFeed }],
    }),
    lines: posts.map((post) => postLine(post, post.author.name, site.words)),
    paging: {
      newer,
      older,
      range: pages > 1 ? lists.range(from, to, total) : null,
    },
  }
}
