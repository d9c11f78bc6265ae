import { belongsTo, from, schema, t, timestamps, type Repo, type Row } from '@showrunner/data'
import { Person } from '../people/index.ts'
import { MEANS } from './means.ts'

/** `waiting` to be invited; `joined` are those of whom we know who they are there. */
export const ACCOUNT_STATES = ['waiting', 'invited', 'joined', 'removed'] as const
export type AccountState = (typeof ACCOUNT_STATES)[number]

/** Something that was done for somebody, or could not be. */
export interface Step {
  /** ISO 8601. */
  readonly at: string
  readonly words: string
}

/** How far a member has come, there. */
export const CommunityAccount = schema(
  'community_accounts',
  {
    id: t.id(),
    personId: t.reference(),
    state: t.enum(ACCOUNT_STATES).default('waiting'),
    /** Counts how often they became a member. What was meant for an earlier time is not done any more. */
    round: t.integer().default(1),
    /** Who they are there. */
    userId: t.string().nullable(),
    means: t.enum(MEANS).nullable(),
    invitedAt: t.datetime().nullable(),
    inviteMailedAt: t.datetime().nullable(),
    welcomeMailedAt: t.datetime().nullable(),
    joinedAt: t.datetime().nullable(),
    /** When they were brought to the members' channels. */
    broughtAt: t.datetime().nullable(),
    /** Set before they are greeted: with no `greetedAt` beside it, nobody knows whether they were. */
    greetingBegunAt: t.datetime().nullable(),
    greetedAt: t.datetime().nullable(),
    /** Set while the grace period runs: they are taken out then. */
    leavingAt: t.datetime().nullable(),
    removedAt: t.datetime().nullable(),
    /** When the last membership ended, while there is no other. */
    leftAt: t.datetime().nullable(),
    endedMailedAt: t.datetime().nullable(),
    /** Why the next step could not be done, until it is. */
    error: t.string().nullable(),
    steps: t.json<readonly Step[]>().default([]),
    ...timestamps(),
  },
  () => ({ person: belongsTo(Person) }),
)
export type CommunityAccount = Row<typeof CommunityAccount>

const MOST_STEPS = 200

type Noted = Partial<Omit<CommunityAccount, 'id' | 'personId' | 'steps'>>

/** Writes down what was done, with what is true of the account since. */
export async function note(
  repo: Repo,
  { id, steps }: CommunityAccount,
  { at, words, ...now }: Noted & { readonly at: Date; readonly words: string },
): Promise<void> {
  const step: Step = { at: at.toISOString(), words }
  await repo.updateAll(from(CommunityAccount).where({ id }), {
    error: null,
    ...now,
    steps: [...steps, step].slice(-MOST_STEPS),
  })
}

/** The same of what went wrong. Said once, however often it is tried. */
export async function noteError(
  repo: Repo,
  { id, steps, error }: CommunityAccount,
  { at, words }: { readonly at: Date; readonly words: string },
): Promise<void> {
  if (error === words) return
  const step: Step = { at: at.toISOString(), words }
  await repo.updateAll(from(CommunityAccount).where({ id }), {
    error: words,
    steps: [...steps, step].slice(-MOST_STEPS),
  })
}

/** Of which time of somebody's membership a job is about. */
export interface Turn {
  readonly accountId: number
  readonly round: number
}

/** The account, unless it is about an earlier time. Locked, in a transaction. */
export async function lockedAccount(
  repo: Repo,
  { accountId, round }: Turn,
): Promise<CommunityAccount | undefined> {
  const account = await repo.get(from(CommunityAccount).lock('for update'), accountId)
  return account?.round === round ? account : undefined
}

/** The same to look at, with the person. */
export async function accountOfTurn(repo: Repo, { accountId, round }: Turn) {
  const account = await repo.get(from(CommunityAccount).preload('person'), accountId)
  return account?.round === round ? account : undefined
}

/** What we know of somebody there. */
export async function findAccount(
  repo: Repo,
  personId: number,
): Promise<CommunityAccount | undefined> {
  return repo.getBy(CommunityAccount, { personId })
}
