import { type Account } from '@showrunner/domain/accounts'
import { type ApiTokenWithOwner, isExpired } from '@showrunner/domain/api-tokens'
import { type Paged } from '@showrunner/domain/lists'
import * as people from '@showrunner/domain/people'
import { addresses } from '../../addresses.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type Removal } from './form-page.ts'
import { type ListPage, listPage, type ListRow } from './list-page.ts'
import { localMoment } from './local-moment.ts'

const { admin } = addresses

export function apiTokenList(
  frame: AdminFrame,
  actor: Account,
  query: ListQuery,
  found: Paged<ApiTokenWithOwner>,
  asOf: Date,
): ListPage {
  const rows = found.rows.map((token): ListRow => ({
    id: token.id,
    href: admin.apiToken(token.id),
    title: token.name,
    subtitle: `…${token.hint}, ${token.scopes.join(', ')}`,
    picture: null,
    badge: isExpired(token, asOf) ? { words: 'Expired', tone: 'quiet' } : null,
    cells: [token.person.name, podcastsOf(token), used(token, zoneOf(actor))],
  }))

  return listPage(frame, query, found, rows, {
    address: admin.apiTokens,
    noun: ['token', 'tokens'],
    intro:
      'With a token a program makes and publishes episodes in its owner’s name, and never may more than they do. One that has got about is taken back here.',
    searchLabel: 'Search tokens and their owners',
    columns: [
      { title: 'Token', sort: 'name' },
      { title: 'Owner' },
      { title: 'Podcasts' },
      { title: 'Last used', sort: 'lastUsedAt' },
    ],
    empty: 'No tokens yet. Whoever works on a podcast makes them on the page of their account.',
  })
}

/** A token of somebody, as an administrator sees it. */
export interface ApiTokenDesk extends AdminPage {
  readonly badge: { readonly words: string; readonly tone: 'good' | 'quiet' }
  readonly facts: readonly {
    readonly label: string
    readonly value: string
    readonly href: string | null
  }[]
  readonly remove: Removal
}

export function apiTokenDesk(
  frame: AdminFrame,
  actor: Account,
  token: ApiTokenWithOwner,
  asOf: Date,
): ApiTokenDesk {
  const zone = zoneOf(actor)
  const { person, expiresAt } = token
  const until = expiresAt ? localMoment(expiresAt, zone).words : 'It is taken back'
  const ownerHref = people.may(actor, 'show', person) ? admin.person(person.id) : null
  return {
    frame,
    badge: isExpired(token, asOf)
      ? { words: 'Expired', tone: 'quiet' }
      : { words: 'Good', tone: 'good' },
    facts: [
      { label: 'Owner', value: person.name, href: ownerHref },
      { label: 'Ends in', value: token.hint, href: null },
      { label: 'May', value: token.scopes.join(', '), href: null },
      { label: 'Podcasts', value: podcastsOf(token), href: null },
      { label: 'Made', value: localMoment(token.insertedAt, zone).words, href: null },
      { label: 'Good until', value: until, href: null },
      { label: 'Last used', value: used(token, zone), href: null },
    ],
    remove: {
      action: admin.revokeApiToken(token.id),
      label: 'Take back the token',
      question: 'Take it back? Every program that has it stops at once.',
    },
  }
}

function podcastsOf({ allPodcasts, tokenPodcasts }: ApiTokenWithOwner): string {
  if (allPodcasts) return 'All that its owner works on'
  return tokenPodcasts.map(({ podcast }) => podcast.title).join(', ')
}

function used({ lastUsedAt }: ApiTokenWithOwner, zone: string): string {
  return lastUsedAt === null ? 'Never' : localMoment(lastUsedAt, zone).words
}
