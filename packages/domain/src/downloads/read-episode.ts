import { type Repo, sql } from '@showrunner/data'
import { type Way } from './download-count.ts'

export const INTERVALS = ['day', 'week', 'month'] as const
export type Interval = (typeof INTERVALS)[number]

/** So many are shown, up to today. */
const SHOWN: Readonly<Record<Interval, number>> = { day: 60, week: 52, month: 24 }

export const AGES = [1, 7, 30, 90] as const

/** From this day on, for a day, a week or a month. */
export interface Point {
  readonly day: string
  readonly value: number
}

export interface NamedCount<Name extends string = string> {
  readonly name: Name
  readonly downloads: number
}

/** How an episode is listened to. */
export interface EpisodeReport {
  readonly total: number
  /** Of those, from where the bytes came from elsewhere. */
  readonly estimated: number
  readonly points: readonly Point[]
  /** In its first days; null where they are not over. */
  readonly ages: readonly { readonly days: number; readonly downloads: number | null }[]
  readonly agents: readonly NamedCount[]
  readonly ways: readonly NamedCount<Way>[]
}

interface OneEpisode {
  readonly id: number
  readonly podcastId: number
  readonly publishedAt: Date | null
}

/** Who asks has been let see the podcast's numbers. */
export async function reportOnEpisode(
  repo: Repo,
  { id, podcastId, publishedAt }: OneEpisode,
  interval: Interval,
  asOf: Date,
): Promise<EpisodeReport> {
  const all = repo.unscoped()
  const theirs = sql`podcast_id = ${podcastId} and episode_id = ${id}`
  const [sums, points, ages, agents, ways] = await Promise.all([
    all.run(
      sql<{ total: number; estimated: number }>`
        select coalesce(sum(downloads), 0)::int as total,
          coalesce(sum(downloads) filter (where estimated), 0)::int as estimated
        from download_counts where ${theirs}`,
    ),
    pointsOf(all, theirs, interval, asOf),
    agesOf(all, theirs, publishedAt, asOf),
    all.run(
      sql<NamedCount>`select agent as name, sum(downloads)::int as downloads
        from download_counts where ${theirs} group by 1 order by 2 desc, 1 limit 30`,
    ),
    all.run(
      sql<NamedCount<Way>>`select way as name, sum(downloads)::int as downloads
        from download_counts where ${theirs} group by 1 order by 2 desc, 1`,
    ),
  ])
  const { total = 0, estimated = 0 } = sums[0] ?? {}
  return { total, estimated, points, ages, agents, ways }
}

/** Of a whole podcast. */
export async function pointsOfPodcast(
  repo: Repo,
  podcastId: number,
  interval: Interval,
  asOf: Date,
): Promise<readonly Point[]> {
  return pointsOf(repo.unscoped(), sql`podcast_id = ${podcastId}`, interval, asOf)
}

/** Also those of days on which there were none. */
function pointsOf(
  repo: Repo,
  theirs: ReturnType<typeof sql>,
  interval: Interval,
  asOf: Date,
): Promise<readonly Point[]> {
  const today = asOf.toISOString().slice(0, 10)
  const step = sql`${`1 ${interval}`}::interval`
  return repo.run(
    sql<Point>`
      select s.day::date::text as day, coalesce(sum(d.downloads), 0)::int as value
      from generate_series(
        date_trunc(${interval}, ${today}::date::timestamp) - ${step} * ${SHOWN[interval] - 1}::int,
        date_trunc(${interval}, ${today}::date::timestamp), ${step}) as s (day)
      left join (select day, downloads from download_counts where ${theirs}) d
        on d.day >= s.day and d.day < s.day + ${step}
      group by 1 order by 1`,
  )
}

async function agesOf(
  repo: Repo,
  theirs: ReturnType<typeof sql>,
  publishedAt: Date | null,
  asOf: Date,
): Promise<EpisodeReport['ages']> {
  if (publishedAt === null) return AGES.map((days) => ({ days, downloads: null }))
  const born = publishedAt.toISOString().slice(0, 10)
  const values = AGES.map((days) => sql`(${days}::int)`)
  const rows = await repo.run(
    sql<{ days: number; downloads: number }>`
      select a.days, coalesce(sum(d.downloads), 0)::int as downloads
      from (values ${sql.join(values)}) as a (days)
      left join (select day, downloads from download_counts where ${theirs}) d on d.day < ${born}::date + a.days
      group by 1`,
  )
  return AGES.map((days) => {
    const isOver = publishedAt.getTime() + days * 24 * 60 * 60_000 <= asOf.getTime()
    const found = rows.find((row) => row.days === days)?.downloads ?? 0
    return { days, downloads: isOver ? found : null }
  })
}
