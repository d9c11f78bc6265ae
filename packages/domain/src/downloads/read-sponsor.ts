import { from, type Loaded, type Repo, sql } from '@showrunner/data'
import { EpisodeSponsor } from '../episodes/index.ts'
import { type Podcast, PUBLIC_STATUSES } from '../podcasts/index.ts'

/** Where a sponsor was named, and how often that was downloaded. */
export type Placement = Loaded<typeof EpisodeSponsor, [{ episode: 'podcast' }]> & {
  readonly downloads: number
}

const MOST_PLACEMENTS = 5000

/** In what is out: the newest first. For who may see every podcast. */
export async function placementsOf(
  repo: Repo,
  { id: sponsorId }: { readonly id: number },
  asOf: Date,
): Promise<readonly Placement[]> {
  const rows = await repo.all(
    from(EpisodeSponsor)
      .where({ sponsorId })
      .join('episode')
      .orderBy({ 'episode.publishedAt': 'desc nulls last', id: 'desc' })
      .limit(MOST_PLACEMENTS)
      .preload({ episode: 'podcast' }),
  )
  const out = rows.filter(
    ({ episode: { published, publishedAt, podcast } }) =>
      published && publishedAt !== null && publishedAt <= asOf && isPublic(podcast),
  )
  const counts = await totalsOf(
    repo,
    out.map(({ episodeId }) => episodeId),
  )
  return out.map((row) => ({ ...row, downloads: counts.get(row.episodeId) ?? 0 }))
}

function isPublic({ status }: Pick<Podcast, 'status'>): boolean {
  return (PUBLIC_STATUSES as readonly string[]).includes(status)
}

async function totalsOf(repo: Repo, ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const rows = await repo.unscoped().run(
    sql<{ id: number; downloads: number }>`
      select episode_id::int as id, sum(downloads)::int as downloads
      from download_counts where episode_id = any(${ids}::bigint[]) group by 1`,
  )
  return new Map(rows.map(({ id, downloads }) => [id, downloads]))
}
