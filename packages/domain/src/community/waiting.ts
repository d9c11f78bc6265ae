import { from, type Repo } from '@showrunner/data'
import { CommunityAccount } from './community-account.ts'

const MOST_SHOWN = 50

/** Members whose next step could not be done, the longest waiting first. */
export async function listWaiting(repo: Repo) {
  const failing = from(CommunityAccount).where('error', 'is not', null)
  return repo.all(
    failing.orderBy({ updatedAt: 'asc', id: 'asc' }).limit(MOST_SHOWN).preload('person'),
  )
}

/** How many there are of them. */
export async function countWaiting(repo: Repo): Promise<number> {
  return repo.count(from(CommunityAccount).where('error', 'is not', null))
}
