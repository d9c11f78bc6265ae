import { build, from, type Repo } from '@showrunner/data'
import { type Person } from '../people/index.ts'
import { SignInLink } from './sign-in-link.ts'
import { newToken, tokenHash } from './token.ts'

const LINK_LIFETIME_MS = 30 * 60_000

/** A token that signs this person in once, within half an hour. Only its hash is kept: it cannot be shown again. */
export async function createSignInLink(repo: Repo, person: Person, asOf: Date): Promise<string> {
  const token = newToken()
  await repo.insertOrThrow(
    build(SignInLink, {
      personId: person.id,
      tokenHash: tokenHash(token),
      expiresAt: new Date(asOf.getTime() + LINK_LIFETIME_MS),
    }),
  )
  return token
}

/** Whether the link would still sign somebody in. Looking does not use it up. */
export async function signInLinkWorks(repo: Repo, token: string, asOf: Date): Promise<boolean> {
  return repo.exists(usable(token, asOf))
}

/** Uses the link up. Of two who try at the same moment one wins: the update finds the row unused only once. */
export async function useSignInLink(
  repo: Repo,
  token: string,
  asOf: Date,
): Promise<SignInLink | undefined> {
  const used = await repo.updateAll(usable(token, asOf), { usedAt: asOf })
  return used === 1 ? repo.getBy(SignInLink, { tokenHash: tokenHash(token) }) : undefined
}

function usable(token: string, asOf: Date) {
  return from(SignInLink)
    .where({ tokenHash: tokenHash(token) })
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', asOf)
}
