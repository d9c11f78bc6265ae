import { from, type Loaded, type Query, type Repo } from '@showrunner/data'
import { type ItemDraft } from '@showrunner/feeds'
import { Episode, newestFirst } from '../episodes/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { type Outside } from './addresses.ts'
import { itemOf } from './item.ts'

const WITH_EPISODE = [
  { episodeHosts: ['person'] },
  { episodeGuests: ['person'] },
  { credits: ['person'] },
  'episodeSponsors',
  'links',
  'chapters',
  'transcripts',
  'pictures',
  'alternates',
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
  const episodes = await repo.all(newestFirst(chosen).preload(...WITH_EPISODE))
  return episodes.flatMap((loaded) => {
    const podcast = byId.get(loaded.podcastId)
    if (!podcast) return []
    const episode = changed(loaded)
    const item = itemOf(episode, podcast, episode.chapters, outside)
    return [{ episode, podcast, item }]
  })
}
