import { from, type Loaded, type Repo } from '@showrunner/data'
import { type FeedDraft } from '@showrunner/feeds'
import { published } from '../episodes/index.ts'
import { listLiveItems } from '../live/index.ts'
import { Podcast, visible } from '../podcasts/index.ts'
import { type Outside } from './addresses.ts'
import { channelOf } from './channel.ts'
import { liveItemOf } from './live-items.ts'
import { readItems } from './read-items.ts'

const TEAM = [{ podcastHosts: ['person'] }, { credits: ['person'] }] as const
export type PodcastInFeed = Loaded<typeof Podcast, typeof TEAM>

/**
 * The feed of a podcast as of then, for `writeFeed`: every released episode that can be heard, the newest first.
 *
 * @throws NotFoundError when there is no such podcast that anybody may see.
 */
export async function getFeed(
  repo: Repo,
  slug: string,
  asOf: Date,
  outside: Outside,
): Promise<FeedDraft> {
  const podcast = await repo.getByOrThrow(
    from(Podcast)
      .pipe(visible)
      .preload(...TEAM),
    { slug },
  )
  const [found, shows] = await Promise.all([
    readItems(repo, [podcast], outside, {
      among: (episodes) => published(episodes, asOf).where('audioUrl', 'is not', null),
    }),
    listLiveItems(repo, podcast.id, asOf),
  ])
  const items = found.map(({ item }) => item)
  return {
    ...channelOf(podcast, outside),
    publishedAt: items[0]?.publishedAt ?? null,
    liveItems: shows.map((show) => liveItemOf(show, podcast, outside)),
    items,
  }
}
