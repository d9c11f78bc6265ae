import { from, type Loaded, type Query, type Repo, tablesOf } from '@showrunner/data'
import { type ItemDraft } from '@showrunner/feeds'
import { Chapter, Episode, newestFirst } from '../episodes/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { type Outside } from './addresses.ts'
import { itemOf } from './item.ts'

const WITH_EPISODE = [
  { episodeHosts: ['person'] },
  { episodeGuests: ['person'] },
  { credits: ['person'] },
  'episodeSponsors',
  'links',
  'transcripts',
] as const
export type EpisodeInFeed = Loaded<typeof Episode, typeof WITH_EPISODE>

/** An episode as a feed says it, with what it is made from. */
export interface FeedEpisode<P> {
  readonly episode: EpisodeInFeed
  readonly podcast: P
  readonly item: ItemDraft
}

/** These episodes of these podcasts, the newest first. What `changed` makes of an episode is what the feed says of it. */
export async function readItems<P extends Pick<Podcast, 'id' | 'slug' | 'explicit'>>(
  repo: Repo,
  podcasts: readonly P[],
  outside: Outside,
  {
    among,
    changed = (episode) => episode,
  }: {
    readonly among: (episodes: Query<typeof Episode>) => Query<typeof Episode>
    readonly changed?: (episode: EpisodeInFeed) => EpisodeInFeed
  },
): Promise<readonly FeedEpisode<P>[]> {
  const byId = new Map(podcasts.map((podcast) => [podcast.id, podcast]))
  const ids = [...byId.keys()]
  if (ids.length === 0) return []
  const chosen = among(from(Episode).where('podcastId', 'in', ids))
  const [episodes, withChapters] = await Promise.all([
    repo.all(newestFirst(chosen).preload(...WITH_EPISODE)),
    episodesWithChapters(repo, ids),
  ])
  return episodes.flatMap((loaded) => {
    const podcast = byId.get(loaded.podcastId)
    if (!podcast) return []
    const episode = changed(loaded)
    const item = itemOf(episode, podcast, withChapters.has(episode.id), outside)
    return [{ episode, podcast, item }]
  })
}

async function episodesWithChapters(
  repo: Repo,
  podcastIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const rows = await repo.run(
    tablesOf([Chapter])
      .selectFrom('chapters')
      .where('chapters.podcastId', 'in', podcastIds)
      .select('chapters.episodeId')
      .distinct(),
  )
  return new Set(rows.map(({ episodeId }) => episodeId))
}
