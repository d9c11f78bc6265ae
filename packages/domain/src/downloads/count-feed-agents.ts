import { from, type Repo, sql } from '@showrunner/data'
import { Podcast } from '../podcasts/index.ts'
import { readersIn } from './agents.ts'
import { dayOf } from './listeners.ts'

/** A feed was fetched, so often, with this. */
export interface FeedFetch {
  /** Of the podcast. */
  readonly slug: string
  readonly userAgent: string
  readonly at: Date
  readonly times: number
}

/** Adds up what fetched the feeds of podcasts, by day. */
export async function countFeedAgents(repo: Repo, fetches: readonly FeedFetch[]): Promise<void> {
  if (fetches.length === 0) return
  const slugs = [...new Set(fetches.map(({ slug }) => slug))]
  const podcasts = await repo.all(from(Podcast).where('slug', 'in', slugs))
  const ids = new Map(podcasts.map(({ slug, id }) => [slug, id]))
  const values = fetches.flatMap(({ slug, userAgent, at, times }) => {
    const [podcastId, readers] = [ids.get(slug), readersIn(userAgent)]
    if (podcastId === undefined || !readers) return []
    const { agent, mark, subscribers } = readers
    return [
      sql`(${podcastId}::bigint, ${dayOf(at)}::date, ${agent}, ${mark}, ${times}::int, ${subscribers}::int)`,
    ]
  })
  if (values.length === 0) return
  await repo.run(sql`
    insert into feed_agents as kept (podcast_id, day, agent, mark, fetches, subscribers)
    select podcast_id, day, agent, mark, sum(fetches), max(subscribers)
    from (values ${sql.join(values)}) as one (podcast_id, day, agent, mark, fetches, subscribers)
    group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (podcast_id, day, agent, mark) do update
      set fetches = kept.fetches + excluded.fetches, subscribers = greatest(kept.subscribers, excluded.subscribers)`)
}
