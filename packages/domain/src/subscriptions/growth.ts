import { type Repo, sql } from '@showrunner/data'

/** Who came and who went in a time that begins on that day. */
export interface Growth {
  readonly day: string
  readonly came: number
  readonly went: number
}

const LENGTHS = { day: 30, month: 12 } as const
export type GrowthInterval = keyof typeof LENGTHS

/**
 * The last thirty days, or the last twelve months, this one included; of a podcast, or of the newsletter. Who asks has been
 * let see the numbers.
 */
export async function growthOf(
  repo: Repo,
  podcastId: number | null,
  interval: GrowthInterval,
  asOf: Date,
): Promise<readonly Growth[]> {
  const step = sql`('1 ' || ${interval}::text)::interval`
  const last = sql`date_trunc(${interval}::text, ${asOf.toISOString()}::timestamptz at time zone 'UTC')`
  return repo.unscoped().run(
    sql<Growth>`
      select s.start::date::text as day,
        count(*) filter (where u.confirmed_at >= s.start at time zone 'UTC'
          and u.confirmed_at < (s.start + ${step}) at time zone 'UTC')::int as came,
        count(*) filter (where u.unsubscribed_at >= s.start at time zone 'UTC'
          and u.unsubscribed_at < (s.start + ${step}) at time zone 'UTC')::int as went
      from generate_series(${last} - ${LENGTHS[interval] - 1}::int * ${step}, ${last}, ${step}) as s (start)
      left join subscriptions u on u.podcast_id is not distinct from ${podcastId}::bigint and u.episode_id is null
      group by s.start order by s.start`,
  )
}
