import { type Account } from '@showrunner/domain/accounts'
import { type EpisodeSponsor } from '@showrunner/domain/episodes'
import { type Found, type FoundType } from '@showrunner/domain/search'
import { addresses } from '../../addresses.ts'
import { type AdminFrame, type AdminPage, navFor } from './admin-frame.ts'

const { admin } = addresses

export interface SearchPage extends AdminPage {
  readonly q: string
  readonly groups: readonly { readonly title: string; readonly links: readonly FoundLink[] }[]
}

export interface FoundLink {
  readonly title: string
  readonly detail: string
  readonly href: string
}

/** With what its row says besides, as JSON by the names of the fields. */
type Choice = Found & { readonly fill: string | null }

/** What a picker lists. */
export interface ChoicesPart {
  readonly found: readonly Choice[]
  /** Somebody who could be added by this name. */
  readonly add: string | null
}

const TITLES: Readonly<Record<FoundType, string>> = {
  episodes: 'Episodes',
  podcasts: 'Podcasts',
  people: 'People',
  posts: 'Posts',
  topics: 'Topics',
  sponsors: 'Sponsors',
  news: 'News',
  sources: 'Sources',
}

export function searchPage(frame: AdminFrame, q: string, found: readonly Found[]): SearchPage {
  const groups = [...Map.groupBy(found, ({ type }) => type)].map(([type, ofType]) => ({
    title: TITLES[type],
    links: ofType.map(linkTo),
  }))
  return { frame, q, groups }
}

/** What the palette lists: the rooms of the admin area by their names, and what was found. */
export function foundOptions(
  actor: Account,
  q: string,
  found: readonly Found[],
): { readonly links: readonly FoundLink[] } {
  const word = q.trim().toLowerCase()
  const rooms = navFor(actor, null)
    .filter(({ title }) => word !== '' && title.toLowerCase().startsWith(word))
    .map(({ title, href }) => ({ title, href, detail: 'Go to' }))
  return { links: [...rooms, ...found.map(linkTo)] }
}

/** What a picker lists, of sponsors with what was said of them last. */
export function choicesPart(
  found: readonly Found[],
  add: string | null,
  said: ReadonlyMap<number, EpisodeSponsor>,
): ChoicesPart {
  return { found: found.map((one) => ({ ...one, fill: fillOf(said.get(one.id)) })), add }
}

function fillOf(said: EpisodeSponsor | undefined): string | null {
  if (!said) return null
  const { title, linkUrl, description } = said
  return JSON.stringify({ title, linkUrl, description: description ?? '' })
}

function linkTo({ type, id, title, detail, podcastId }: Found): FoundLink {
  return { title, detail: `${TITLES[type]} · ${detail}`, href: hrefOf(type, id, podcastId) }
}

function hrefOf(type: FoundType, id: number, podcastId: number | null): string {
  switch (type) {
    case 'episodes':
      return admin.editEpisode(podcastId ?? 0, id)
    case 'podcasts':
      return admin.episodes(id)
    case 'people':
      return admin.person(id)
    case 'posts':
      return admin.editPost(id)
    case 'topics':
      return admin.editTopic(id)
    case 'sponsors':
      return admin.editSponsor(id)
    case 'news':
      return admin.editNewsItem(id)
    case 'sources':
      return admin.editNewsSource(id)
    default:
      throw new Error(`unknown type: ${String(type satisfies never)}`)
  }
}
