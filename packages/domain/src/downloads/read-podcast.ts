import { from, type Repo, sql } from '@showrunner/data'
import { FeedAgent } from './feed-agent.ts'
import { type Point } from './read-episode.ts'

/** How an episode began, and how it goes on. */
export interface Performance {
  readonly id: number
  readonly title: string
  readonly publishedAt: Date
  readonly firstWeek: number
  readonly total: number
}

const MOST_SHOWN = 30

/** The newest that are out, the oldest of them first. Who asks has been let see the podcast's numbers. */
export async function performanceOf(
  repo: Repo,
  podcastId: number,
  asOf: Date,
): Promise<readonly Performance[]> {
  const rows = await repo.unscoped().run(
    sql<Performance>`
      select e.id::int, e.title, e.published_at, coalesce(sum(d.downloads), 0)::int as total,
        coalesce(sum(d.downloads) filter (where d.day < (e.published_at at time zone 'UTC')::date + 7), 0)::int as first_week
      from (
        select id, podcast_id, title, published_at from episodes
        where podcast_id = ${podcastId} and published and published_at <= ${asOf.toISOString()}::timestamptz
        order by published_at desc, id desc limit ${MOST_SHOWN}
      ) e
      left join download_counts d on d.episode_id = e.id and d.podcast_id = e.podcast_id
      group by e.id, e.title, e.published_at order by e.published_at, e.id`,
  )
  return rows
}

/** What fetched the feed on a day: who says most subscribers first. */
export async function feedAgentsOn(
  repo: Repo,
  podcastId: number,
  day: string,
): Promise<readonly FeedAgent[]> {
  return repo.all(
    from(FeedAgent)
      .where({ podcastId, day })
      .orderBy({ subscribers: 'desc nulls last', fetches: 'desc', agent: 'asc', mark: 'asc' }),
  )
}

/** How many subscribers the programs together said there are, on each of so many days until today. */
export async function subscribersByDay(
  repo: Repo,
  podcastId: number,
  days: number,
  asOf: Date,
): Promise<readonly Point[]> {
  const today = asOf.toISOString().slice(0, 10)
  return repo.unscoped().run(
    sql<Point>`
      select s.day::date::text as day, coalesce(sum(a.subscribers), 0)::int as value
      from generate_series(${today}::date - ${days - 1}::int, ${today}::date, interval '1 day') as s (day)
      left join feed_agents a on a.podcast_id = ${podcastId} and a.day = s.day::date
      group by 1 order by 1`,
  )
}
