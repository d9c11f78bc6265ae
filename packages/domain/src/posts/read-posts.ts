import { from, NotFoundError, type Loaded, type Repo } from '@showrunner/data'
import { type OnePage, pageOf } from '../lists/index.ts'
import { type Person } from '../people/index.ts'
import { listed, type ListedPost } from './listed.ts'
import { Post } from './post.ts'
import { PostSlug } from './post-slug.ts'
import { aboutTopic, after, before, newestFirst, published, writtenBy } from './scopes.ts'

export const POSTS_PER_PAGE = 20
const MOST_OF_ONE = 51

type PostWithAuthor = ListedPost & { readonly author: Person }

/** A page of the posts that anybody may read. */
export interface PostsPage {
  readonly posts: readonly PostWithAuthor[]
  /** Which page this is, from 1. */
  readonly page: number
  readonly pages: number
  /** How many posts there are on all pages. */
  readonly total: number
}

/** @throws NotFoundError when there is no such page. */
export async function getPostsPage(repo: Repo, asOf: Date, page = 1): Promise<PostsPage> {
  const out = published(from(Post), asOf)
  const [total, posts] = await Promise.all([
    repo.count(out),
    repo.all(
      listed(newestFirst(out))
        .limit(POSTS_PER_PAGE)
        .offset((page - 1) * POSTS_PER_PAGE)
        .preload('author'),
    ),
  ])
  const pages = Math.max(1, Math.ceil(total / POSTS_PER_PAGE))
  if (page > pages) throw new NotFoundError(Post, `on page ${page} of ${pages}`)
  return { posts, page, pages, total }
}

const WHOLE = ['author', 'editor', 'topics'] as const
export type WholePost = Loaded<typeof Post, typeof WHOLE>

export interface PostPage {
  readonly post: WholePost
  /** What came out before and after it. */
  readonly previous: ListedPost | undefined
  readonly next: ListedPost | undefined
}

/** @throws NotFoundError when nothing of this name is out by then. */
export async function getPostPage(repo: Repo, slug: string, asOf: Date): Promise<PostPage> {
  const out = published(from(Post), asOf)
  const post = await repo.getByOrThrow(out.preload(...WHOLE), { slug })
  const { id, publishedAt } = post
  if (publishedAt === null) return { post, previous: undefined, next: undefined }
  // The database counts finer than our dates: a moment cut to milliseconds lies before itself.
  const others = listed(out.where('id', '!=', id))
  const [previous, next] = await Promise.all([
    repo.one(before(others, publishedAt, id).limit(1)),
    repo.one(after(others, publishedAt, id).limit(1)),
  ])
  return { post, previous, next }
}

export async function isPostOut(repo: Repo, slug: string, asOf: Date): Promise<boolean> {
  return repo.exists(published(from(Post), asOf).where({ slug }))
}

/** What a post that was called so is called now, if it is out. */
export async function findMovedPost(
  repo: Repo,
  slug: string,
  asOf: Date,
): Promise<string | undefined> {
  const old = await repo.getBy(PostSlug, { slug })
  return old && (await repo.getBy(published(from(Post), asOf), { id: old.postId }))?.slug
}

export async function hasPosts(repo: Repo, asOf: Date): Promise<boolean> {
  return repo.exists(published(from(Post), asOf))
}

/** What somebody wrote that anybody may read, the newest first. */
export async function listPostsBy(
  repo: Repo,
  personId: number,
  asOf: Date,
): Promise<readonly ListedPost[]> {
  const theirs = writtenBy(published(from(Post), asOf), personId)
  return repo.all(listed(newestFirst(theirs)).limit(MOST_OF_ONE))
}

/** A page of it. @throws NotFoundError when there is no such page. */
export async function pagePostsBy(
  repo: Repo,
  personId: number,
  { asOf, page }: { readonly asOf: Date; readonly page: number },
): Promise<OnePage<ListedPost>> {
  return pageOf(repo, listed(newestFirst(writtenBy(published(from(Post), asOf), personId))), page)
}

/** What is about a topic that anybody may read, the newest first. */
export async function listPostsAbout(
  repo: Repo,
  topicId: number,
  asOf: Date,
): Promise<readonly PostWithAuthor[]> {
  const posts = listed(newestFirst(aboutTopic(published(from(Post), asOf), topicId)))
  return repo.all(posts.limit(MOST_OF_ONE).preload('author'))
}

/** A page of it. @throws NotFoundError when there is no such page. */
export async function pagePostsAbout(
  repo: Repo,
  topicId: number,
  { asOf, page }: { readonly asOf: Date; readonly page: number },
): Promise<OnePage<PostWithAuthor>> {
  const posts = listed(newestFirst(aboutTopic(published(from(Post), asOf), topicId)))
  return pageOf(repo, posts.preload('author'), page)
}

const TO_EDIT = ['author', 'editor', 'topics', { postTopics: ['topic'] }] as const
export type PostToEdit = Loaded<typeof Post, typeof TO_EDIT>

/**
 * A post with all that its form shows, whoever may see it: that is for the policy to say.
 *
 * @throws NotFoundError
 */
export async function getPost(repo: Repo, id: number): Promise<PostToEdit> {
  return repo.getOrThrow(from(Post).preload(...TO_EDIT), id)
}
