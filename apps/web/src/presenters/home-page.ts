import { type Home } from '@showrunner/domain/site'
import { addresses } from '../addresses.ts'
import { comingUp, type ComingUp } from './coming-up.ts'
import { cover, type Cover } from './cover.ts'
import { episodeLines, standfirst, type EpisodeLine } from './episode-line.ts'
import { networkFeeds } from './feeds-page.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { organization, webSite } from './json-ld.ts'
import { listen, type Listen } from './listen.ts'
import { showCards, type ShowCard } from './show-card.ts'
import { titleSize, type TitleSize } from './title-size.ts'

export interface HomePage {
  readonly frame: Frame
  readonly lead: Lead | null
  readonly lines: readonly EpisodeLine[]
  /** Whether the lines are of several years, so that each has to say which. */
  readonly years: boolean
  readonly shows: readonly ShowCard[]
  readonly comingUp: readonly ComingUp[]
}

export interface Lead {
  readonly line: EpisodeLine
  readonly size: TitleSize
  readonly standfirst: string | null
  readonly cover: Cover
  readonly listen: Listen | null
}

/** The newest episode large, the next ones below it, and the shows. */
export function homePage(site: Site, { episodes, podcasts, upcoming }: Home): HomePage {
  const { words } = site
  const lines = episodeLines(
    episodes.map((episode) => {
      const { podcast, hosts, guests } = episode
      return { episode, podcast, hosts, guests }
    }),
    words,
    { showNames: true },
  )
  const [first, ...rest] = lines
  const newest = episodes[0]

  return {
    frame: frame(site, {
      title: site.title,
      description: site.tagline,
      address: addresses.home,
      section: 'home',
      feeds: networkFeeds(site),
      jsonLd: [organization(site), webSite(site)],
    }),
    lead: first && newest ? lead(first, newest) : null,
    lines: rest,
    years: new Set(lines.map(({ when }) => when?.iso.slice(0, 4))).size > 1,
    shows: showCards(podcasts, words),
    comingUp: comingUp(upcoming, words),
  }
}

function lead(line: EpisodeLine, episode: Home['episodes'][number]): Lead {
  const { podcast } = episode

  return {
    line,
    size: titleSize(line.title, { short: 34, long: 75 }),
    standfirst: standfirst(episode, 260),
    cover: cover(podcast.title, episode.coverUrl ?? podcast.coverUrl),
    listen: listen(episode, podcast),
  }
}
