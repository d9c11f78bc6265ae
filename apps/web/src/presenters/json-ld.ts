import { type Episode } from '@showrunner/domain/episodes'
import { type LiveShow } from '@showrunner/domain/live'
import { type Podcast } from '@showrunner/domain/podcasts'
import { type Post } from '@showrunner/domain/posts'
import { absolute, addresses } from '../addresses.ts'
import { timeCode } from './durations.ts'
import { type Site, type SiteLink } from './frame.ts'

const CONTEXT = { '@context': 'https://schema.org' } as const

export function organization(site: Site): object {
  return {
    ...CONTEXT,
    '@type': 'Organization',
    name: site.title,
    url: site.publicUrl + addresses.home,
    ...(site.coverUrl && { logo: absolute(site.publicUrl, site.coverUrl) }),
    ...(site.socials.length > 0 && { sameAs: site.socials.map(({ href }) => href) }),
  }
}

/** Where a page is, from the front page down to itself. */
export function breadcrumbs(site: Site, crumbs: readonly SiteLink[]): object {
  return {
    ...CONTEXT,
    '@type': 'BreadcrumbList',
    itemListElement: [{ title: site.title, href: addresses.home }, ...crumbs].map(
      ({ title, href }, index) => ({
        '@type': 'ListItem',
        position: index + 1,
        name: title,
        item: site.publicUrl + href,
      }),
    ),
  }
}

/** The site as a whole, which can be searched. */
export function webSite(site: Site): object {
  const query = '{search_term_string}'
  return {
    ...CONTEXT,
    '@type': 'WebSite',
    name: site.title,
    url: site.publicUrl + addresses.home,
    inLanguage: site.language,
    ...(site.tagline && { description: site.tagline }),
    potentialAction: {
      '@type': 'SearchAction',
      target: {
        '@type': 'EntryPoint',
        urlTemplate: `${site.publicUrl}${addresses.search}?q=${query}`,
      },
      'query-input': 'required name=search_term_string',
    },
  }
}

export function podcastSeries(
  site: Site,
  podcast: Pick<Podcast, 'slug' | 'title' | 'subtitle' | 'language' | 'coverUrl'>,
  hosts: readonly { readonly name: string; readonly handle: string }[],
): object {
  return {
    ...CONTEXT,
    ...seriesOf(site, podcast),
    ...(podcast.subtitle && { description: podcast.subtitle }),
    inLanguage: podcast.language,
    webFeed: site.publicUrl + addresses.feed(podcast.slug),
    ...(podcast.coverUrl && { image: absolute(site.publicUrl, podcast.coverUrl) }),
    ...(hosts.length > 0 && { author: hosts.map((host) => personOf(site, host)) }),
    publisher: publisherOf(site),
  }
}

type SaidEpisode = Pick<
  Episode,
  | 'slug'
  | 'title'
  | 'publishedAt'
  | 'number'
  | 'audioUrl'
  | 'audioType'
  | 'audioBytes'
  | 'audioDuration'
  | 'season'
  | 'updatedAt'
> & {
  readonly hosts: readonly Heard[]
  readonly guests: readonly Heard[]
  readonly topics: readonly { readonly name: string }[]
  readonly transcripts: readonly object[]
}

export function podcastEpisode(
  site: Site,
  episode: SaidEpisode,
  podcast: Pick<Podcast, 'slug' | 'title' | 'language'>,
  words: { readonly description: string | null; readonly image: string | null },
): object {
  const { hosts, guests, topics } = episode
  const people = [...hosts, ...guests].map((person) => personOf(site, person))

  return {
    ...CONTEXT,
    '@type': 'PodcastEpisode',
    name: episode.title,
    url: site.publicUrl + addresses.episode(podcast.slug, episode.slug),
    ...(words.description && { description: words.description }),
    ...(words.image && { image: absolute(site.publicUrl, words.image) }),
    ...datesOf(episode),
    inLanguage: podcast.language,
    isAccessibleForFree: true,
    ...(episode.number != null && { episodeNumber: episode.number }),
    ...(episode.audioDuration != null && { timeRequired: timeCode(episode.audioDuration).iso }),
    ...(hosts.length > 0 && { author: people.slice(0, hosts.length) }),
    ...(people.length > 0 && { actor: people }),
    ...(topics.length > 0 && { keywords: topics.map(({ name }) => name) }),
    partOfSeries: seriesOf(site, podcast),
    ...(episode.season != null && {
      partOfSeason: { '@type': 'CreativeWorkSeason', seasonNumber: episode.season },
    }),
    publisher: publisherOf(site),
    ...(episode.audioUrl && { associatedMedia: audioOf(site, episode, podcast) }),
  }
}

function audioOf(site: Site, episode: SaidEpisode, podcast: Pick<Podcast, 'slug'>): object {
  const { audioUrl, audioType, audioBytes, audioDuration, transcripts, slug } = episode
  return {
    '@type': 'AudioObject',
    contentUrl: absolute(site.publicUrl, audioUrl ?? ''),
    ...(audioType && { encodingFormat: audioType }),
    ...(audioBytes != null && { contentSize: String(audioBytes) }),
    ...(audioDuration != null && { duration: timeCode(audioDuration).iso }),
    ...(transcripts.length > 0 && {
      transcript: site.publicUrl + addresses.transcript(podcast.slug, slug, 'html'),
    }),
  }
}

/** What was written before it was out did not change after that. */
function datesOf({ publishedAt, updatedAt }: Pick<Episode, 'publishedAt' | 'updatedAt'>): object {
  if (!publishedAt) return {}
  const modified = new Date(Math.max(publishedAt.getTime(), updatedAt.getTime()))
  return { datePublished: publishedAt.toISOString(), dateModified: modified.toISOString() }
}

/** A live show that anybody may listen to, on the page of its episode. */
export function broadcastEvent(
  site: Site,
  {
    episode,
    podcast,
    show,
  }: {
    readonly episode: Pick<Episode, 'slug' | 'title'>
    readonly podcast: Pick<Podcast, 'slug' | 'title' | 'language'>
    readonly show: Pick<LiveShow, 'startsAt' | 'wentLiveAt' | 'endedAt' | 'plannedMinutes'>
  },
  words: { readonly description: string | null; readonly image: string | null },
): object {
  const url = site.publicUrl + addresses.episode(podcast.slug, episode.slug)
  const begins = show.wentLiveAt ?? show.startsAt
  const ends = show.endedAt ?? new Date(begins.getTime() + show.plannedMinutes * 60_000)

  return {
    ...CONTEXT,
    '@type': 'BroadcastEvent',
    name: episode.title,
    url,
    isLiveBroadcast: true,
    startDate: begins.toISOString(),
    endDate: ends.toISOString(),
    eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
    location: { '@type': 'VirtualLocation', url },
    inLanguage: podcast.language,
    ...(words.description && { description: words.description }),
    ...(words.image && { image: absolute(site.publicUrl, words.image) }),
    organizer: publisherOf(site),
  }
}

export function personProfile(
  site: Site,
  person: { readonly name: string; readonly handle: string; readonly avatarUrl: string | null },
  elsewhere: readonly string[],
): object {
  return {
    ...CONTEXT,
    '@type': 'Person',
    name: person.name,
    url: site.publicUrl + addresses.person(person.handle),
    ...(person.avatarUrl && { image: absolute(site.publicUrl, person.avatarUrl) }),
    ...(elsewhere.length > 0 && { sameAs: elsewhere }),
  }
}

export function blogPosting(
  site: Site,
  post: Pick<Post, 'slug' | 'title' | 'coverUrl' | 'publishedAt' | 'updatedAt'> & {
    readonly author: { readonly name: string; readonly handle: string }
    readonly topics: readonly { readonly name: string }[]
  },
  description: string | null,
): object {
  const { author, topics, publishedAt, updatedAt } = post
  return {
    ...CONTEXT,
    '@type': 'BlogPosting',
    headline: post.title,
    url: site.publicUrl + addresses.post(post.slug),
    ...(description && { description }),
    ...(post.coverUrl && { image: absolute(site.publicUrl, post.coverUrl) }),
    ...datesOf({ publishedAt, updatedAt }),
    author: personOf(site, author),
    publisher: publisherOf(site),
    ...(topics.length > 0 && { keywords: topics.map(({ name }) => name) }),
  }
}

interface Heard {
  readonly name: string
  readonly handle: string
}

function personOf(site: Site, { name, handle }: Heard): object {
  return { '@type': 'Person', name, url: site.publicUrl + addresses.person(handle) }
}

function publisherOf(site: Site): object {
  return { '@type': 'Organization', name: site.title, url: site.publicUrl + addresses.home }
}

function seriesOf(site: Site, podcast: Pick<Podcast, 'slug' | 'title'>): object {
  return {
    '@type': 'PodcastSeries',
    name: podcast.title,
    url: site.publicUrl + addresses.podcast(podcast.slug),
  }
}
