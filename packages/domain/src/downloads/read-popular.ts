import { from, type Repo } from '@showrunner/data'
import { Episode, listed, type ListedEpisode, published } from '../episodes/index.ts'
import { type Person } from '../people/index.ts'
import { getPodcast, type Podcast } from '../podcasts/index.ts'
import { PopularEpisode } from './popular-episode.ts'

const MOST_SHOWN = 50

export interface PopularEpisodes {
  readonly podcast: Podcast
  /** The most downloaded first. */
  readonly episodes: readonly (ListedEpisode & {
    readonly hosts: readonly Person[]
    readonly guests: readonly Person[]
  })[]
}

/** @throws NotFoundError when there is no such podcast that anybody may see. */
export async function getPopular(repo: Repo, slug: string, asOf: Date): Promise<PopularEpisodes> {
  const podcast = await getPodcast(repo, slug)
  const ranked = await repo.all(
    from(PopularEpisode).where({ podcastId: podcast.id }).orderBy({ place: 'asc', id: 'asc' }),
  )
  const places = new Map(ranked.map(({ episodeId }, at) => [episodeId, at]))
  const out = published(from(Episode).where('id', 'in', [...places.keys()]), asOf)
  const episodes = await repo.all(listed(out).preload('hosts', 'guests'))
  return {
    podcast,
    episodes: episodes
      .toSorted((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0))
      .slice(0, MOST_SHOWN),
  }
}
