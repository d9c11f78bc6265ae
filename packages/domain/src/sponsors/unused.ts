import { from, type Repo } from '@showrunner/data'
import { countBy } from '../lists/index.ts'
import { Sponsor } from './sponsor.ts'
import { deleteSponsor, type SponsorInUse } from './sponsors.ts'

/** These sponsors, with how many episodes each paid for: for who sees every podcast. */
export async function listSponsorsOf(
  repo: Repo,
  ids: readonly number[],
): Promise<readonly SponsorInUse[]> {
  if (ids.length === 0) return []
  const [rows, counts] = await Promise.all([
    repo.all(from(Sponsor).where('id', 'in', ids).orderBy({ name: 'asc', id: 'asc' })),
    countBy(repo, 'episode_sponsors', 'sponsor_id', ids),
  ])
  return rows.map((row) => ({ ...row, episodeCount: counts.get(row.id) ?? 0 }))
}

/** Deletes those of these sponsors that paid for no episode, and says how many. */
export async function deleteUnusedSponsors(repo: Repo, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0
  return repo.transaction(async () => {
    const these = from(Sponsor).where('id', 'in', ids).orderBy({ id: 'asc' })
    // Whoever would name one in an episode waits, and finds it gone.
    const sponsors = await repo.all(these.lock('for update'))
    let deleted = 0
    for (const sponsor of sponsors) {
      const { ok } = await deleteSponsor(repo, sponsor)
      if (ok) deleted += 1
    }
    return deleted
  })
}
