import { type EpisodeOrShow } from '@showrunner/domain/live'
import { addresses } from '../addresses.ts'
import { chapterLines } from './chapters.ts'
import { cover } from './cover.ts'
import { podcastCrumbs } from './crumbs.ts'
import { episodePage, type EpisodePage } from './episode-page.ts'
import { fullEpisodeLabel } from './episode-label.ts'
import { standfirst } from './episode-line.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { broadcastEvent } from './json-ld.ts'
import { episodeCard } from './share-card.ts'
import { livePart } from './live-side.ts'
import { palette } from './palette.ts'
import { personCard } from './people.ts'
import { titleSize } from './title-size.ts'

type Announced = Extract<EpisodeOrShow, { readonly isOut: false }>

/** What is at the address of an episode: the episode, with what is kept of its live show; until it is out the show alone. */
export function episodeOrShowPage(site: Site, found: EpisodeOrShow): EpisodePage {
  if (!found.isOut) return showPage(site, found)
  const page = episodePage(site, found.shown)
  if (!found.live) return page
  const { podcast, slug } = found.shown.episode
  return { ...page, live: livePart(found.live, { podcast, slug, isOut: true }, site.words) }
}

/** Only what was announced: an episode that is not out says nothing else yet. */
function showPage(site: Site, announced: Announced): EpisodePage {
  const { episode, live, chapters } = announced
  const { podcast, slug, title } = episode
  const { words } = site
  const intro = standfirst(episode, 280)

  return {
    frame: showFrame(site, announced),
    banner: null,
    style: palette(podcast),
    crumbs: podcastCrumbs(podcast, words),
    language: podcast.language,
    cover: cover(podcast.title, episode.coverUrl ?? podcast.coverUrl),
    label: fullEpisodeLabel(episode, words),
    published: null,
    title,
    size: titleSize(title, { short: 34, long: 75 }),
    standfirst: intro,
    people: [...episode.episodeHosts, ...episode.episodeGuests].map((part) =>
      personCard(part, words),
    ),
    live: livePart(live, { podcast, slug, isOut: false }, words),
    listen: null,
    download: '',
    share: null,
    chapters: chapterLines(chapters, null, words),
    notesHtml: null,
    summary: episode.summary === intro ? null : episode.summary,
    links: [],
    sponsors: [],
    topics: [],
    facts: [],
    transcript: null,
    byMail: null,
    discussion: null,
    related: [],
    previous: null,
    next: null,
  }
}

function showFrame(site: Site, { episode, live }: Announced): Frame {
  const { podcast } = episode
  const description = standfirst(episode, 280)
  const image = episode.coverUrl ?? podcast.coverUrl

  return frame(site, {
    title: episode.title,
    of: podcast.title,
    description: description ?? podcast.subtitle,
    address: addresses.episode(podcast.slug, episode.slug),
    image,
    type: 'article',
    feeds: [{ title: podcast.title, href: addresses.feed(podcast.slug) }],
    language: podcast.language,
    card: episodeCard(
      site,
      episode,
      [...episode.episodeGuests, ...episode.episodeHosts].map(({ person }) => person),
    ),
    crumbs: podcastCrumbs(podcast, site.words),
    appleUrl: podcast.appleUrl,
    jsonLd: broadcastEvent(site, { episode, podcast, show: live.show }, { description, image }),
  })
}
