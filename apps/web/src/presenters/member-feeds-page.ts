import { type Changeset, errorMessages } from '@showrunner/data'
import { type SessionWithPerson } from '@showrunner/domain/accounts'
import { type MemberFeed, type MemberFeedWithOwner } from '@showrunner/domain/member-feeds'
import { type Podcast } from '@showrunner/domain/podcasts'
import { absolute, addresses } from '../addresses.ts'
import { type Field } from '../admin/field.ts'
import { formOf, type Problem, problemsOf, typed } from '../admin/form.ts'
import { type Words } from '../words/index.ts'
import { moment, type Moment } from './dates.ts'
import { type Site } from './frame.ts'
import { masqueradeBar } from './masquerade-bar.ts'
import { noticePage, type NoticePage } from './notice-page.ts'

/** The private feeds of whoever looks. */
export interface MemberFeedsPage extends NoticePage {
  readonly isMember: boolean
  /** Where one becomes a member, if that is known. */
  readonly joinHref: string | null
  readonly made: MadePart | null
  readonly feeds: readonly FeedLine[]
}

/** An address that was just made. */
export interface MadeAddress {
  readonly feedId: number
  readonly token: string
}

interface MadePart {
  readonly name: string
  readonly url: string
  readonly apps: readonly { readonly name: string; readonly href: string }[]
}

interface FeedLine {
  readonly id: number
  readonly name: string
  readonly what: string
  readonly fetched: Moment | null
  readonly by: string
  readonly made: Moment
  readonly editHref: string
  readonly rotateAction: string
  readonly removeAction: string
}

interface FeedsShown {
  readonly here: SessionWithPerson
  readonly feeds: readonly MemberFeedWithOwner[]
  readonly isMember: boolean
  readonly made: MadeAddress | undefined
  readonly joinHref: string | null
}

export function memberFeedsPage(
  site: Site,
  { here, feeds, isMember, made, joinHref }: FeedsShown,
): MemberFeedsPage {
  return {
    ...noticePage(site, site.words.account.feeds.title, addresses.memberFeeds),
    masquerade: masqueradeBar(here),
    isMember,
    joinHref,
    made: madePart(site, feeds, made),
    feeds: feeds.map((feed) => feedLine(feed, site.words)),
  }
}

function madePart(
  { publicUrl }: Site,
  feeds: readonly MemberFeedWithOwner[],
  made: MadeAddress | undefined,
): MadePart | null {
  const feed = feeds.find(({ id }) => id === made?.feedId)
  if (!feed || !made) return null
  const url = absolute(publicUrl, addresses.memberFeed(made.token))
  return { name: feed.name, url, apps: appsFor(url) }
}

/** How apps are told to open an address. Apple’s and its like only know what is on the web under https. */
function appsFor(url: string): MadePart['apps'] {
  const bare = url.replace(/^https?:\/\//, '')
  return [
    { name: 'Apple Podcasts', href: `podcast://${bare}` },
    { name: 'Overcast', href: `overcast://x-callback-url/add?url=${encodeURIComponent(url)}` },
    { name: 'Pocket Casts', href: `pktc://subscribe/${bare}` },
    { name: 'Castro', href: `castros://subscribe/${bare}` },
    { name: 'AntennaPod', href: `antennapod-subscribe://${bare}` },
  ]
}

function feedLine(feed: MemberFeedWithOwner, words: Words): FeedLine {
  const { id, name, agents, addressMadeAt, lastFetchedAt } = feed
  return {
    id,
    name,
    what: whatOf(feed, words),
    fetched: lastFetchedAt && moment(lastFetchedAt, words),
    by: agents.map((agent) => agent.name).join(', '),
    made: moment(addressMadeAt, words),
    editHref: addresses.editMemberFeed(id),
    rotateAction: addresses.rotateMemberFeed(id),
    removeAction: addresses.removeMemberFeed(id),
  }
}

/** `2 shows, from 2026-04-01 on, with the recordings for members` */
export function whatOf(
  { allPodcasts, feedPodcasts, startsOn, membersAudio }: MemberFeedWithOwner,
  { account: { feeds } }: Words,
): string {
  return [
    allPodcasts ? feeds.everyShow : feeds.someShows(feedPodcasts.length),
    ...(startsOn === null ? [] : [feeds.from(startsOn)]),
    membersAudio ? feeds.withMembers : feeds.asEverybody,
  ].join(', ')
}

/** One of them, as a form. */
export interface MemberFeedForm extends NoticePage {
  readonly action: string
  readonly isNew: boolean
  readonly problems: readonly Problem[]
  readonly fields: readonly Field[]
  readonly isAll: boolean
  readonly showsError: string | null
  readonly shows: readonly { readonly id: number; readonly title: string; readonly isIn: boolean }[]
  readonly hasMembersAudio: boolean
}

interface FormShown {
  readonly here: SessionWithPerson
  readonly changeset: Changeset<typeof MemberFeed>
  readonly chosen: readonly number[]
  readonly shows: readonly Pick<Podcast, 'id' | 'title'>[]
}

export function memberFeedForm(
  site: Site,
  { here, changeset, chosen, shows }: FormShown,
): MemberFeedForm {
  const id: number | null = changeset.row.id
  const address = id === null ? addresses.newMemberFeed : addresses.editMemberFeed(id)
  const fields = fieldsOf(changeset, site.words)
  const [error] = errorMessages(changeset, site.words.errors)['allPodcasts'] ?? []
  const showsError = error === undefined ? null : site.words.account.feeds.showsHave(error)
  const isAll = typed(changeset, 'allPodcasts') ?? String(changeset.row.allPodcasts)
  const withMembers = typed(changeset, 'membersAudio') ?? String(changeset.row.membersAudio)
  return {
    ...noticePage(
      site,
      id === null ? site.words.account.feeds.newTitle : changeset.row.name,
      address,
    ),
    masquerade: masqueradeBar(here),
    action: id === null ? addresses.memberFeeds : address,
    isNew: id === null,
    problems: [
      ...problemsOf(fields),
      ...(showsError === null ? [] : [{ message: showsError, href: '#f-allPodcasts' }]),
    ],
    fields,
    isAll: isAll === 'true',
    showsError,
    shows: shows.map((show) => ({
      id: show.id,
      title: show.title,
      isIn: chosen.includes(show.id),
    })),
    hasMembersAudio: withMembers === 'true',
  }
}

function fieldsOf(
  changeset: Changeset<typeof MemberFeed>,
  { account, errors }: Words,
): readonly Field[] {
  const form = formOf(changeset, '', errors)
  const { feeds, profile } = account
  return [
    form.text('name', {
      label: profile.name,
      maxLength: 120,
      help: feeds.nameHelp,
    }),
    form.text('titleFormat', {
      label: feeds.titles,
      maxLength: 120,
      help: feeds.titlesHelp,
    }),
    form.text('startsOn', {
      label: feeds.begins,
      type: 'date',
      help: feeds.beginsHelp,
    }),
  ]
}
