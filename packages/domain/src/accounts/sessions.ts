import { build, change, from, type Repo } from '@showrunner/data'
import { type Person } from '../people/index.ts'
import { withMasquerader } from './masquerade.ts'
import { Session, type SessionWithPerson } from './session.ts'
import { newToken, tokenHash } from './token.ts'

const DAY_MS = 24 * 60 * 60_000
const IDLE_MS = 30 * DAY_MS
const LONGEST_MS = 180 * DAY_MS

/** A session is written to at most this often, however many pages are asked for. */
const SEEN_EVERY_MS = 60 * 60_000

const LONGEST_USER_AGENT = 255

export interface SignedIn {
  readonly person: Person
  /** For the cookie. Only its hash is kept. */
  readonly token: string
  /** When the session ends at the latest. */
  readonly endsAt: Date
}

/** The browser that somebody signs in with. */
export interface FromBrowser {
  readonly userAgent?: string | null
  /** The session it had before, which ends: a new one begins with every sign-in. */
  readonly previous?: string | undefined
}

/** Signs somebody in who has shown who they are. */
export async function startSession(
  repo: Repo,
  before: Person,
  { userAgent = null, previous }: FromBrowser,
  asOf: Date,
): Promise<SignedIn> {
  return repo.transaction(async () => {
    if (previous) await signOut(repo, previous)
    const token = newToken()
    const endsAt = new Date(asOf.getTime() + LONGEST_MS)
    await repo.insertOrThrow(
      build(Session, {
        personId: before.id,
        tokenHash: tokenHash(token),
        endsAt,
        expiresAt: idleEnd(asOf, endsAt),
        lastSeenAt: asOf,
        userAgent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
      }),
    )
    const person = await repo.updateOrThrow(change(before, { signedInAt: asOf }))
    return { person, token, endsAt }
  })
}

/** The session of this token, and whose it is. Being seen prolongs it. */
export async function findSession(
  repo: Repo,
  token: string,
  asOf: Date,
): Promise<SessionWithPerson | undefined> {
  const living = from(Session).where('expiresAt', '>', asOf).preload('person', 'masqueradingAs')
  const session = await repo.getBy(living, { tokenHash: tokenHash(token) })
  if (session && asOf.getTime() - session.lastSeenAt.getTime() >= SEEN_EVERY_MS) {
    const seen = { lastSeenAt: asOf, expiresAt: idleEnd(asOf, session.endsAt) }
    await repo.updateAll(from(Session).where({ id: session.id }), seen)
  }
  return session && withMasquerader(session, asOf)
}

/** Where this person is signed in, the most recently used first. */
export async function listSessions(
  repo: Repo,
  person: Person,
  asOf: Date,
): Promise<readonly Session[]> {
  const living = sessionsOf(person).where('expiresAt', '>', asOf)
  return repo.all(living.orderBy({ lastSeenAt: 'desc', id: 'desc' }))
}

/** Ends one of this person's sessions. One that ended already, or is somebody else's, is left as it is. */
export async function endSession(repo: Repo, person: Person, id: number): Promise<void> {
  await repo.deleteAll(sessionsOf(person).where({ id }))
}

/** Ends every session of this person but one, or every one, and says how many. */
export async function endSessions(repo: Repo, person: Person, but?: Session): Promise<number> {
  const all = sessionsOf(person)
  return repo.deleteAll(but ? all.where('id', '!=', but.id) : all)
}

/** Ends the session. One that ended already stays ended. */
export async function signOut(repo: Repo, token: string): Promise<void> {
  await repo.deleteAll(from(Session).where({ tokenHash: tokenHash(token) }))
}

function sessionsOf({ id }: Person) {
  return from(Session).where({ personId: id })
}

function idleEnd(asOf: Date, endsAt: Date): Date {
  return new Date(Math.min(asOf.getTime() + IDLE_MS, endsAt.getTime()))
}
