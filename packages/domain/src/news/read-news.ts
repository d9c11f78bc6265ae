import { from, NotFoundError, type Loaded, type Query, type Repo } from '@showrunner/data'
import { Episode, ofVisiblePodcasts, published } from '../episodes/index.ts'
import { isOut as isPostOut } from '../posts/index.ts'
import { NewsItem } from './news-item.ts'
import { NewsSource } from './news-source.ts'
import { newestFirst, out, pinnedFirst } from './scopes.ts'

export const NEWS_PER_PAGE = 20

const SHOWN = ['source', 'author', 'submitter', 'post', 'topics'] as const
type WithParts = Loaded<typeof NewsItem, typeof SHOWN>
type EpisodeOfItem = Loaded<typeof Episode, ['podcast']>

/** An item as anybody sees it: what it is about of our own is there only while anybody sees that. */
export type ShownNewsItem = Omit<WithParts, 'post' | 'episode'> & {
  readonly post: WithParts['post'] | undefined
  readonly episode: EpisodeOfItem | undefined
}

/** A page of what is news. */
export interface NewsPage {
  readonly items: readonly ShownNewsItem[]
  /** Which page this is, from 1. */
  readonly page: number
  readonly pages: number
  readonly total: number
}

/** What is pinned, then the newest. @throws NotFoundError when there is no such page. */
export async function getNewsPage(repo: Repo, asOf: Date, page = 1): Promise<NewsPage> {
  return pageOf(repo, pinnedFirst(out(from(NewsItem), asOf)), { asOf, page })
}

export interface SourcePage extends NewsPage {
  readonly source: NewsSource
}

/** @throws NotFoundError when nobody is called so, or when there is no such page. */
export async function getSourcePage(
  repo: Repo,
  slug: string,
  asOf: Date,
  page = 1,
): Promise<SourcePage> {
  const source = await getSource(repo, slug)
  const theirs = newestFirst(out(from(NewsItem), asOf).where({ sourceId: source.id }))
  return { source, ...(await pageOf(repo, theirs, { asOf, page })) }
}

/** @throws NotFoundError when nobody is called so. */
export async function getSource(repo: Repo, slug: string): Promise<NewsSource> {
  return repo.getByOrThrow(NewsSource, { slug })
}

async function pageOf(
  repo: Repo,
  items: Query<typeof NewsItem>,
  { asOf, page }: { readonly asOf: Date; readonly page: number },
): Promise<NewsPage> {
  const [total, rows] = await Promise.all([
    repo.count(items),
    repo.all(
      items
        .limit(NEWS_PER_PAGE)
        .offset((page - 1) * NEWS_PER_PAGE)
        .preload(...SHOWN),
    ),
  ])
  const pages = Math.max(1, Math.ceil(total / NEWS_PER_PAGE))
  if (page > pages) throw new NotFoundError(NewsItem, `on page ${page} of ${pages}`)
  return { items: await withOurs(repo, rows, asOf), page, pages, total }
}

/** What is out, the newest first, as far as `narrow` leaves it there. */
export async function listNews(
  repo: Repo,
  narrow: (items: Query<typeof NewsItem>) => Query<typeof NewsItem>,
  asOf: Date,
): Promise<readonly ShownNewsItem[]> {
  const wanted = narrow(newestFirst(out(from(NewsItem), asOf)))
  return withOurs(repo, await repo.all(wanted.preload(...SHOWN)), asOf)
}

/** The newest, whether pinned or not, a page of them. */
export async function listNewsForFeed(
  repo: Repo,
  asOf: Date,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<readonly ShownNewsItem[]> {
  return listNews(repo, (items) => items.limit(perPage).offset((page - 1) * perPage), asOf)
}

/** @throws NotFoundError when nothing of this number is out by then. */
export async function getNewsItem(repo: Repo, id: number, asOf: Date): Promise<ShownNewsItem> {
  const row = await repo.getOrThrow(out(from(NewsItem), asOf).preload(...SHOWN), id)
  const [item] = await withOurs(repo, [row], asOf)
  if (!item) throw new NotFoundError(NewsItem, `of the number ${id}`)
  return item
}

/** What is out of this number, if anything is. */
export async function findNewsItem(
  repo: Repo,
  id: number,
  asOf: Date,
): Promise<NewsItem | undefined> {
  return repo.get(out(from(NewsItem), asOf), id)
}

/** What its page will show, whether it is out or not, for who may see it. */
export async function getNewsItemPreview(
  repo: Repo,
  id: number,
  asOf: Date,
): Promise<ShownNewsItem> {
  const row = await repo.getOrThrow(from(NewsItem).preload(...SHOWN), id)
  const [item] = await withOurs(repo, [row], asOf)
  if (!item) throw new NotFoundError(NewsItem, `of the number ${id}`)
  return item
}

/** These of them that are out, by number. */
export async function listOut(
  repo: Repo,
  ids: readonly number[],
  asOf: Date,
): Promise<readonly ShownNewsItem[]> {
  if (ids.length === 0) return []
  const rows = await repo.all(
    out(from(NewsItem), asOf)
      .where('id', 'in', ids)
      .preload(...SHOWN),
  )
  return withOurs(repo, rows, asOf)
}

export async function hasNews(repo: Repo, asOf: Date): Promise<boolean> {
  return repo.exists(out(from(NewsItem), asOf))
}

/** Those of whom anything is news. */
export async function listSources(repo: Repo, asOf: Date): Promise<readonly CountedSource[]> {
  const items = await repo.all(
    out(from(NewsItem), asOf).where('sourceId', 'is not', null).select('id', 'sourceId'),
  )
  const counts = Map.groupBy(items, ({ sourceId }) => sourceId)
  if (counts.size === 0) return []
  const sources = await repo.all(from(NewsSource).orderBy({ name: 'asc', id: 'asc' }))
  return sources.flatMap((source) => {
    const count = counts.get(source.id)?.length ?? 0
    return count > 0 ? [{ source, count }] : []
  })
}

export interface CountedSource {
  readonly source: NewsSource
  readonly count: number
}

async function withOurs(
  repo: Repo,
  items: readonly WithParts[],
  asOf: Date,
): Promise<readonly ShownNewsItem[]> {
  const ids = items.flatMap(({ episodeId }) => episodeId ?? [])
  const heard = published(from(Episode).pipe(ofVisiblePodcasts), asOf)
  const episodes =
    ids.length === 0 ? [] : await repo.all(heard.where('id', 'in', ids).preload('podcast'))
  const byId = new Map(episodes.map((episode) => [episode.id, episode]))
  return items.map((item) => ({
    ...item,
    post: item.post && isPostOut(item.post, asOf) ? item.post : undefined,
    episode: item.episodeId === null ? undefined : byId.get(item.episodeId),
  }))
}
