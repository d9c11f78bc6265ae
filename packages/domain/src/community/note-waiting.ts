import { from, type Repo } from '@showrunner/data'
import { CommunityAccount, noteError } from './community-account.ts'
import { tell } from './tell-staff.ts'

/** They wait until somebody has seen to it. In the caller's transaction, the row locked. */
export async function noteWaiting(
  repo: Repo,
  account: CommunityAccount,
  { name, reason, at }: { readonly name: string; readonly reason: string; readonly at: Date },
): Promise<void> {
  const { id, round } = account
  await noteError(repo, account, { at, words: reason })
  await repo.updateAll(from(CommunityAccount).where({ id }), { state: 'waiting', invitedAt: null })
  await tell(repo, `waits:${id}:${round}`, `${name} waits for an invitation. ${reason}`)
}
