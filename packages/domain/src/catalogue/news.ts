import { from, type Query, type Repo, subquery } from '@showrunner/data'
import {
  listNews as listOut,
  type NewsItem,
  type NewsKind,
  type ShownNewsItem,
  NewsItemTopic,
} from '../news/index.ts'
import { olderThan, type Slice, sliced, type Wanted } from './slice.ts'

export interface NewsAsked extends Wanted {
  readonly kind?: NewsKind | undefined
  readonly sourceId?: number | undefined
  readonly topicId?: number | undefined
}

/** What is news by then, the newest first, whatever is pinned. */
export async function listNews(
  repo: Repo,
  asked: NewsAsked,
  asOf: Date,
): Promise<Slice<ShownNewsItem>> {
  const { most, offset = 0, after } = asked
  const found = await listOut(
    repo,
    (items) => {
      const wanted = narrowed(items, asked)
      return (after ? wanted.where(olderThan('news_items', after)) : wanted)
        .limit(most + 1)
        .offset(offset)
    },
    asOf,
  )
  return sliced(found, asked, ({ publishedAt, id }) => [publishedAt?.toISOString() ?? '', id])
}

type Items = Query<typeof NewsItem>

function narrowed(items: Items, { kind, sourceId, topicId }: NewsAsked): Items {
  let found = items
  if (kind !== undefined) found = found.where({ kind })
  if (sourceId !== undefined) found = found.where({ sourceId })
  return topicId === undefined ? found : aboutTopic(found, topicId)
}

function aboutTopic(items: Items, topicId: number): Items {
  const topics = from(NewsItemTopic).where({ topicId })
  return items.where('id', 'in', subquery(topics.select('newsItemId')))
}
