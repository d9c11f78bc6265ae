import { from, type Query, type Repo } from '@showrunner/data'
import { type Person } from '../people/index.ts'
import { type Actor } from '../policies/index.ts'
import { listed, type ListedPost } from './listed.ts'
import { Post } from './post.ts'
import { drafts, matching, newestFirst, published, scheduled, visibleTo } from './scopes.ts'

export const POST_STATES = ['drafts', 'scheduled', 'published'] as const
export type PostState = (typeof POST_STATES)[number]

/** `recent` is the order of the state: what was worked on last, what is out next, what came out last. */
export const POST_ORDERS = ['recent', 'title'] as const
export type PostOrder = (typeof POST_ORDERS)[number]

export const POSTS_PER_LIST = 50

export interface PostsAsked {
  readonly state: PostState
  /** Words of the title or the summary. */
  readonly search?: string
  readonly order?: PostOrder
  /** From 1. */
  readonly page?: number
}

export interface PostList {
  readonly posts: readonly (ListedPost & {
    readonly author: Person
    readonly editor: Person | null
  })[]
  readonly total: number
  readonly pages: number
  /** How many there are of each state, whatever is searched for. */
  readonly counts: Readonly<Record<PostState, number>>
}

/** A page of the posts that somebody may see in the admin area. */
export async function listPosts(
  repo: Repo,
  actor: Actor,
  { state, search = '', order = 'recent', page = 1 }: PostsAsked,
  asOf: Date,
): Promise<PostList> {
  const theirs = visibleTo(actor, from(Post))
  const found = matching(inState(theirs, state, asOf), search)
  const [total, posts, ...counts] = await Promise.all([
    repo.count(found),
    repo.all(
      listed(inOrder(found, state, order))
        .limit(POSTS_PER_LIST)
        .offset((page - 1) * POSTS_PER_LIST)
        .preload('author', 'editor'),
    ),
    ...POST_STATES.map((one) => repo.count(inState(theirs, one, asOf))),
  ])
  const [draft = 0, later = 0, out = 0] = counts
  return {
    posts,
    total,
    pages: Math.max(1, Math.ceil(total / POSTS_PER_LIST)),
    counts: { drafts: draft, scheduled: later, published: out },
  }
}

function inState<Spec>(posts: Query<typeof Post, Spec>, state: PostState, asOf: Date) {
  if (state === 'drafts') return drafts(posts)
  return state === 'scheduled' ? scheduled(posts, asOf) : published(posts, asOf)
}

function inOrder<Spec>(posts: Query<typeof Post, Spec>, state: PostState, order: PostOrder) {
  if (order === 'title') return posts.orderBy({ title: 'asc', id: 'asc' })
  if (state === 'drafts') return posts.orderBy({ updatedAt: 'desc', id: 'desc' })
  return state === 'scheduled'
    ? posts.orderBy({ publishedAt: 'asc', id: 'asc' })
    : newestFirst(posts)
}
