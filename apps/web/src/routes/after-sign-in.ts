import { type Repo } from '@showrunner/data'
import * as accounts from '@showrunner/domain/accounts'
import * as admin from '@showrunner/domain/admin'
import { addresses } from '../addresses.ts'
import { localPath } from '../local-path.ts'

/** Where somebody goes who has signed in: the page they wanted; else to their work, if they have any here. */
export async function afterSignIn(
  repo: Repo,
  { person }: accounts.SignedIn,
  wanted: string | null | undefined,
): Promise<string> {
  const next = localPath(wanted ?? undefined)
  if (next !== undefined) return next
  return (await hasWork(repo, person)) ? addresses.admin.dashboard : addresses.signedIn
}

export async function hasWork(repo: Repo, person: accounts.Account['person']): Promise<boolean> {
  return admin.may(await accounts.accountOf(repo, person), 'enter')
}
