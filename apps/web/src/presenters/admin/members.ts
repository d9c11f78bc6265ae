import { type Account } from '@showrunner/domain/accounts'
import { type CommunityAccount } from '@showrunner/domain/community'
import { type Paged } from '@showrunner/domain/lists'
import * as memberships from '@showrunner/domain/memberships'
import { addresses } from '../../addresses.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type Connect, connectOf, membersTabs } from './inbox.ts'
import { type AroundMembers, inboxWarnings } from './inbox-warnings.ts'
import { type ListPage, listPage, type ListRow, type Tone } from './list-page.ts'
import { type TroubleLine } from './dashboard-troubles.ts'
import { localMoment } from './local-moment.ts'

const { admin } = addresses

/** Those whom Memberful knows. */
export interface MembersPage extends ListPage {
  readonly warnings: readonly TroubleLine[]
  readonly connect: Connect
}

export const STATUS_BADGES: Readonly<
  Record<memberships.MembershipStatus, { readonly words: string; readonly tone: Tone }>
> = {
  active: { words: 'Active', tone: 'good' },
  ended: { words: 'Ended', tone: 'quiet' },
  none: { words: 'Never a member', tone: 'quiet' },
}

const TABS = ['active', 'ended', 'none'] as const

const PLACES: Readonly<Record<memberships.MemberPlace, string>> = {
  waiting: 'To be invited',
  invited: 'Invited',
  joined: 'There',
  removed: 'Taken out',
  trouble: 'In trouble',
  never: 'Never invited',
}

const EMPTY: Readonly<Record<memberships.MembershipStatus, string>> = {
  active: 'Nobody is a member now.',
  ended: 'No membership has ended.',
  none: 'Everybody whom Memberful knows is, or was, a member.',
}

interface Shown {
  readonly asked: ListQuery
  readonly status: memberships.MembershipStatus | undefined
  readonly place: memberships.MemberPlace | undefined
  readonly found: Paged<memberships.ListedMember>
  readonly counts: Readonly<Record<memberships.MembershipStatus, number>>
  readonly around: AroundMembers
}

export function membersPage(frame: AdminFrame, actor: Account, shown: Shown): MembersPage {
  const { asked, status, place, found, counts, around } = shown
  const tab = (label: string, one: memberships.MembershipStatus | undefined, count: number) => ({
    label,
    href: asked.href(admin.members, { status: one ?? '', page: 1 }),
    count,
    isHere: one === status,
  })
  const rows = found.rows.map((member) => rowOf(member, zoneOf(actor)))
  const list = listPage(frame, asked, found, rows, {
    address: admin.members,
    noun: ['member', 'members'],
    searchLabel: 'Search names, addresses and plans',
    around: membersTabs('members'),
    chosenByTab: 'status',
    tabs: [
      tab('All', undefined, counts.active + counts.ended + counts.none),
      ...TABS.map((one) => tab(STATUS_BADGES[one].words, one, counts[one])),
    ],
    filters: [
      {
        name: 'slack',
        label: 'In Slack',
        value: place ?? '',
        options: [
          { value: '', label: 'Wherever in Slack' },
          ...memberships.MEMBER_PLACES.map((value) => ({ value, label: PLACES[value] })),
        ],
      },
    ],
    columns: [
      { title: 'Name' },
      { title: 'Address', sort: 'email' },
      { title: 'Plan', sort: 'plan' },
      { title: 'Since', sort: 'beganAt' },
      { title: 'Until', sort: 'endsAt' },
      { title: 'Slack' },
    ],
    empty: status === undefined ? 'Nobody yet.' : EMPTY[status],
  })
  return { ...list, warnings: inboxWarnings(around), connect: connectOf(around) }
}

/** How far somebody is in Slack, in a word or two. */
export function placeWords(account: CommunityAccount | null): string {
  if (!account) return PLACES.never
  if (account.leavingAt !== null && account.state !== 'removed') return 'Leaving'
  return account.error === null ? PLACES[account.state] : PLACES.trouble
}

/** What they have, in words. */
export function planWords({
  plan,
  unrestricted,
}: Pick<memberships.Membership, 'plan' | 'unrestricted'>): string {
  return unrestricted ? 'Free access' : (plan ?? '')
}

/** Since when they are, or were, a member: as Memberful says, or when we heard of it. */
export function sinceOf({
  startedAt,
  beganAt,
}: Pick<memberships.Membership, 'startedAt' | 'beganAt'>): Date | null {
  return startedAt ?? beganAt
}

function rowOf(member: memberships.ListedMember, zone: string): ListRow {
  const { id, person, email, status, endedAt, endsAt, account, memberfulMemberId } = member
  const day = (date: Date | null) => (date === null ? '' : dayOf(date, zone))
  return {
    id,
    href: person ? admin.person(person.id) : admin.inboxLike(email ?? String(memberfulMemberId)),
    title: person?.name ?? email ?? `Member ${memberfulMemberId}`,
    subtitle: null,
    picture: person?.avatarUrl ?? null,
    badge: STATUS_BADGES[status],
    cells: [
      email ?? '',
      planWords(member),
      day(sinceOf(member)),
      day(status === 'ended' ? (endedAt ?? endsAt) : endsAt),
      placeWords(account),
    ],
  }
}

/** `21 Nov 2026` */
export function dayOf(date: Date, zone: string): string {
  return localMoment(date, zone).words.split(',')[0] ?? ''
}
