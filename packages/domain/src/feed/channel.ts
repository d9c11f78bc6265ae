import { type FeedDraft, type ServiceBlock } from '@showrunner/feeds'
import { inFull, type Outside } from './addresses.ts'
import { description } from './description.ts'
import { type PodcastInFeed } from './get-feed.ts'
import { peopleOf } from './people.ts'
import { picturesOf } from './pictures.ts'

/** What a podcast's feed says of the podcast. */
export function channelOf(podcast: PodcastInFeed, outside: Outside): Omit<FeedDraft, 'items'> {
  const { publicUrl, paths } = outside
  const words = description(podcast.descriptionHtml)
  const hosts = podcast.podcastHosts.filter(({ retired }) => !retired)
  const { updateFrequency } = podcast
  const imageUrl = podcast.coverUrl === null ? null : inFull(publicUrl, podcast.coverUrl)
  return {
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
    images: picturesOf(imageUrl, podcast.pictures, publicUrl),
    categories: podcast.categories,
    keywords: podcast.keywords?.split(/\s*,\s*/) ?? [],
    explicit: podcast.explicit,
    type: podcast.kind,
    complete: podcast.complete,
    blocked: podcast.blocked,
    blocks: blocksOf(podcast.blocks, podcast.blocked),
    guid: podcast.guid,
    locked: podcast.locked,
    lockedOwner: podcast.lockedOwner,
    medium: podcast.medium,
    license: podcast.license,
    locations: podcast.locations,
    funding: podcast.funding,
    podroll: podcast.podroll,
    txts: podcast.txts,
    values: podcast.payments,
    chat: podcast.chat,
    socialInteracts: podcast.socialInteracts,
    remoteItems: podcast.remoteItems,
    updateFrequency: updateFrequency && {
      ...updateFrequency,
      startsAt: moment(updateFrequency.startsAt),
    },
    people: peopleOf([...hosts, ...podcast.credits], outside),
  }
}

/** The same as `itunes:block`, for those who know only this one. */
function blocksOf(blocks: readonly ServiceBlock[], blocked: boolean): readonly ServiceBlock[] {
  return blocked ? [...blocks, { service: null, blocked: true }] : blocks
}

function moment(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
