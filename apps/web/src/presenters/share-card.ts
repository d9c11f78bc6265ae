import { hash } from 'node:crypto'
import { type Card } from '@showrunner/artwork'
import { type Episode } from '@showrunner/domain/episodes'
import { type Podcast } from '@showrunner/domain/podcasts'
import { type Words } from '../words/index.ts'
import { inkOn, parseHex, toHex } from './colours.ts'
import { fullEpisodeLabel } from './episode-label.ts'
import { listOf } from './names.ts'
import { coverColour } from './palette.ts'

/** What a page is shared with: a card, and the picture on it. */
export interface ShareCard extends Card {
  readonly coverUrl: string | null
}

/** Of which network it is, and in which words. */
export interface CardSite {
  readonly title: string
  readonly tagline: string | null
  readonly coverUrl: string | null
  readonly words: Words
}

type Named = { readonly name: string }
type Show = Pick<Podcast, 'slug' | 'title' | 'colour' | 'coverUrl'>

// Drawn otherwise, every card has another address: this counts up when the drawing changes.
const DRAWING = 2

/** The network's own colour, as in tokens.css. */
const NETWORK_COLOUR = '#a8321f'

/** What an address of a picture carries, so that another picture has another one. */
export function versionOf(card: ShareCard): string {
  return hash('sha256', JSON.stringify([DRAWING, card]), 'base64url').slice(0, 12)
}

/** What it says, in one line, for who does not see it. */
export function altOf({ above, title, below }: ShareCard): string {
  return [title, above, below].filter((line) => line !== null).join(' · ')
}

export function networkCard(site: CardSite): ShareCard {
  return {
    ...painted(NETWORK_COLOUR),
    above: null,
    title: site.title,
    below: site.tagline,
    foot: null,
    coverUrl: site.coverUrl,
  }
}

/** Of a page that is about one thing, and has no colour of its own. */
export function titledCard(
  site: CardSite,
  said: { readonly above: string | null; readonly title: string; readonly below?: string | null },
  coverUrl: string | null,
): ShareCard {
  const { above, title, below = null } = said
  return { ...painted(NETWORK_COLOUR), above, title, below, foot: site.title, coverUrl }
}

export function podcastCard(
  site: CardSite,
  podcast: Show & Pick<Podcast, 'subtitle'>,
  hosts: readonly Named[],
): ShareCard {
  return {
    ...painted(coverColour(podcast)),
    above: site.title === podcast.title ? null : site.title,
    title: podcast.title,
    below: podcast.subtitle ?? namesOf(hosts, site.words),
    foot: null,
    coverUrl: podcast.coverUrl,
  }
}

type Labelled = Parameters<typeof fullEpisodeLabel>[0]

export function episodeCard(
  site: CardSite,
  episode: Labelled & Pick<Episode, 'title' | 'coverUrl'> & { readonly podcast: Show },
  people: readonly Named[],
): ShareCard {
  const { podcast } = episode
  const label = fullEpisodeLabel(episode, site.words)
  return {
    ...painted(coverColour(podcast)),
    above: label === null ? podcast.title : `${podcast.title} · ${label}`,
    title: episode.title,
    below: namesOf(people, site.words),
    foot: site.title === podcast.title ? null : site.title,
    coverUrl: episode.coverUrl ?? podcast.coverUrl,
  }
}

function painted(colour: string): Pick<Card, 'ground' | 'ink'> {
  return { ground: colour, ink: toHex(inkOn(parseHex(colour))) }
}

function namesOf(people: readonly Named[], words: Words): string | null {
  return people.length === 0 ? null : listOf([...new Set(people.map(({ name }) => name))], words)
}
