import { type Episode } from '../episodes/index.ts'
import { type NewsItem } from '../news/index.ts'
import { type Post } from '../posts/index.ts'

export const DISCUSSED = ['news', 'episode', 'post'] as const
export type Discussed = (typeof DISCUSSED)[number]

/** What a discussion is about. */
export interface DiscussionSubject {
  readonly of: Discussed
  readonly id: number
}

const COLUMNS = { news: 'newsItemId', episode: 'episodeId', post: 'postId' } as const

/** As it stands in a row: of the three columns one is filled. */
export interface SubjectColumns {
  readonly newsItemId: number | null
  readonly episodeId: number | null
  readonly postId: number | null
}

/** The column that says it, and what it says. */
export function ofSubject({ of, id }: DiscussionSubject): Partial<SubjectColumns> {
  return { [COLUMNS[of]]: id }
}

export function columnOf({ of }: DiscussionSubject): 'newsItemId' | 'episodeId' | 'postId' {
  return COLUMNS[of]
}

export function subjectOf({ newsItemId, episodeId, postId }: SubjectColumns): DiscussionSubject {
  if (newsItemId !== null) return { of: 'news', id: newsItemId }
  if (episodeId !== null) return { of: 'episode', id: episodeId }
  if (postId !== null) return { of: 'post', id: postId }
  throw new Error('A row of a discussion says what it is about: the database holds it to that.')
}

/** As an address has it: `news-42`. */
export function subjectKey({ of, id }: DiscussionSubject): string {
  return `${of}-${id}`
}

export function subjectFrom(key: string): DiscussionSubject | undefined {
  const [, of, digits] = /^(news|episode|post)-([1-9]\d{0,14})$/.exec(key) ?? []
  const known = DISCUSSED.find((one) => one === of)
  return known && { of: known, id: Number(digits) }
}

/** What is discussed, as it is called and found. */
export type SubjectRow =
  | { readonly of: 'news'; readonly row: Pick<NewsItem, 'id' | 'headline' | 'slug'> }
  | {
      readonly of: 'episode'
      readonly row: Pick<Episode, 'id' | 'title' | 'slug' | 'podcastId'>
      readonly podcast: string
    }
  | { readonly of: 'post'; readonly row: Pick<Post, 'id' | 'title' | 'slug'> }
