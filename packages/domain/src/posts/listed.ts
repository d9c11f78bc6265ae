import { type Query } from '@showrunner/data'
import { type Post } from './post.ts'

/** What a list shows of a post: not its body, which is long. */
const LISTED = [
  'id',
  'authorId',
  'editorId',
  'slug',
  'title',
  'subtitle',
  'tldr',
  'coverUrl',
  'published',
  'publishedAt',
  'updatedAt',
] as const

export type ListedPost = Pick<Post, (typeof LISTED)[number]>

export function listed<Spec>(posts: Query<typeof Post, Spec>) {
  return posts.select(...LISTED)
}
