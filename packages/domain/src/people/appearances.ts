import { from, type Loaded, type Query, type Repo, sql } from '@showrunner/data'
import { Episode, newestFirst, ofVisiblePodcasts, published, visibleTo } from '../episodes/index.ts'
import { PUBLIC_STATUSES } from '../podcasts/index.ts'
import { type Actor } from '../policies/index.ts'

export type Appearance = Loaded<typeof Episode, ['podcast']>

type Narrowing = <Spec>(episodes: Query<typeof Episode, Spec>) => Query<typeof Episode, Spec>

/** In how many episodes each of these people has a part, of those that somebody may see: their own, and what is out. */
export async function countAppearances(
  repo: Repo,
  actor: Actor,
  table: 'episode_hosts' | 'episode_guests' | 'episode_credits',
  ids: readonly number[],
  asOf: Date,
): Promise<ReadonlyMap<number, number>> {
  if (ids.length === 0) return new Map()
  const counted = await repo.unscoped().run(
    sql<{ id: number; episodes: number }>`
      select part.person_id::int as id, count(distinct part.episode_id)::int as episodes
      from ${sql.table(table)} as part
      where part.person_id = any(${ids}::bigint[]) and ${seenPart(actor, asOf)} group by 1`,
  )
  return new Map(counted.map(({ id, episodes }) => [id, episodes]))
}

/** In a query of `part`, which belongs to an episode: whether somebody may see that episode. */
export function seenPart({ isAdmin, hostOf }: Actor, asOf: Date) {
  if (isAdmin) return sql<boolean>`true`
  return sql<boolean>`(part.podcast_id = any(${hostOf}::bigint[]) or exists (
    select from episodes join podcasts on podcasts.id = episodes.podcast_id
    where episodes.id = part.episode_id and episodes.published and episodes.published_at <= ${asOf}
      and podcasts.status = any(${PUBLIC_STATUSES}::text[])))`
}

/** The newest of these episodes that somebody may see: those they work on, drafts and all, and what is out. */
export async function listAppearances(
  repo: Repo,
  actor: Actor,
  narrowed: Narrowing,
  { most, asOf }: { readonly most: number; readonly asOf: Date },
): Promise<readonly Appearance[]> {
  const newest = from(Episode).pipe(newestFirst).limit(most).preload('podcast')
  const own = await repo.all(narrowed(visibleTo(actor, newest)))
  if (actor.isAdmin) return own

  const out = await repo.unscoped().all(narrowed(published(newest, asOf).pipe(ofVisiblePodcasts)))
  const others = out.filter(({ id }) => !own.some((episode) => episode.id === id))
  // What has no date is being made.
  const time = ({ publishedAt }: Appearance) => publishedAt?.getTime() ?? Infinity
  return [...own, ...others].toSorted((one, other) => time(other) - time(one) || 0).slice(0, most)
}
