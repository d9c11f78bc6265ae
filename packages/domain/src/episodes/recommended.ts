import { from, type Loaded, type Repo } from '@showrunner/data'
import { type OnePage, pageOf } from '../lists/index.ts'
import { getPodcast, type Podcast } from '../podcasts/index.ts'
import { Episode } from './episode.ts'
import { listed, type ListedEpisode } from './listed.ts'
import { newestFirst, published } from './scopes.ts'

export interface RecommendedEpisodes {
  readonly podcast: Podcast
  readonly episodes: OnePage<
    ListedEpisode & Pick<Loaded<typeof Episode, ['hosts', 'guests']>, 'hosts' | 'guests'>
  >
}

/** What its makers recommend of a podcast. @throws NotFoundError when there is no such podcast that anybody may see. */
export async function getRecommended(
  repo: Repo,
  slug: string,
  { asOf, page }: { readonly asOf: Date; readonly page: number },
): Promise<RecommendedEpisodes> {
  const podcast = await getPodcast(repo, slug)
  const chosen = from(Episode).where({ podcastId: podcast.id, featured: true })
  const episodes = listed(newestFirst(published(chosen, asOf))).preload('hosts', 'guests')
  return { podcast, episodes: await pageOf(repo, episodes, page) }
}
