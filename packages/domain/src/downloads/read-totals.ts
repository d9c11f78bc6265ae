import { from, type Repo, sql } from '@showrunner/data'
import { Podcast, visibleTo } from '../podcasts/index.ts'
import { type Actor } from '../policies/index.ts'
import { DAY_MS, dayOf } from './listeners.ts'

export const SPANS = [7, 30, 90, 365] as const

/** Of so many days until today: how many downloads there were, in as many before, and a year ago. */
export interface SpanTotal {
  readonly days: number
  readonly now: number
  readonly before: number
  readonly yearAgo: number
}

/** The podcasts whose numbers somebody may see. */
export async function podcastsOf(repo: Repo, actor: Actor): Promise<readonly Podcast[]> {
  return repo.all(visibleTo(actor, from(Podcast)).orderBy({ title: 'asc', id: 'asc' }))
}

/** Of all podcasts that somebody may see, together. */
export async function downloadTotals(
  repo: Repo,
  actor: Actor,
  asOf: Date,
): Promise<readonly SpanTotal[]> {
  const ids = (await podcastsOf(repo, actor)).map(({ id }) => id)
  const spans = SPANS.flatMap((days) => [
    { days, name: 'now', shift: 0 },
    { days, name: 'before', shift: days },
    { days, name: 'yearAgo', shift: 365 },
  ])
  const values = spans.map(({ days, name, shift }) => {
    const [first, last] = [days - 1 + shift, shift].map((ago) => dayOf(daysBefore(asOf, ago)))
    return sql`(${days}::int, ${name}, ${first}::date, ${last}::date)`
  })
  const rows = await repo.unscoped().run(
    sql<{ days: number; name: string; downloads: number }>`
      select s.days, s.name, coalesce(sum(d.downloads), 0)::int as downloads
      from (values ${sql.join(values)}) as s (days, name, first, last)
      left join download_counts d on d.podcast_id = any(${ids}::bigint[]) and d.day between s.first and s.last
      group by 1, 2`,
  )
  const of = (days: number, name: string) =>
    rows.find((row) => row.days === days && row.name === name)?.downloads ?? 0
  return SPANS.map((days) => {
    return { days, now: of(days, 'now'), before: of(days, 'before'), yearAgo: of(days, 'yearAgo') }
  })
}

function daysBefore(asOf: Date, days: number): Date {
  return new Date(asOf.getTime() - days * DAY_MS)
}
