import { type Repo, sql } from '@showrunner/data'

/** Of each podcast. */
const MOST_RANKED = 100

/** Sums up what was downloaded most. A place that stays is not written: pages that show it stay as they are. */
export async function rankEpisodes(repo: Repo): Promise<void> {
  await repo.run(sql`
    with counted as (
      select podcast_id, episode_id, sum(downloads) as total from download_counts group by 1, 2
    ), ranked as (
      select podcast_id, episode_id,
        row_number() over (partition by podcast_id order by total desc, episode_id desc)::int as place
      from counted
    ), best as (
      select * from ranked where place <= ${MOST_RANKED}::int
    ), gone as (
      delete from popular_episodes p where not exists (select from best b where b.episode_id = p.episode_id)
    )
    insert into popular_episodes (podcast_id, episode_id, place)
    select podcast_id, episode_id, place from best b
    where not exists (select from popular_episodes p where p.episode_id = b.episode_id and p.place = b.place)
    on conflict (episode_id) do update set place = excluded.place`)
}
