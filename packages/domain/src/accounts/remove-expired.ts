import { from, type Repo } from '@showrunner/data'
import { EmailChange } from './email-change.ts'
import { Session } from './session.ts'
import { SignInLink } from './sign-in-link.ts'

/** Removes what lets nobody in any more. Says how many of each there were. */
export async function removeExpired(
  repo: Repo,
  asOf: Date,
): Promise<{ readonly links: number; readonly sessions: number }> {
  const [links, sessions] = await Promise.all([
    repo.deleteAll(from(SignInLink).where('expiresAt', '<=', asOf)),
    repo.deleteAll(from(Session).where('expiresAt', '<=', asOf)),
    repo.deleteAll(from(EmailChange).where('expiresAt', '<=', asOf)),
  ])
  return { links, sessions }
}
