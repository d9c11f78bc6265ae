import { from, type Query, type Repo, sql } from '@showrunner/data'
import { ACCOUNT_STATES, CommunityAccount } from '../community/index.ts'
import { type ListOptions, type Paged, paged, patternsIn, sorted } from '../lists/index.ts'
import { Membership } from './membership.ts'
import { MEMBERSHIP_STATUSES, type MembershipStatus } from './standing.ts'

export const MEMBER_SORTS = ['-insertedAt', 'email', 'plan', 'beganAt', 'endsAt'] as const
/** How far somebody is where members talk: `trouble` is a next step that could not be done, `never` was not to be there. */
export const MEMBER_PLACES = [...ACCOUNT_STATES, 'trouble', 'never'] as const
export type MemberPlace = (typeof MEMBER_PLACES)[number]

type WithPerson = Awaited<ReturnType<typeof pageOf>>['rows'][number]

export type ListedMember = WithPerson & { readonly account: CommunityAccount | null }

interface MembersWanted extends ListOptions {
  readonly status?: MembershipStatus | undefined
  readonly place?: MemberPlace | undefined
}

/** A page of those whom Memberful knows, found by names and addresses. */
export async function searchMembers(
  repo: Repo,
  { q, sort, page, status, place }: MembersWanted,
): Promise<Paged<ListedMember>> {
  const withStatus = status ? from(Membership).where({ status }) : from(Membership)
  const wanted = patternsIn(q ?? '').reduce(about, place ? inPlace(withStatus, place) : withStatus)
  const { rows, ...rest } = await pageOf(repo, sorted(wanted, MEMBER_SORTS, sort), page)
  const people = rows.map(({ personId }) => personId).filter((id) => id !== null)
  const accounts = await repo.all(from(CommunityAccount).where('personId', 'in', [-1, ...people]))
  const byPerson = new Map(accounts.map((account) => [account.personId, account]))
  return {
    ...rest,
    rows: rows.map((row) => ({ ...row, account: byPerson.get(row.personId ?? -1) ?? null })),
  }
}

/** How many are members, were, and never had access. */
export async function countMembers(
  repo: Repo,
): Promise<Readonly<Record<MembershipStatus, number>>> {
  const counts = await Promise.all(
    MEMBERSHIP_STATUSES.map(async (status) => {
      return [status, await repo.count(from(Membership).where({ status }))] as const
    }),
  )
  return { none: 0, active: 0, ended: 0, ...Object.fromEntries(counts) }
}

function pageOf(repo: Repo, found: Query<typeof Membership>, page: number | undefined) {
  return paged(repo, found.preload('person'), page)
}

function inPlace(members: Query<typeof Membership>, place: MemberPlace): Query<typeof Membership> {
  const account = sql`from community_accounts as account where account.person_id = memberships.person_id`
  if (place === 'never') return members.where(() => sql<boolean>`not exists (select ${account})`)
  const held = place === 'trouble' ? sql`account.error is not null` : sql`account.state = ${place}`
  return members.where(() => sql<boolean>`exists (select ${account} and ${held})`)
}

function about(members: Query<typeof Membership>, pattern: string): Query<typeof Membership> {
  return members.where(
    () => sql<boolean>`(memberships.email ilike ${pattern} or memberships.plan ilike ${pattern}
      or exists (select from people as whose where whose.id = memberships.person_id
        and (whose.name ilike ${pattern} or whose.email ilike ${pattern} or whose.handle ilike ${pattern})))`,
  )
}
