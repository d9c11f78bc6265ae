import { type FeedDraft, type Image, type ServiceBlock } from '@showrunner/feeds'
import { inFull, type Outside } from './addresses.ts'
import { description } from './description.ts'
import { type PodcastInFeed } from './get-feed.ts'
import { peopleOf } from './people.ts'

/** What a podcast's feed says of the podcast. */
export function channelOf(podcast: PodcastInFeed, outside: Outside): Omit<FeedDraft, 'items'> {
  const { publicUrl, paths } = outside
  const words = description(podcast.descriptionHtml)
  const hosts = podcast.podcastHosts.filter(({ retired }) => !retired)
  const { trailers: _trailers, publisher: _publisher, ...extras } = podcast.extras
  const { updateFrequency } = podcast
  const imageUrl = podcast.coverUrl === null ? null : inFull(publicUrl, podcast.coverUrl)
  return {
    ...extras,
    title: podcast.title,
    subtitle: podcast.subtitle,
    // RSS wants one, whatever there is to say.
    description: words || podcast.subtitle || podcast.title,
    link: inFull(publicUrl, paths.podcast(podcast.slug)),
    newFeedUrl: podcast.newFeedUrl,
    language: podcast.language,
    author: podcast.author,
    owner: { name: podcast.ownerName, email: podcast.ownerEmail },
    copyright: podcast.copyright,
    generator: 'Showrunner',
    imageUrl,
    images: pictures(imageUrl, extras.images),
    categories: podcast.categories,
    keywords: podcast.keywords?.split(/\s*,\s*/) ?? [],
    explicit: podcast.explicit,
    type: podcast.kind,
    complete: podcast.complete,
    blocked: podcast.blocked,
    blocks: blocksOf(extras.blocks, podcast.blocked),
    guid: podcast.guid,
    locked: podcast.locked,
    medium: podcast.medium,
    license: podcast.license,
    locations: podcast.locations,
    funding: podcast.funding,
    podroll: podcast.podroll,
    txts: podcast.txts,
    values: podcast.payments,
    updateFrequency: updateFrequency && {
      ...updateFrequency,
      startsAt: moment(updateFrequency.startsAt),
    },
    people: peopleOf([...hosts, ...podcast.credits], outside),
  }
}

/** The picture once more, with what it is for, where a feed brought no others. */
export function pictures(
  imageUrl: string | null,
  brought: readonly Image[] | undefined,
): readonly Image[] {
  if (brought?.length || imageUrl === null) return brought ?? []
  const unknown = { alt: null, type: null, width: null, height: null }
  return [{ url: imageUrl, ...unknown, aspectRatio: '1/1', purpose: 'artwork' }]
}

/** The same as `itunes:block`, for those who know only this one. */
function blocksOf(
  brought: readonly ServiceBlock[] = [],
  blocked: boolean,
): readonly ServiceBlock[] {
  return blocked ? [...brought, { service: null, blocked: true }] : brought
}

function moment(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
