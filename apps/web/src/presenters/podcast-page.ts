import { type LiveShowOfEpisode } from '@showrunner/domain/live'
import {
  EPISODES_PER_PAGE,
  type Podcast,
  type PodcastPage as ShownPodcast,
} from '@showrunner/domain/podcasts'
import { absolute, addresses } from '../addresses.ts'
import { type SafeHtml } from '../safe-html.ts'
import { type Words } from '../words/index.ts'
import { type Choice, choices } from './choice-pages.ts'
import { comingUp, type ComingUp } from './coming-up.ts'
import { cover, type Cover } from './cover.ts'
import { episodeLines, type EpisodeLine } from './episode-line.ts'
import { seasonTitle } from './episode-label.ts'
import { type Fact } from './facts.ts'
import { podcastFacts } from './podcast-facts.ts'
import { introduction } from './introduction.ts'
import { excerpt } from './excerpts.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { podcastSeries } from './json-ld.ts'
import { podcastCard } from './share-card.ts'
import { type YearLink, yearLinks } from './lines-page.ts'
import { palette } from './palette.ts'
import { personCard, type PersonCard } from './people.ts'
import { showStatus } from './show-card.ts'
import { subscribeForm, type SubscribeForm } from './subscribe-form.ts'
import { titleSize, type TitleSize } from './title-size.ts'

export interface PodcastPage {
  readonly frame: Frame
  readonly name: string
  readonly size: TitleSize
  readonly language: string
  readonly style: SafeHtml
  readonly cover: Cover
  readonly subtitle: string | null
  readonly descriptionHtml: SafeHtml | null
  readonly status: string | null
  readonly people: readonly PersonCard[]
  readonly apps: readonly AppLink[]
  readonly facts: readonly Fact[]
  readonly feedUrl: string
  readonly byMail: SubscribeForm
  /** Whether its first episode is still to come. */
  readonly isComing: boolean
  readonly count: string
  /** Nothing until there is an episode. */
  readonly choices: readonly Choice[]
  readonly groups: readonly EpisodeGroup[]
  readonly paging: Paging
  /** Nothing where there is only one. */
  readonly years: readonly YearLink[]
  readonly comingUp: readonly ComingUp[]
}

export interface AppLink {
  readonly name: string
  readonly href: string
}

/** A year of a show, or a season of a serial one. */
export interface EpisodeGroup {
  readonly title: string
  readonly lines: readonly EpisodeLine[]
}

export interface Paging {
  readonly newer: string | null
  readonly older: string | null
  /** `51 to 100 of 312`; nothing where one page holds them all. */
  readonly range: string | null
}

type ShownEpisode = ShownPodcast['episodes'][number]

/** A podcast, and its live shows that are yet to come. */
export interface PodcastWithShows {
  readonly shown: ShownPodcast
  readonly upcoming: readonly LiveShowOfEpisode[]
}

export function podcastPage(site: Site, { shown, upcoming }: PodcastWithShows): PodcastPage {
  const { podcast } = shown
  const { words } = site
  const hosts = podcast.podcastHosts.filter((host) => !host.retired)
  const paged = paging(shown, words)

  return {
    frame: podcastFrame(site, shown, paged),
    name: podcast.title,
    size: titleSize(podcast.title, { short: 15, long: 34 }),
    language: podcast.language,
    style: palette(podcast),
    cover: cover(podcast.title, podcast.coverUrl),
    ...introduction(podcast),
    status: showStatus(podcast, words),
    people: hosts.map((host) => personCard(host, words)),
    apps: [
      ...appLinks(podcast, words),
      ...supportLinks(podcast, words),
      ...requestLinks(podcast, words),
    ],
    facts: podcastFacts(podcast, words),
    feedUrl: absolute(site.publicUrl, addresses.feed(podcast.slug)),
    byMail: subscribeForm(words, podcast.slug),
    isComing: podcast.status === 'soon',
    count: words.podcast.episodes(shown.total),
    choices: shown.total > 0 ? choices(podcast, words, 'newest') : [],
    groups: groups(shown, words),
    paging: paged,
    years: shown.years.length > 1 ? yearsOf(shown, words) : [],
    comingUp: comingUp(upcoming, words),
  }
}

function yearsOf({ podcast, years }: ShownPodcast, words: Words): readonly YearLink[] {
  return yearLinks(
    years,
    (year) => addresses.podcastYear(podcast.slug, year),
    words.podcast.episodes,
  )
}

function podcastFrame(site: Site, shown: ShownPodcast, { newer, older }: Paging): Frame {
  const { podcast, page } = shown
  const hosts = podcast.podcastHosts.flatMap(({ retired, person }) => (retired ? [] : [person]))
  const about = podcast.subtitle ?? podcast.description

  return frame(site, {
    title: page > 1 ? site.words.lists.page(podcast.title, page) : podcast.title,
    description: about && excerpt(about.replaceAll(/<[^>]*>/g, ' '), 200),
    address: addresses.podcastPage(podcast.slug, page),
    image: podcast.coverUrl,
    language: podcast.language,
    card: podcastCard(site, podcast, hosts),
    crumbs: [{ title: site.words.frame.podcasts, href: addresses.podcasts }],
    appleUrl: podcast.appleUrl,
    paging: { newer, older },
    feeds: [
      { title: podcast.title, href: addresses.feed(podcast.slug) },
      {
        title: podcast.title,
        href: addresses.jsonFeed(podcast.slug),
        type: 'application/feed+json',
      },
    ],
    jsonLd: podcastSeries(
      site,
      podcast,
      podcast.podcastHosts.map(({ person }) => person),
    ),
  })
}

function appLinks(podcast: Podcast, words: Words): readonly AppLink[] {
  return [
    { name: 'Apple Podcasts', href: podcast.appleUrl },
    { name: 'Spotify', href: podcast.spotifyUrl },
    { name: 'YouTube', href: podcast.youtubeUrl },
    { name: words.podcast.website, href: podcast.websiteUrl },
  ].flatMap(({ name, href }) => (href ? [{ name, href }] : []))
}

/** Where anybody asks it for an episode. */
function requestLinks({ slug, takesRequests }: Podcast, words: Words): readonly AppLink[] {
  return takesRequests
    ? [{ name: words.frame.requestEpisode, href: addresses.requestFor(slug) }]
    : []
}

function supportLinks({ funding }: Pick<Podcast, 'funding'>, words: Words): readonly AppLink[] {
  return funding.map(({ text, url }) => ({ name: text || words.podcast.support, href: url }))
}

function groups({ podcast, episodes }: ShownPodcast, words: Words): readonly EpisodeGroup[] {
  const bySeason = podcast.kind === 'serial' || episodes.every(({ season }) => season != null)
  const lines = episodeLines(
    episodes.map((episode) => ({ episode, podcast, guests: episode.guests })),
    words,
    { bySeason },
  )
  const titled = new Map<string, EpisodeLine[]>()

  episodes.forEach((episode, index) => {
    const line = lines[index]
    const title = groupTitle(episode, bySeason, words)
    if (line) titled.set(title, [...(titled.get(title) ?? []), line])
  })

  return Array.from(titled, ([title, members]) => ({ title, lines: members }))
}

function groupTitle(episode: ShownEpisode, bySeason: boolean, words: Words): string {
  const season = bySeason ? seasonTitle(episode, words) : null

  return season ?? String(episode.publishedAt?.getUTCFullYear() ?? words.podcast.undated)
}

function paging({ podcast, total, page, pages }: ShownPodcast, { lists }: Words): Paging {
  const from = (page - 1) * EPISODES_PER_PAGE + 1
  const to = Math.min(total, from + EPISODES_PER_PAGE - 1)

  return {
    newer: page > 1 ? addresses.podcastPage(podcast.slug, page - 1) : null,
    older: page < pages ? addresses.podcastPage(podcast.slug, page + 1) : null,
    range: pages > 1 ? lists.range(from, to, total) : null,
  }
}
