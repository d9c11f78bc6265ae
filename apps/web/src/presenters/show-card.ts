import { type Podcast } from '@showrunner/domain/podcasts'
import { addresses } from '../addresses.ts'
import { type SafeHtml } from '../safe-html.ts'
import { type Words } from '../words/index.ts'
import { cover, type Cover } from './cover.ts'
import { excerpt } from './excerpts.ts'
import { listOf } from './names.ts'
import { palette } from './palette.ts'

/** A show in a list of shows. */
export interface ShowCard {
  readonly name: string
  readonly href: string
  readonly style: SafeHtml
  readonly language: string
  readonly cover: Cover
  readonly words: string | null
  readonly hosts: string | null
  readonly status: string | null
}

export type ShowCardPodcast = Pick<
  Podcast,
  | 'slug'
  | 'title'
  | 'subtitle'
  | 'author'
  | 'coverUrl'
  | 'colour'
  | 'language'
  | 'status'
  | 'complete'
> & { readonly hosts?: readonly { readonly name: string }[] }

export function showCards(podcasts: readonly ShowCardPodcast[], words: Words): readonly ShowCard[] {
  return podcasts.map((podcast) => ({
    name: podcast.title,
    href: addresses.podcast(podcast.slug),
    style: palette(podcast),
    language: podcast.language,
    cover: cover(podcast.title, podcast.coverUrl),
    words: podcast.subtitle && excerpt(podcast.subtitle, 140),
    hosts: hostsOf(podcast, words),
    status: showStatus(podcast, words),
  }))
}

/** What a visitor should know before following a show; nothing when it simply goes on. */
export function showStatus(
  { status, complete }: Pick<Podcast, 'status' | 'complete'>,
  words: Words,
): string | null {
  if (status === 'soon') return words.podcast.soon
  if (complete) return words.podcast.complete

  return status === 'inactive' ? words.podcast.over : null
}

function hostsOf({ hosts = [], author }: ShowCardPodcast, words: Words): string | null {
  return hosts.length > 0
    ? listOf(
        hosts.map(({ name }) => name),
        words,
      )
    : author
}
