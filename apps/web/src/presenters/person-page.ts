import {
  EPISODES_OF_ONE,
  type Person,
  type PersonPage as ShownPerson,
  type PersonPart,
} from '@showrunner/domain/people'
import { addresses } from '../addresses.ts'
import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { type Words } from '../words/index.ts'
import { episodeLines, showName, type EpisodeLine, type ShowName } from './episode-line.ts'
import { excerpt } from './excerpts.ts'
import { type FeedLink, frame, type Frame, type Site } from './frame.ts'
import { personProfile } from './json-ld.ts'
import { titledCard } from './share-card.ts'
import { initials } from './names.ts'
import { postLine } from './post-line.ts'
import { titleSize, type TitleSize } from './title-size.ts'
import { hostOf } from './web-address.ts'

export interface PersonPage {
  readonly frame: Frame
  readonly name: string
  readonly size: TitleSize
  readonly initials: string
  readonly avatarUrl: string | null
  readonly location: string | null
  readonly bioHtml: SafeHtml | null
  readonly elsewhere: readonly ElsewhereLink[]
  /** `Hosts` these, `Makes` those. */
  readonly part: readonly { readonly verb: string; readonly shows: readonly ShowName[] }[]
  readonly lists: readonly EpisodeList[]
}

interface EpisodeList {
  readonly id: PersonPart
  readonly title: string
  readonly lines: readonly EpisodeLine[]
  /** Where all of it is, when there is more. */
  readonly all: string | null
}

export interface ElsewhereLink {
  readonly name: string
  readonly href: string
}

export function personPage(site: Site, shown: ShownPerson): PersonPage {
  const { person } = shown
  const elsewhere = elsewhereLinks(person)
  const { words } = site

  return {
    frame: frame(site, {
      title: person.name,
      description: person.bio && excerpt(person.bio, 200),
      address: addresses.person(person.handle),
      image: person.avatarUrl,
      type: 'profile',
      crumbs: [{ title: words.reading.people, href: addresses.people }],
      feeds: feedsOf(shown),
      card: titledCard(site, { above: null, title: person.name }, person.avatarUrl),
      jsonLd: personProfile(
        site,
        person,
        elsewhere.map(({ href }) => href),
      ),
    }),
    name: person.name,
    size: titleSize(person.name, { short: 18, long: 34 }),
    initials: initials(person.name),
    avatarUrl: person.avatarUrl,
    location: person.location,
    // Sanitised by the domain when the biography was saved.
    bioHtml: person.bioHtml ? safeHtml(person.bioHtml) : null,
    elsewhere,
    part: [
      { verb: words.people.hosts, shows: shown.podcasts.map(showName) },
      { verb: words.people.makes, shows: shown.makes.map(showName) },
    ].filter(({ shows }) => shows.length > 0),
    lists: listsOf(shown, words),
  }
}

/** What there is a feed of: where they are heard. */
function feedsOf({ person, hosted, guested }: ShownPerson): readonly FeedLink[] {
  if (hosted.length + guested.length === 0) return []
  return [{ title: person.name, href: addresses.personFeed(person.handle) }]
}

function listsOf(shown: ShownPerson, words: Words): readonly EpisodeList[] {
  const posts = shown.posts.map((post) => postLine(post, null, words))
  const lists = [
    { id: 'hosted', title: words.people.asHost, lines: linesOf(shown.hosted, words) },
    { id: 'guested', title: words.people.asGuest, lines: linesOf(shown.guested, words) },
    { id: 'written', title: words.frame.posts, lines: posts },
    { id: 'credited', title: words.people.credits, lines: linesOf(shown.credited, words) },
  ] as const

  return lists
    .filter(({ lines }) => lines.length > 0)
    .map(({ id, title, lines }) => ({
      id,
      title,
      lines: lines.slice(0, EPISODES_OF_ONE),
      all: lines.length > EPISODES_OF_ONE ? addresses.personPart(shown.person.handle, id) : null,
    }))
}

function linesOf(episodes: ShownPerson['hosted'], words: Words): readonly EpisodeLine[] {
  return episodeLines(
    episodes.map((episode) => ({ episode, podcast: episode.podcast })),
    words,
    { showNames: true },
  )
}

function elsewhereLinks(person: Person): readonly ElsewhereLink[] {
  const { websiteUrl, githubHandle, mastodonHandle, blueskyHandle, linkedinHandle } = person
  const [user, host] = mastodonHandle?.replace(/^@/, '').split('@') ?? []

  return [
    websiteUrl && { name: hostOf(websiteUrl), href: websiteUrl },
    githubHandle && { name: 'GitHub', href: `https://github.com/${bare(githubHandle)}` },
    user && host && { name: 'Mastodon', href: `https://${host}/@${user}` },
    blueskyHandle && { name: 'Bluesky', href: `https://bsky.app/profile/${bare(blueskyHandle)}` },
    linkedinHandle && {
      name: 'LinkedIn',
      href: `https://www.linkedin.com/in/${bare(linkedinHandle)}`,
    },
  ].filter((link) => typeof link === 'object' && link !== null)
}

function bare(handle: string): string {
  return encodeURIComponent(handle.replace(/^@/, ''))
}
