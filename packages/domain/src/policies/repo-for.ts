import { type Repo } from '@showrunner/data'
import { watcher } from '../activity/index.ts'
import { type Actor } from './actor.ts'

/**
 * The repo that acts for somebody: an administrator's sees everything, anybody else's the podcasts they work on, and of
 * tables with tenants nothing where there are none. What a policy forgets, this still does not show. What it writes is
 * written down with who did it.
 */
export function repoFor(actor: Actor, repo: Repo): Repo {
  const theirs = actor.isAdmin ? repo.unscoped() : repo.forTenant(actor.hostOf)
  return theirs.watched(watcher(actor))
}
