import { type Account } from '@showrunner/domain/accounts'
import { type Paged } from '@showrunner/domain/lists'
import * as memberships from '@showrunner/domain/memberships'
import { addresses } from '../../addresses.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type TroubleLine } from './dashboard-troubles.ts'
import { type AroundMembers, inboxWarnings } from './inbox-warnings.ts'
import { type ListPage, listPage, type ListRow, type Tab, type Tone } from './list-page.ts'
import { localMoment } from './local-moment.ts'

const { admin } = addresses

/** What was sent to us. */
export interface InboxPage extends ListPage {
  readonly warnings: readonly TroubleLine[]
  readonly connect: Connect
  readonly testAction: string
  /** For how long events are kept. */
  readonly keptFor: string
}

/** How Memberful is connected. */
export interface Connect {
  readonly webhook: string
  readonly hasSecret: boolean
  /** Whether nothing ever came: then it stands open. */
  readonly isNew: boolean
  readonly settingsHref: string
}

export const EVENT_BADGES: Readonly<
  Record<memberships.EventState, { readonly words: string; readonly tone: Tone }>
> = {
  received: { words: 'Waiting', tone: 'waiting' },
  applied: { words: 'Applied', tone: 'good' },
  ignored: { words: 'Ignored', tone: 'quiet' },
  failed: { words: 'Failed', tone: 'bad' },
}

const TABS = ['applied', 'failed', 'ignored', 'received'] as const

const EMPTY: Readonly<Record<memberships.EventState, string>> = {
  received: 'Nothing waits: what comes is applied at once.',
  applied: 'Nothing was applied so far.',
  ignored: 'Nothing was ignored so far.',
  failed: 'Nothing failed.',
}

const KINDS: Readonly<Record<memberships.EventKind, string>> = {
  member: 'Members',
  subscription: 'Subscriptions',
  order: 'Orders',
  plan: 'Plans',
  download: 'Downloads',
  unknown: 'Not documented',
}

interface Shown {
  readonly asked: ListQuery
  readonly state: memberships.EventState | undefined
  readonly kind: memberships.EventKind | undefined
  readonly found: Paged<memberships.ListedEvent>
  readonly counts: Readonly<Record<memberships.EventState, number>>
  readonly around: AroundMembers
}

export function inboxPage(frame: AdminFrame, actor: Account, shown: Shown): InboxPage {
  const { asked, state, kind, found, around } = shown
  const zone = zoneOf(actor)
  const list = listPage(
    frame,
    asked,
    found,
    found.rows.map((event) => rowOf(event, zone)),
    {
      address: admin.inbox,
      noun: ['event', 'events'],
      searchLabel: 'Search names and addresses',
      around: membersTabs('inbox'),
      tabs: tabsOf(shown),
      chosenByTab: 'state',
      filters: [
        {
          name: 'kind',
          label: 'About',
          value: kind ?? '',
          options: [
            { value: '', label: 'About anything' },
            ...memberships.EVENT_KINDS.map((value) => ({ value, label: KINDS[value] })),
          ],
        },
      ],
      columns: [
        { title: 'Event', sort: 'name' },
        { title: 'Came', sort: 'receivedAt' },
        { title: 'Whose' },
        { title: 'From' },
      ],
      empty: state === undefined ? 'Nothing has come so far.' : EMPTY[state],
      bulk: { action: admin.replaySeveral, actions: [{ value: 'replay', label: 'Apply again' }] },
    },
  )
  return {
    ...list,
    warnings: inboxWarnings(around),
    connect: connectOf(around),
    testAction: admin.sendTestEvent,
    keptFor: `What an event says is forgotten after ${memberships.BODY_DAYS} days, and the event after ${memberships.EVENT_DAYS}; what could not be applied keeps what it says until then.`,
  }
}

/** `subscription.created` as people say it. */
export function eventTitle(name: string): string {
  const words = name.replaceAll(/[._]+/g, ' ').trim()
  return words === '' ? name : (words[0] ?? '').toUpperCase() + words.slice(1)
}

/** The pages about members. */
export function membersTabs(here: 'members' | 'inbox'): readonly Tab[] {
  const tab = (name: 'members' | 'inbox', label: string, href: string) => {
    return { label, href, count: null, isHere: name === here }
  }
  return [tab('members', 'Members', admin.members), tab('inbox', 'Inbox', admin.inbox)]
}

export function connectOf({ webhook, hasSecret, health: { isEmpty } }: AroundMembers): Connect {
  return { webhook, hasSecret, isNew: isEmpty, settingsHref: admin.communitySettings }
}

function rowOf(event: memberships.ListedEvent, zone: string): ListRow {
  const { id, name, receivedAt, state, whose, email, memberfulMemberId } = event
  const tester = memberships.testedBy(event)
  const unknown = memberfulMemberId === null ? '' : `Member ${memberfulMemberId}`
  return {
    id,
    href: admin.inboxEvent(id),
    title: eventTitle(name),
    subtitle: tester === null ? name : `${name}, a test by ${tester}`,
    picture: null,
    badge: EVENT_BADGES[state],
    cells: [
      localMoment(receivedAt, zone).words,
      whose?.person?.name ?? whose?.email ?? email ?? unknown,
      'Memberful',
    ],
  }
}

function tabsOf({ asked, state, counts }: Shown): readonly Tab[] {
  const all = TABS.reduce((sum, one) => sum + counts[one], 0)
  const tab = (label: string, one: memberships.EventState | undefined, count: number) => ({
    label,
    href: asked.href(admin.inbox, { state: one ?? '', page: 1 }),
    count,
    isHere: one === state,
  })
  return [
    tab('All', undefined, all),
    ...TABS.map((one) => tab(EVENT_BADGES[one].words, one, counts[one])),
  ]
}
