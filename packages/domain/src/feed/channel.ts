import { type FeedDraft } from '@showrunner/feeds'
import { type PodcastExtras } from '../formats/index.ts'
import { plainText } from '../markup/index.ts'
import { inFull, type Outside } from './addresses.ts'
import { type PodcastInFeed } from './get-feed.ts'
import { peopleOf } from './people.ts'

/** What a podcast's feed says of the podcast. */
export function channelOf(podcast: PodcastInFeed, outside: Outside): Omit<FeedDraft, 'items'> {
  const { publicUrl, paths } = outside
  const description = plainText(podcast.descriptionHtml ?? '')
  const hosts = podcast.podcastHosts.filter(({ retired }) => !retired)
  return {
    ...revived(podcast.extras),
    title: podcast.title,
    subtitle: podcast.subtitle,
    // RSS wants one, whatever there is to say.
    description: description || podcast.subtitle || podcast.title,
    link: inFull(publicUrl, paths.podcast(podcast.slug)),
    selfUrl: inFull(publicUrl, paths.feed(podcast.slug)),
    newFeedUrl: podcast.newFeedUrl,
    language: podcast.language,
    author: podcast.author,
    owner: { name: podcast.ownerName, email: podcast.ownerEmail },
    copyright: podcast.copyright,
    generator: 'Showrunner',
    imageUrl: podcast.coverUrl === null ? null : inFull(publicUrl, podcast.coverUrl),
    categories: podcast.categories,
    keywords: podcast.keywords?.split(/\s*,\s*/) ?? [],
    explicit: podcast.explicit,
    type: podcast.kind,
    complete: podcast.complete,
    blocked: podcast.blocked,
    guid: podcast.guid,
    locked: podcast.locked,
    medium: podcast.medium,
    license: podcast.license,
    locations: podcast.locations,
    funding: podcast.funding,
    people: peopleOf([...hosts, ...podcast.credits], outside),
  }
}

/** Moments are text in JSON. */
function revived({ trailers, updateFrequency, ...others }: PodcastExtras): Partial<FeedDraft> {
  return {
    ...others,
    ...(trailers && {
      trailers: trailers.map((trailer) => ({
        ...trailer,
        publishedAt: moment(trailer.publishedAt),
      })),
    }),
    ...(updateFrequency && {
      updateFrequency: { ...updateFrequency, startsAt: moment(updateFrequency.startsAt) },
    }),
  }
}

function moment(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
