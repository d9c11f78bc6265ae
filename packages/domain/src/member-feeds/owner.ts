import { type Repo } from '@showrunner/data'
import { isMember } from '../memberships/index.ts'
import { type Person } from '../people/index.ts'

/** Whether somebody's feeds play: a member's, and an administrator's. */
export async function hasFeeds(
  repo: Repo,
  { id, admin }: Pick<Person, 'id' | 'admin'>,
): Promise<boolean> {
  return admin || (await isMember(repo, id))
}
