import { type ArchiveYear, type NetworkYear, type PodcastYear } from '@showrunner/domain/episodes'
import { addresses } from '../addresses.ts'
import { podcastCrumbs } from './crumbs.ts'
import { episodeLines } from './episode-line.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { linesTitle, type LinesPage, type YearLink, yearLinks } from './lines-page.ts'
import { pagingOf } from './paging.ts'
import { palette } from './palette.ts'

export interface ArchivePage {
  readonly frame: Frame
  readonly years: readonly YearLink[]
}

/** Every year of the network. */
export function archivePage(site: Site, years: readonly ArchiveYear[]): ArchivePage {
  const { words } = site

  return {
    frame: frame(site, {
      title: words.reading.archive,
      description: words.reading.archiveOf(site.title),
      address: addresses.archive,
    }),
    years: yearLinks(years, addresses.archiveYear, words.podcast.episodes),
  }
}

export function networkYearPage(
  site: Site,
  { year, shown }: { readonly year: number; readonly shown: NetworkYear },
): LinesPage {
  const { words } = site
  const { episodes, years } = shown
  const crumbs = [{ title: words.reading.archive, href: addresses.archive }]
  const address = addresses.archiveYear(year, episodes.page)
  const name = String(year)
  const paging = pagingOf(episodes, words, (page) => addresses.archiveYear(year, page))

  return {
    frame: frame(site, {
      title: episodes.page > 1 ? words.lists.page(name, episodes.page) : name,
      description: words.reading.yearOf(site.title, year),
      address,
      crumbs,
      paging,
    }),
    style: null,
    crumbs,
    ...linesTitle(name),
    count: words.podcast.episodes(episodes.total),
    years: yearLinks(years, addresses.archiveYear, words.podcast.episodes, year),
    lines: episodeLines(
      episodes.rows.map((episode) => {
        const { podcast, hosts, guests } = episode
        return { episode, podcast, hosts, guests }
      }),
      words,
      { showNames: true },
    ),
    dated: false,
    paging,
  }
}

export function podcastYearPage(
  site: Site,
  { year, shown }: { readonly year: number; readonly shown: PodcastYear },
): LinesPage {
  const { words } = site
  const { podcast, episodes, years } = shown
  const addressOf = (page: number) => addresses.podcastYear(podcast.slug, year, page)
  const crumbs = podcastCrumbs(podcast, words)
  const name = String(year)
  const paging = pagingOf(episodes, words, addressOf)

  return {
    frame: frame(site, {
      title: episodes.page > 1 ? words.lists.page(name, episodes.page) : name,
      of: podcast.title,
      description: words.reading.yearOf(podcast.title, year),
      address: addressOf(episodes.page),
      image: podcast.coverUrl,
      feeds: [{ title: podcast.title, href: addresses.feed(podcast.slug) }],
      crumbs,
      paging,
    }),
    style: palette(podcast),
    crumbs,
    ...linesTitle(name),
    count: words.podcast.episodes(episodes.total),
    years: yearLinks(
      years,
      (one) => addresses.podcastYear(podcast.slug, one),
      words.podcast.episodes,
      year,
    ),
    lines: episodeLines(
      episodes.rows.map((episode) => ({ episode, podcast, guests: episode.guests })),
      words,
    ),
    dated: false,
    paging,
  }
}
