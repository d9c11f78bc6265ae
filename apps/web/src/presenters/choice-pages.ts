import { type PopularEpisodes } from '@showrunner/domain/downloads'
import { type RecommendedEpisodes } from '@showrunner/domain/episodes'
import { type Podcast } from '@showrunner/domain/podcasts'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { podcastCrumbs } from './crumbs.ts'
import { episodeLines } from './episode-line.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { linesTitle, type LinesPage } from './lines-page.ts'
import { pagingOf, type Paging } from './paging.ts'
import { palette } from './palette.ts'
import { titledCard } from './share-card.ts'

/** In which order, or which of them, the episodes of a podcast are shown. */
export interface Choice {
  readonly title: string
  readonly href: string
  readonly isHere: boolean
}

type ChoiceName = 'newest' | 'popular' | 'recommended'

export function choices(
  { slug }: Pick<Podcast, 'slug'>,
  { reading }: Words,
  here: ChoiceName,
): readonly Choice[] {
  const hrefs: Readonly<Record<ChoiceName, string>> = {
    newest: addresses.podcast(slug),
    popular: addresses.popular(slug),
    recommended: addresses.recommended(slug),
  }
  return (['newest', 'popular', 'recommended'] as const).map((name) => ({
    title: reading[name],
    href: hrefs[name],
    isHere: name === here,
  }))
}

/** What is downloaded most of a podcast. */
export function popularPage(site: Site, { podcast, episodes }: PopularEpisodes): LinesPage {
  const { words } = site
  const of = {
    name: 'popular',
    about: words.reading.popularOf(podcast.title),
    address: addresses.popular(podcast.slug),
    paging: { newer: null, older: null, range: null },
  } as const

  return {
    ...choicePage(site, podcast, of),
    count: words.podcast.episodes(episodes.length),
    lines: linesOf(podcast, episodes, words),
    empty: words.reading.noPopular,
  }
}

/** What its makers recommend of a podcast. */
export function recommendedPage(site: Site, { podcast, episodes }: RecommendedEpisodes): LinesPage {
  const { words } = site
  const addressOf = (page: number) => addresses.recommended(podcast.slug, page)
  const of = {
    name: 'recommended',
    about: words.reading.recommendedOf(podcast.title),
    address: addressOf(episodes.page),
    paging: pagingOf(episodes, words, addressOf),
  } as const

  return {
    ...choicePage(site, podcast, of),
    count: words.podcast.episodes(episodes.total),
    lines: linesOf(podcast, episodes.rows, words),
    empty: words.reading.noRecommended,
  }
}

interface Chosen {
  readonly name: ChoiceName
  readonly about: string
  readonly address: string
  readonly paging: Paging
}

function choicePage(site: Site, podcast: Podcast, { name, about, address, paging }: Chosen) {
  const { words } = site
  const title = words.reading[name]
  const crumbs = podcastCrumbs(podcast, words)
  const page: Frame = frame(site, {
    title,
    of: podcast.title,
    description: about,
    address,
    image: podcast.coverUrl,
    feeds: [{ title: podcast.title, href: addresses.feed(podcast.slug) }],
    card: titledCard(site, { above: podcast.title, title }, podcast.coverUrl),
    crumbs,
    paging,
  })

  return {
    frame: page,
    style: palette(podcast),
    crumbs,
    ...linesTitle(title),
    choices: choices(podcast, words, name),
    years: [],
    dated: true,
    paging,
  }
}

function linesOf(podcast: Podcast, episodes: PopularEpisodes['episodes'], words: Words) {
  return episodeLines(
    episodes.map((episode) => ({ episode, podcast, guests: episode.guests })),
    words,
  )
}
