import { type Feed } from '@showrunner/feeds'
import { others } from './other-pictures.ts'
import { asMarkup, cut } from './words.ts'

/** What the changeset takes, less the ellipsis. */
const LONGEST_TITLE = 254

/** What a feed says of its podcast, by the names of the podcast's fields. */
export function saidOfPodcast(feed: Feed) {
  const description = feed.description ?? feed.summary
  const { updateFrequency } = feed
  return {
    title: cut(feed.title, LONGEST_TITLE),
    subtitle: feed.subtitle,
    description: description === null ? null : asMarkup(description),
    author: feed.author,
    ownerName: feed.owner?.name ?? null,
    ownerEmail: feed.owner?.email ?? null,
    language: feed.language ?? 'en',
    websiteUrl: feed.link,
    medium: feed.medium ?? 'podcast',
    kind: feed.type ?? 'episodic',
    explicit: feed.explicit ?? false,
    locked: feed.locked ?? false,
    lockedOwner: feed.lockedOwner,
    complete: feed.complete,
    blocked: feed.blocked || feed.blocks.some(isForAll),
    categories: feed.categories,
    funding: feed.funding,
    keywords: feed.keywords.join(', ') || null,
    copyright: feed.copyright,
    license: feed.license,
    locations: feed.locations,
    podroll: feed.podroll,
    txts: feed.txts,
    payments: feed.values,
    updateFrequency: updateFrequency && {
      ...updateFrequency,
      startsAt: updateFrequency.startsAt?.toISOString() ?? null,
    },
    coverUrl: feed.imageUrl,
    newFeedUrl: newAddress(feed),
    chat: feed.chat,
    socialInteracts: feed.socialInteracts,
    blocks: feed.blocks.filter((block) => !isForAll(block)),
    trailers: feed.trailers.filter(isNoEpisodeOf(feed)).map((trailer) => ({
      ...trailer,
      publishedAt: trailer.publishedAt?.toISOString() ?? null,
    })),
    publisher: feed.publisher,
    remoteItems: feed.remoteItems,
    pictures: others(feed.images, feed.imageUrl),
    people: feed.people,
  }
}

/** Many a feed says of itself that it has moved to where it is: here that would send its listeners back there. */
function newAddress({ newFeedUrl, selfUrl }: Feed): string | null {
  return newFeedUrl === selfUrl ? null : newFeedUrl
}

/** A trailer that is an episode is said by the episode. */
function isNoEpisodeOf({ items }: Feed): (trailer: Feed['trailers'][number]) => boolean {
  const episodes = items.filter(({ episodeType }) => episodeType === 'trailer')
  const known = new Set(episodes.map(({ enclosure }) => enclosure?.url))
  return ({ url }) => !known.has(url)
}

/** What `itunes:block` says too, which is kept once. */
function isForAll({ service, blocked }: Feed['blocks'][number]): boolean {
  return blocked && service === null
}
