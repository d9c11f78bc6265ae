import { type Repo, sql } from '@showrunner/data'
import { PER_PAGE, type Paged } from '../lists/index.ts'
import { type Actor } from '../policies/index.ts'
import { podcastsOf } from './read-totals.ts'

export const DOWNLOAD_SORTS = ['-downloads', '-total', '-publishedAt', 'title'] as const

/** Days in UTC, both of them counted. */
export interface Days {
  readonly first: string
  readonly last: string
}

export interface DownloadsAsked extends Days {
  readonly podcastId?: number | undefined
  /** Episodes with fewer are left out. */
  readonly least: number
  readonly sort: string
  /** Null for all of them, as in a file. */
  readonly page: number | null
}

/** How often an episode was downloaded in some days, and ever. */
export interface EpisodeDownloads {
  readonly id: number
  readonly podcastId: number
  readonly title: string
  readonly podcast: string
  readonly publishedAt: Date | null
  readonly downloads: number
  readonly total: number
}

export interface DownloadsFound extends Paged<EpisodeDownloads> {
  /** Of all the episodes found. */
  readonly downloads: number
}

const MOST_ROWS = 50_000

const ORDERS = {
  downloads: sql`downloads`,
  total: sql`total`,
  publishedAt: sql`published_at`,
  title: sql`lower(title)`,
}

/** The episodes of the podcasts that somebody may see, by how often they were downloaded. */
export async function searchDownloads(
  repo: Repo,
  actor: Actor,
  { first, last, podcastId, least, sort, page }: DownloadsAsked,
): Promise<DownloadsFound> {
  const ids = (await podcastsOf(repo, actor)).map(({ id }) => id)
  const chosen = podcastId === undefined ? ids : ids.filter((id) => id === podcastId)
  const order = ORDERS[sort.replace('-', '') as keyof typeof ORDERS] ?? ORDERS.downloads
  const direction = sort.startsWith('-') ? sql`desc nulls last` : sql`asc nulls last`
  const limit = page === null ? MOST_ROWS : PER_PAGE
  const offset = page === null ? 0 : (page - 1) * PER_PAGE
  const rows = await repo.unscoped().run(
    sql<EpisodeDownloads & { all: number; sum: number }>`
      select e.id::int, e.podcast_id::int, e.title, p.title as podcast, e.published_at, d.downloads, d.total,
        count(*) over ()::int as all, sum(d.downloads) over ()::int as sum
      from (
        select episode_id, sum(downloads)::int as total,
          coalesce(sum(downloads) filter (where day between ${first}::date and ${last}::date), 0)::int as downloads
        from download_counts where podcast_id = any(${chosen}::bigint[]) group by 1
      ) d join episodes e on e.id = d.episode_id join podcasts p on p.id = e.podcast_id
      where d.downloads >= ${least}::bigint
      order by ${order} ${direction}, e.id desc limit ${limit}::bigint offset ${offset}::bigint`,
  )
  return {
    rows: rows.map(({ all: _all, sum: _sum, ...row }) => row),
    total: rows[0]?.all ?? 0,
    downloads: rows[0]?.sum ?? 0,
    perPage: PER_PAGE,
  }
}
