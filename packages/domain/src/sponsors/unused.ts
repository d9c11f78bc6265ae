import { from, type Repo } from '@showrunner/data'
import { countBy } from '../lists/index.ts'
import { Sponsor } from './sponsor.ts'

export interface CountedSponsor {
  readonly sponsor: Sponsor
  readonly episodeCount: number
}

/** These sponsors, with how many episodes each paid for: for who sees every podcast. */
export async function listSponsorsOf(
  repo: Repo,
  ids: readonly number[],
): Promise<readonly CountedSponsor[]> {
  if (ids.length === 0) return []
  const [sponsors, counts] = await Promise.all([
    repo.all(from(Sponsor).where('id', 'in', ids).orderBy({ name: 'asc', id: 'asc' })),
    countBy(repo, 'episode_sponsors', 'sponsor_id', ids),
  ])
  return sponsors.map((sponsor) => ({ sponsor, episodeCount: counts.get(sponsor.id) ?? 0 }))
}

/** Deletes those of these sponsors that paid for no episode, and says how many. */
export async function deleteUnusedSponsors(repo: Repo, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0
  return repo.transaction(async () => {
    // Whoever would name one in an episode waits, and finds it gone.
    await repo.all(from(Sponsor).where('id', 'in', ids).orderBy({ id: 'asc' }).lock('for update'))
    const sponsors = await listSponsorsOf(repo, ids)
    const unused = sponsors.filter(({ episodeCount }) => episodeCount === 0)
    for (const { sponsor } of unused) await repo.deleteOrThrow(sponsor)
    return unused.length
  })
}
