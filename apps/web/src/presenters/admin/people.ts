import { type Account } from '@showrunner/domain/accounts'
import { type Paged } from '@showrunner/domain/lists'
import * as people from '@showrunner/domain/people'
import { addresses } from '../../addresses.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { counted, listOf } from '../names.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type ListPage, listPage, type ListRow, type Tone } from './list-page.ts'
import { localMoment } from './local-moment.ts'
import { en } from '../../words/index.ts'

const { admin } = addresses

const GROUPS: Readonly<Record<people.PeopleGroup, string>> = {
  administrators: 'Administrators',
  editors: 'Editors',
  hosts: 'Hosts',
  guests: 'Guests',
  accounts: 'With an account',
  never: 'Never signed in',
}

const EMPTY: Readonly<Record<people.PeopleGroup, string>> = {
  administrators: 'No administrators.',
  editors: 'No editors. Their role lets them write posts, and look after people.',
  hosts: 'No hosts. Name them on the page of their podcast.',
  guests: 'No guests yet. They are named on the sheet of their episode.',
  accounts: 'Nobody has an address to sign in with.',
  never: 'Everybody has signed in.',
}

export const REMOVE_UNUSED = 'remove'

interface Found {
  readonly asked: ListQuery
  readonly group: people.PeopleGroup | undefined
  readonly found: Paged<people.ListedPerson>
}

export function peopleList(
  frame: AdminFrame,
  actor: Account,
  { asked, group, found }: Found,
): ListPage {
  const { isAdmin } = actor
  const tab = (label: string, one: people.PeopleGroup | undefined) => ({
    label,
    href: asked.href(admin.people, { group: one ?? '', page: 1 }),
    count: null,
    isHere: one === group,
  })
  const rows = found.rows.map((person) => rowOf(person, actor))

  return listPage(frame, asked, found, rows, {
    address: admin.people,
    noun: ['person', 'people'],
    intro: 'Whoever is heard, named or signs in. Somebody who is here twice can be made one.',
    searchLabel: isAdmin ? 'Search names and addresses' : 'Search names',
    chosenByTab: 'group',
    tabs: [
      tab('Everybody', undefined),
      ...people.peopleGroups(actor).map((one) => tab(GROUPS[one], one)),
    ],
    columns: [
      { title: 'Name', sort: 'name' },
      { title: 'As host', isNumber: true },
      { title: 'As guest', isNumber: true },
      ...(isAdmin ? [{ title: 'Address' }, { title: 'Signed in' }] : []),
    ],
    create: people.may(actor, 'create') ? { label: 'New person', href: admin.newPerson } : null,
    empty: group === undefined ? 'Nobody yet.' : EMPTY[group],
    bulk: isAdmin
      ? {
          action: admin.severalPeople,
          actions: [{ value: REMOVE_UNUSED, label: 'Delete those nothing names' }],
        }
      : null,
  })
}

function rowOf(person: people.ListedPerson, actor: Account): ListRow {
  const { id, name, handle, avatarUrl, hosted, guested, email, signedInAt } = person
  const figure = (count: number) => (count === 0 ? '' : count.toLocaleString('en'))
  const account = [
    email ?? '',
    signedInAt === null ? '' : localMoment(signedInAt, zoneOf(actor)).words,
  ]
  return {
    id,
    href: admin.person(id),
    title: name,
    subtitle: `@${handle}`,
    picture: avatarUrl,
    badge: roleBadge(person),
    cells: [figure(hosted), figure(guested), ...(actor.isAdmin ? account : [])],
  }
}

type Roles = Pick<people.Person, 'admin' | 'editor' | 'host'>

/** `Editor and host` */
export function roleWords({ admin: isAdmin, editor, host }: Roles): string | null {
  const roles = [
    ...(isAdmin ? ['administrator'] : []),
    ...(editor ? ['editor'] : []),
    ...(host ? ['host'] : []),
  ]
  const words = listOf(roles, en)
  return words === '' ? null : words[0]?.toUpperCase() + words.slice(1)
}

export function roleBadge(person: Roles): { readonly words: string; readonly tone: Tone } | null {
  const words = roleWords(person)
  return words === null ? null : { words, tone: person.admin ? 'good' : 'quiet' }
}

/** What would become of several people who were marked. */
export interface RemovePeoplePage extends AdminPage {
  readonly action: string
  readonly backHref: string
  readonly gone: readonly { readonly id: number; readonly name: string; readonly handle: string }[]
  readonly question: string
  /** How many stay, in words; null when none do. */
  readonly staying: string | null
  readonly label: string
}

export function removePeoplePage(
  frame: AdminFrame,
  gone: readonly people.Person[],
  marked: number,
): RemovePeoplePage {
  const staying = marked - gone.length
  return {
    frame,
    action: admin.removeSeveralPeople,
    backHref: admin.people,
    gone: gone.map(({ id, name, handle }) => ({ id, name, handle })),
    question:
      gone.length === 0
        ? 'Of those marked, nobody can be deleted.'
        : `${counted(gone.length, 'person is', 'people are')} deleted, for good:`,
    staying:
      staying === 0
        ? null
        : `${counted(staying, 'person stays', 'people stay')}: they have a role or an address to sign in with, or an episode, a podcast, a post or a request names them.`,
    label: `Delete ${counted(gone.length, 'person', 'people')}`,
  }
}
