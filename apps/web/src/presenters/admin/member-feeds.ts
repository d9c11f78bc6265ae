import { type Account } from '@showrunner/domain/accounts'
import { type Paged } from '@showrunner/domain/lists'
import type * as memberFeeds from '@showrunner/domain/member-feeds'
import * as people from '@showrunner/domain/people'
import { addresses } from '../../addresses.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { whatOf } from '../member-feeds-page.ts'
import { en } from '../../words/index.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type Removal } from './form-page.ts'
import { type ListPage, listPage, type ListRow } from './list-page.ts'
import { localMoment } from './local-moment.ts'

const { admin } = addresses

export function memberFeedList(
  frame: AdminFrame,
  actor: Account,
  query: ListQuery,
  found: Paged<memberFeeds.MemberFeedWithOwner>,
): ListPage {
  const rows = found.rows.map((feed): ListRow => ({
    id: feed.id,
    href: admin.memberFeed(feed.id),
    title: feed.name,
    subtitle: whatOf(feed, en),
    picture: null,
    badge: null,
    cells: [feed.person.name, fetched(feed, zoneOf(actor)), String(feed.agents.length)],
  }))

  return listPage(frame, query, found, rows, {
    address: admin.memberFeeds,
    noun: ['feed', 'feeds'],
    intro:
      'The private feeds of members. Nobody but their owners ever sees an address; one that has got about can be replaced.',
    searchLabel: 'Search feeds and their owners',
    columns: [
      { title: 'Feed', sort: 'name' },
      { title: 'Owner' },
      { title: 'Last fetched', sort: 'lastFetchedAt' },
      { title: 'Apps', isNumber: true },
    ],
    empty:
      'No private feeds yet. A member is mailed one when they join, and makes more themselves.',
  })
}

/** A feed of somebody, as an administrator looks after it. */
export interface MemberFeedDesk extends AdminPage {
  readonly badge: { readonly words: string; readonly tone: 'good' | 'quiet' }
  readonly facts: readonly {
    readonly label: string
    readonly value: string
    readonly href: string | null
  }[]
  readonly agents: readonly { readonly name: string; readonly at: string; readonly iso: string }[]
  readonly replace: Removal
  readonly remove: Removal
}

export function memberFeedDesk(
  frame: AdminFrame,
  actor: Account,
  { feed, isOn }: { readonly feed: memberFeeds.MemberFeedWithOwner; readonly isOn: boolean },
): MemberFeedDesk {
  const zone = zoneOf(actor)
  const { person } = feed
  const ownerHref = people.may(actor, 'show', person) ? admin.person(person.id) : null
  return {
    frame,
    badge: isOn
      ? { words: 'Plays', tone: 'good' }
      : { words: 'Asleep: the membership is over', tone: 'quiet' },
    facts: [
      { label: 'Owner', value: person.name, href: ownerHref },
      { label: 'What is in it', value: whatOf(feed, en), href: null },
      { label: 'Titles', value: feed.titleFormat ?? '{title}', href: null },
      { label: 'Address made', value: localMoment(feed.addressMadeAt, zone).words, href: null },
      { label: 'Last fetched', value: fetched(feed, zone), href: null },
    ],
    agents: feed.agents.map(({ name, at }) => {
      const { words, iso } = localMoment(new Date(at), zone)
      return { name, at: words, iso }
    }),
    replace: {
      action: admin.replaceMemberFeed(feed.id),
      label: 'Replace the address',
      question:
        person.email === null
          ? 'Stop this address? Its owner has no e-mail address: they make a new one themselves, on the page of their feeds.'
          : 'Stop this address at once? Its owner is mailed a new one, and has to add it to their apps again.',
    },
    remove: {
      action: admin.removeMemberFeed(feed.id),
      label: 'Remove the feed',
      question: 'Remove this feed? Apps that have it will find nothing any more.',
    },
  }
}

function fetched({ lastFetchedAt }: memberFeeds.MemberFeedWithOwner, zone: string): string {
  return lastFetchedAt === null ? 'Never' : localMoment(lastFetchedAt, zone).words
}
