import { type Episode } from './episode.ts'

type Dated = Pick<Episode, 'published' | 'publishedAt' | 'firstPublishedAt'>

/** Whether it is released by then. */
export function isOut(
  { published, publishedAt }: Pick<Dated, 'published' | 'publishedAt'>,
  asOf: Date,
): boolean {
  return published && publishedAt !== null && publishedAt <= asOf
}

/** When anybody could first hear it; null as long as nobody could. */
export function firstPublishedBy(episode: Dated, asOf: Date): Date | null {
  return episode.firstPublishedAt ?? (isOut(episode, asOf) ? episode.publishedAt : null)
}

/** Whether its address is known already, or will be by itself: it is then changed by `changeSlug` alone. */
export function isSlugFrozen({
  published,
  firstPublishedAt,
}: Pick<Dated, 'published' | 'firstPublishedAt'>): boolean {
  return published || firstPublishedAt !== null
}
