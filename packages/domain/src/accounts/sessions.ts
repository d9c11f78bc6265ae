import { build, change, from, type Repo } from '@showrunner/data'
import { Person } from '../people/index.ts'
import { Session } from './session.ts'
import { useSignInLink } from './sign-in-links.ts'
import { newToken, tokenHash } from './token.ts'

const DAY_MS = 24 * 60 * 60_000
const SESSION_LIFETIME_MS = 60 * DAY_MS

/** A session is written to at most this often, however many pages are asked for. */
const SEEN_EVERY_MS = 60 * 60_000

const LONGEST_USER_AGENT = 255

export interface SignedIn {
  readonly person: Person
  /** For the cookie. Only its hash is kept. */
  readonly token: string
  readonly expiresAt: Date
}

/** Signs in the person the link was made for; undefined when it was used before, ran out or never was. */
export async function signIn(
  repo: Repo,
  linkToken: string,
  asOf: Date,
  userAgent: string | null = null,
): Promise<SignedIn | undefined> {
  return repo.transaction(async () => {
    const link = await useSignInLink(repo, linkToken, asOf)
    if (!link) return undefined
    const token = newToken()
    const { expiresAt } = await repo.insertOrThrow(
      build(Session, {
        personId: link.personId,
        tokenHash: tokenHash(token),
        expiresAt: endOf(asOf),
        lastSeenAt: asOf,
        userAgent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
      }),
    )
    const before = await repo.getOrThrow(Person, link.personId)
    const person = await repo.updateOrThrow(change(before, { signedInAt: asOf }))
    return { person, token, expiresAt }
  })
}

/** Who is signed in with this session. Being seen prolongs it. */
export async function personForSession(
  repo: Repo,
  token: string,
  asOf: Date,
): Promise<Person | undefined> {
  const living = from(Session).where('expiresAt', '>', asOf).preload('person')
  const session = await repo.getBy(living, { tokenHash: tokenHash(token) })
  if (!session) return undefined
  if (asOf.getTime() - session.lastSeenAt.getTime() >= SEEN_EVERY_MS) {
    const seen = from(Session).where({ id: session.id })
    await repo.updateAll(seen, { lastSeenAt: asOf, expiresAt: endOf(asOf) })
  }
  return session.person
}

/** Ends the session. One that ended already stays ended. */
export async function signOut(repo: Repo, token: string): Promise<void> {
  await repo.deleteAll(from(Session).where({ tokenHash: tokenHash(token) }))
}

function endOf(asOf: Date): Date {
  return new Date(asOf.getTime() + SESSION_LIFETIME_MS)
}
