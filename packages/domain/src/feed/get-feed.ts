import { from, type Loaded, type Query, type Repo } from '@showrunner/data'
import { type FeedDraft, type Trailer } from '@showrunner/feeds'
import { Episode, newestFirst, published } from '../episodes/index.ts'
import { listLiveItems } from '../live/index.ts'
import { Podcast, visible } from '../podcasts/index.ts'
import { getSettings, hubsOf, type Settings } from '../settings/index.ts'
import { inFull, type Outside } from './addresses.ts'
import { channelOf } from './channel.ts'
import { FeedMovedError } from './errors.ts'
import { liveItemOf } from './live-items.ts'
import { feedPage, pageLinks } from './paging.ts'
import { readItems } from './read-items.ts'

const WITH_PODCAST = [{ podcastHosts: ['person'] }, { credits: ['person'] }, 'pictures'] as const
export type PodcastInFeed = Loaded<typeof Podcast, typeof WITH_PODCAST>

/**
 * The feed of a podcast as of then, for `writeFeed`: every released episode that can be heard, the newest first, or a page of
 * them where the podcast says so.
 *
 * @throws NotFoundError when there is no such podcast that anybody may see, or no such page. {FeedMovedError}
 */
export async function getFeed(
  repo: Repo,
  slug: string,
  asOf: Date,
  outside: Outside,
  page = 1,
): Promise<FeedDraft> {
  const [settings, podcast] = await Promise.all([
    getSettings(repo),
    repo.getByOrThrow(
      from(Podcast)
        .pipe(visible)
        .preload(...WITH_PODCAST),
      { slug },
    ),
  ])
  const address = inFull(outside.publicUrl, outside.paths.feed(slug))
  leadAway(podcast, address)
  const heard = (episodes: Query<typeof Episode>) =>
    published(episodes, asOf).where('audioUrl', 'is not', null)
  const size = podcast.feedPageSize
  const total =
    size === null ? 0 : await repo.count(heard(from(Episode).where({ podcastId: podcast.id })))
  const part = feedPage(page, total, size)
  const [found, shows, trailers] = await Promise.all([
    readItems(repo, [podcast], outside, {
      among: (episodes) =>
        size === null
          ? heard(episodes)
          : heard(episodes)
              .limit(size)
              .offset((page - 1) * size),
    }),
    page === 1 ? listLiveItems(repo, podcast.id, asOf) : [],
    trailersOf(repo, podcast, heard, outside),
  ])
  const items = found.map(({ item }) => item)
  return {
    ...channelOf(podcast, outside),
    ...ofNetwork(podcast, settings, outside),
    ...pageLinks(address, part),
    trailers,
    publishedAt: items[0]?.publishedAt ?? null,
    liveItems: shows.map((show) => liveItemOf(show, podcast, outside)),
    items,
  }
}

/** @throws {FeedMovedError} */
function leadAway({ slug, feedRedirects, newFeedUrl }: Podcast, address: string): void {
  // Who is led here by where they are led to would go round in circles.
  if (feedRedirects && newFeedUrl && newFeedUrl !== address) {
    throw new FeedMovedError(slug, newFeedUrl)
  }
}

function ofNetwork(
  { publisher }: Podcast,
  settings: Settings,
  { publicUrl, paths }: Outside,
): Partial<FeedDraft> {
  return {
    hubUrls: hubsOf(settings),
    usesPodping: settings.usesPodping,
    publisher: publisher ?? {
      feedGuid: settings.publisherGuid,
      feedUrl: inFull(publicUrl, paths.publisherFeed),
      itemGuid: null,
      medium: 'publisher',
      title: null,
    },
  }
}

/** Its episodes that are trailers, and those a feed brought that are none of its episodes. */
async function trailersOf(
  repo: Repo,
  { id: podcastId, trailers }: Podcast,
  heard: (episodes: Query<typeof Episode>) => Query<typeof Episode>,
  { publicUrl }: Outside,
): Promise<readonly Trailer[]> {
  const ofType = heard(from(Episode).where({ podcastId, type: 'trailer' }))
  const episodes = await repo.all(newestFirst(ofType))
  const brought = trailers.map((trailer) => ({
    ...trailer,
    publishedAt: trailer.publishedAt === null ? null : new Date(trailer.publishedAt),
  }))
  const known = new Set(brought.map(({ url }) => url))
  const ours = episodes.map(({ title, audioUrl, audioType, audioBytes, publishedAt, season }) => ({
    title,
    url: inFull(publicUrl, audioUrl ?? ''),
    type: audioType,
    length: audioBytes,
    publishedAt,
    season,
  }))
  return [...brought, ...ours.filter(({ url }) => !known.has(url))]
}
