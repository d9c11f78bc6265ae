import { build, change, from, type Repo } from '@showrunner/data'
import { Person } from '../people/index.ts'
import { type Known } from './known.ts'
import { linkPerson } from './link-person.ts'
import { type MembershipListener } from './listener.ts'
import { Membership } from './membership.ts'
import { type Standing, standing } from './standing.ts'

/** The membership of whom Memberful knows by this number, for this transaction alone; a new one where there is none. */
export async function lockedMembership(repo: Repo, memberfulMemberId: number): Promise<Membership> {
  await repo.insertOrThrow(build(Membership, { memberfulMemberId }), {
    onConflict: 'nothing',
    conflictTarget: 'memberfulMemberId',
  })
  return repo.oneOrThrow(from(Membership).where({ memberfulMemberId }).lock('for update'))
}

interface Saving {
  readonly known: Known
  readonly asOf: Date
  readonly fullName?: string | null
  /** When Memberful was asked, if it was. */
  readonly fetchedAt?: Date
  /** Who was a member long before anybody here knew is not welcomed as if it were today. */
  readonly isQuiet?: boolean
}

export interface SavedMembership {
  readonly membership: Membership
  /** What came of it, in words. */
  readonly words: readonly string[]
}

/** Stores what is known of a member, and all that follows: whose it is, where they stand, whom that concerns. */
export async function saveMembership(
  repo: Repo,
  listeners: readonly MembershipListener[],
  before: Membership,
  { known, asOf, fullName = null, fetchedAt, isQuiet = false }: Saving,
): Promise<SavedMembership> {
  const now = standing(known)
  const isNew = before.personId === null && before.email === null
  const linked = await linkPerson(repo, before, {
    email: now.email,
    fullName,
    isWanted: isNew || now.status === 'active',
  })
  const people = [before.personId, linked.personId].filter((id) => id !== null)
  const membersBefore = await membersAmong(repo, people)
  const membership = await repo.updateOrThrow(
    change(before, {
      ...columns(now),
      ...turned(before, now, asOf),
      personId: linked.personId,
      personMade: linked.personMade,
      known,
      ...(fetchedAt && { fetchedAt }),
    }),
  )
  const membersAfter = await membersAmong(repo, people)
  for (const id of isQuiet ? [] : new Set(people)) {
    if (membersBefore.has(id) === membersAfter.has(id)) continue
    const person = await repo.get(Person, id)
    for (const { joined, left } of person ? listeners : []) {
      await (membersAfter.has(id) ? joined : left)(repo, person as Person, asOf)
    }
  }
  return { membership, words: [...linked.words, ...said(before, now, isQuiet)] }
}

function columns({ email, status, plan, autorenew, unrestricted, startedAt, endsAt }: Standing) {
  return { email, status, plan, autorenew, unrestricted, startedAt, endsAt }
}

function turned(before: Membership, { status }: Standing, asOf: Date) {
  if (status === before.status) return {}
  if (status === 'active') return { beganAt: asOf, endedAt: null }
  return before.status === 'active' ? { endedAt: asOf } : {}
}

/** Of these people, those who have a membership that has not ended. */
async function membersAmong(repo: Repo, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const active = from(Membership).where({ status: 'active' }).where('personId', 'in', ids)
  const rows = ids.length === 0 ? [] : await repo.all(active)
  return new Set(rows.map(({ personId }) => personId).filter((id) => id !== null))
}

function said(before: Membership, now: Standing, isQuiet: boolean): readonly string[] {
  const doubt = now.isCertain
    ? []
    : ['What was sent could be read in two ways: Memberful has to be asked to be sure.']
  return [saidOfStatus(before, now, isQuiet), ...doubt]
}

function saidOfStatus(before: Membership, now: Standing, isQuiet: boolean): string {
  const plan = now.unrestricted ? 'free access' : (now.plan ?? 'a plan without a name')
  const until = now.endsAt ? `, paid until ${now.endsAt.toISOString().slice(0, 10)}` : ''
  if (now.status !== before.status) {
    if (now.status === 'active') {
      const verb = before.status === 'ended' ? 'begins again' : 'begins'
      const quietly = isQuiet ? ' They were a member before, so nobody is told.' : ''
      return `Membership ${verb}: ${plan}${until}.${quietly}`
    }
    if (before.status === 'active') return 'Membership has ended.'
    return now.status === 'ended' ? 'They were a member, and are none.' : 'They are no member.'
  }
  const isSame =
    now.plan === before.plan &&
    now.endsAt?.getTime() === before.endsAt?.getTime() &&
    now.autorenew === before.autorenew
  if (isSame) return now.status === 'none' ? 'They are no member.' : 'Nothing changes.'
  const renewal = now.autorenew === false ? ', and is not renewed by itself' : ''
  return now.status === 'active'
    ? `Membership: ${plan}${until}${renewal}.`
    : 'They are still no member.'
}
