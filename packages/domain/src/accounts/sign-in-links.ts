import { build, from, type Repo } from '@showrunner/data'
import { Person } from '../people/index.ts'
import { SignInLink, type SignInLinkWithPerson } from './sign-in-link.ts'
import { newToken, tokenHash } from './token.ts'

const MINUTE_MS = 60_000
const SHOWN_MS = 30 * MINUTE_MS
const MAILED_MS = 15 * MINUTE_MS

/** A token that signs this person in once, within half an hour. Only its hash is kept: it cannot be shown again. */
export async function createSignInLink(repo: Repo, person: Person, asOf: Date): Promise<string> {
  return create(repo, { personId: person.id }, endOf(asOf, SHOWN_MS))
}

/**
 * A token for a mail to this address, good for fifteen minutes: it signs in whoever the address belongs to, or makes
 * somebody of it when it is nobody's.
 */
export async function createMailedLink(
  repo: Repo,
  { email, nextPath }: { readonly email: string; readonly nextPath: string | null },
  asOf: Date,
): Promise<{ readonly token: string; readonly person: Person | undefined }> {
  const person = await repo.getBy(Person, { email })
  const link = { email, nextPath, personId: person?.id ?? null }
  return { token: await create(repo, link, endOf(asOf, MAILED_MS)), person }
}

/** The link, when it would still let somebody in. Looking does not use it up. */
export async function findSignInLink(
  repo: Repo,
  token: string,
  asOf: Date,
): Promise<SignInLinkWithPerson | undefined> {
  const link = await repo.getBy(usable(asOf).preload('person'), { tokenHash: tokenHash(token) })
  return link && isStillTheirs(link) ? link : undefined
}

/** Uses the link up. Of two who try at the same moment one wins: the update finds the row unused only once. */
export async function useSignInLink(
  repo: Repo,
  token: string,
  asOf: Date,
): Promise<SignInLinkWithPerson | undefined> {
  const link = await findSignInLink(repo, token, asOf)
  if (!link) return undefined
  const used = await repo.updateAll(usable(asOf).where({ id: link.id }), { usedAt: asOf })
  return used === 1 ? link : undefined
}

async function create(
  repo: Repo,
  link: { personId: number | null; email?: string; nextPath?: string | null },
  expiresAt: Date,
): Promise<string> {
  const token = newToken()
  await repo.insertOrThrow(build(SignInLink, { ...link, tokenHash: tokenHash(token), expiresAt }))
  return token
}

function usable(asOf: Date) {
  return from(SignInLink).where('usedAt', 'is', null).where('expiresAt', '>', asOf)
}

/** Who has changed their address since is not let in by a mail to the old one. */
function isStillTheirs({ email, person }: SignInLinkWithPerson): boolean {
  return email === null || person === null || person.email === email
}

function endOf(asOf: Date, lifetimeMs: number): Date {
  return new Date(asOf.getTime() + lifetimeMs)
}
