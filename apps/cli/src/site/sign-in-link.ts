import { type Repo } from '@showrunner/data'
import * as accounts from '@showrunner/domain/accounts'
import { addresses } from '@showrunner/web'
import { type Env } from '../env.ts'

/**
 * The address that signs the first administrator in, once. None in production when that has happened: there
 * the output of a program is read by more people.
 */
export async function signInLink(
  repo: Repo,
  { NODE_ENV }: Pick<Env, 'NODE_ENV'>,
  publicUrl: string,
): Promise<string | undefined> {
  const administrator = await accounts.firstAdministrator(repo)
  if (NODE_ENV === 'production' && administrator.signedInAt) return undefined
  const token = await accounts.createSignInLink(repo, administrator, new Date())
  return publicUrl + addresses.signIn(token)
}
