import { from, type Loaded, type Query, type Repo } from '@showrunner/data'
import { countEach, type ListOptions, matching, type Paged, paged, sorted } from '../lists/index.ts'
import { type Actor } from '../policies/index.ts'
import { Post } from './post.ts'
import { drafts, published, scheduled, visibleTo } from './scopes.ts'

export const POST_STATES = ['drafts', 'scheduled', 'published'] as const
export type PostState = (typeof POST_STATES)[number]

/** First what was worked on last, what is out next, what came out last. */
export const POST_SORTS = {
  drafts: ['-updatedAt', 'title'],
  scheduled: ['publishedAt', 'title', '-updatedAt'],
  published: ['-publishedAt', 'title', '-updatedAt'],
} as const

export type PostWithPeople = Loaded<typeof Post, ['author', 'editor']>

/** A page of the posts in one state that somebody may see in the admin area. */
export async function searchPosts(
  repo: Repo,
  actor: Actor,
  state: PostState,
  { q, sort, page }: ListOptions,
  asOf: Date,
): Promise<Paged<PostWithPeople>> {
  const theirs = inState(visibleTo(actor, from(Post)), state, asOf)
  const found = sorted(matching(theirs, ['title', 'tldr'], q), POST_SORTS[state], sort)
  const { rows, ...rest } = await paged(repo, found, page)
  return { ...rest, rows: await repo.preload(rows, 'author', 'editor') }
}

/** How many posts there are of each state that somebody may see. */
export async function countPosts(
  repo: Repo,
  actor: Actor,
  asOf: Date,
): Promise<Readonly<Record<PostState, number>>> {
  const theirs = visibleTo(actor, from(Post))
  return countEach(POST_STATES, async (state) => repo.count(inState(theirs, state, asOf)))
}

function inState<Spec>(posts: Query<typeof Post, Spec>, state: PostState, asOf: Date) {
  if (state === 'drafts') return drafts(posts)
  return state === 'scheduled' ? scheduled(posts, asOf) : published(posts, asOf)
}
