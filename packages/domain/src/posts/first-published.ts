import { type Post } from './post.ts'

type Dated = Pick<Post, 'published' | 'publishedAt' | 'firstPublishedAt'>

/** Whether anybody may read it by then. */
export function isOut(
  { published, publishedAt }: Pick<Dated, 'published' | 'publishedAt'>,
  asOf: Date,
): boolean {
  return published && publishedAt !== null && publishedAt <= asOf
}

/** When anybody could first read it; null as long as nobody could. */
export function firstPublishedBy(post: Dated, asOf: Date): Date | null {
  return post.firstPublishedAt ?? (isOut(post, asOf) ? post.publishedAt : null)
}

/** Whether its address is known already, or will be by itself: it is then changed by `changeSlug` alone. */
export function isSlugFrozen({
  published,
  firstPublishedAt,
}: Pick<Dated, 'published' | 'firstPublishedAt'>): boolean {
  return published || firstPublishedAt !== null
}
