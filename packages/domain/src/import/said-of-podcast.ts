import { type Feed } from '@showrunner/feeds'
import { type PodcastExtras } from '../formats/index.ts'
import { withoutEmpty } from './without-empty.ts'
import { asMarkup, cut } from './words.ts'

/** What the changeset takes, less the ellipsis. */
const LONGEST_TITLE = 254

/** What a feed says of its podcast, by the names of the podcast's fields. */
export function saidOfPodcast(feed: Feed) {
  const description = feed.description ?? feed.summary
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
    complete: feed.complete,
    blocked: feed.blocked,
    categories: feed.categories,
    funding: feed.funding,
    keywords: feed.keywords.join(', ') || null,
    copyright: feed.copyright,
    license: feed.license,
    locations: feed.locations,
    coverUrl: feed.imageUrl,
    newFeedUrl: feed.newFeedUrl,
    extras: extrasOf(feed),
    people: feed.people,
  }
}

function extrasOf(feed: Feed): PodcastExtras {
  const { blocks, chat, images, podroll, publisher, remoteItems, socialInteracts } = feed
  const { trailers, txts, updateFrequency, usesPodping, values } = feed
  return withoutEmpty({
    blocks,
    chat,
    images,
    podroll,
    publisher,
    remoteItems,
    socialInteracts,
    trailers: trailers.map((trailer) => ({
      ...trailer,
      publishedAt: trailer.publishedAt?.toISOString() ?? null,
    })),
    txts,
    updateFrequency: updateFrequency && {
      ...updateFrequency,
      startsAt: updateFrequency.startsAt?.toISOString() ?? null,
    },
    usesPodping,
    values,
  })
}
