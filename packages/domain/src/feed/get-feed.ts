import { from, tablesOf, type Loaded, type Repo } from '@showrunner/data'
import { type FeedDraft } from '@showrunner/feeds'
import { Chapter, Episode, newestFirst, published } from '../episodes/index.ts'
import { Podcast, visible } from '../podcasts/index.ts'
import { type Outside } from './addresses.ts'
import { channelOf } from './channel.ts'
import { itemOf } from './item.ts'

const TEAM = [{ podcastHosts: ['person'] }, { credits: ['person'] }] as const
export type PodcastInFeed = Loaded<typeof Podcast, typeof TEAM>

const WITH_EPISODE = [
  { episodeHosts: ['person'] },
  { episodeGuests: ['person'] },
  { credits: ['person'] },
  'episodeSponsors',
  'links',
  'transcripts',
] as const
export type EpisodeInFeed = Loaded<typeof Episode, typeof WITH_EPISODE>

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
  const released = published(from(Episode).where({ podcastId: podcast.id }), asOf)
  const audible = released.where('audioUrl', 'is not', null)
  const [episodes, withChapters] = await Promise.all([
    repo.all(newestFirst(audible).preload(...WITH_EPISODE)),
    episodesWithChapters(repo, podcast.id),
  ])
  const items = episodes.map((episode) =>
    itemOf(episode, podcast, withChapters.has(episode.id), outside),
  )
  return { ...channelOf(podcast, outside), publishedAt: episodes[0]?.publishedAt ?? null, items }
}

async function episodesWithChapters(repo: Repo, podcastId: number): Promise<ReadonlySet<number>> {
  const rows = await repo.run(
    tablesOf([Chapter, Episode])
      .selectFrom('chapters')
      .innerJoin('episodes', 'episodes.id', 'chapters.episodeId')
      .where('episodes.podcastId', '=', podcastId)
      .select('chapters.episodeId')
      .distinct(),
  )
  return new Set(rows.map(({ episodeId }) => episodeId))
}
