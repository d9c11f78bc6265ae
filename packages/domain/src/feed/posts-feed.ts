import { from, type Loaded, type Repo } from '@showrunner/data'
import { type FeedDraft, type ItemDraft } from '@showrunner/feeds'
import { withFullAddresses } from '../markup/index.ts'
import { Post, publishedPosts } from '../posts/index.ts'
import { getSettings, hubsOf } from '../settings/index.ts'
import { inFull, type Outside } from './addresses.ts'
import { feedPage, pageLinks } from './paging.ts'

const ON_A_PAGE = 100

const WITH_POST = ['author', 'topics'] as const
type PostInFeed = Loaded<typeof Post, typeof WITH_POST>

/** What the network writes, the newest first. @throws NotFoundError when there is no such page. */
export async function getPostsFeed(
  repo: Repo,
  asOf: Date,
  outside: Outside,
  page = 1,
): Promise<FeedDraft> {
  const settings = await getSettings(repo)
  const out = publishedPosts(from(Post), asOf)
  const part = feedPage(page, await repo.count(out), ON_A_PAGE)
  const posts = await repo.all(
    out
      .orderBy({ publishedAt: 'desc', id: 'desc' })
      .limit(ON_A_PAGE)
      .offset((page - 1) * ON_A_PAGE)
      .preload(...WITH_POST),
  )
  const { publicUrl, paths } = outside
  const { title, tagline, language, coverUrl } = settings
  return {
    title: `${title}: posts`,
    description: tagline ?? `What ${title} writes.`,
    link: inFull(publicUrl, paths.posts),
    ...pageLinks(inFull(publicUrl, paths.postsFeed), part),
    hubUrls: hubsOf(settings),
    language,
    author: title,
    generator: 'Showrunner',
    imageUrl: coverUrl === null ? null : inFull(publicUrl, coverUrl),
    publishedAt: posts[0]?.publishedAt ?? null,
    items: posts.map((post) => postItem(post, outside)),
  }
}

/** A post as a feed says it. */
export function postItem(post: PostInFeed, outside: Outside): ItemDraft {
  const { publicUrl, paths } = outside
  const { guid, title, slug, tldr, bodyHtml, author, topics, coverUrl, publishedAt } = post
  return {
    guid,
    guidIsPermaLink: false,
    title,
    description: tldr,
    contentHtml: bodyHtml === null ? null : withFullAddresses(bodyHtml, publicUrl),
    link: inFull(publicUrl, paths.post(slug)),
    author: author.name,
    publishedAt,
    categories: topics.map(({ name }) => name),
    imageUrl: coverUrl === null ? null : inFull(publicUrl, coverUrl),
    people: [
      {
        name: author.name,
        role: 'author',
        group: 'writing',
        imageUrl: author.avatarUrl === null ? null : inFull(publicUrl, author.avatarUrl),
        link: inFull(publicUrl, paths.person(author.handle)),
      },
    ],
  }
}
