import { type Repo } from '@showrunner/data'
import { type EpisodeOfNetwork, listNewest } from '../episodes/index.ts'
import { listUpcoming, type LiveShowOfEpisode } from '../live/index.ts'
import { listPodcasts, type PodcastWithHosts } from '../podcasts/index.ts'

const NEWEST_ON_HOME = 12
const UPCOMING_ON_HOME = 3

export interface Home {
  readonly episodes: readonly EpisodeOfNetwork[]
  readonly podcasts: readonly PodcastWithHosts[]
  /** Live shows that are yet to come. */
  readonly upcoming: readonly LiveShowOfEpisode[]
}

/** What the first page shows: the newest episodes of the network, its podcasts, and what is coming up live. */
export async function home(repo: Repo, asOf: Date): Promise<Home> {
  const [episodes, podcasts, upcoming] = await Promise.all([
    listNewest(repo, asOf, NEWEST_ON_HOME),
    listPodcasts(repo),
    listUpcoming(repo, asOf, UPCOMING_ON_HOME),
  ])
  return { episodes, podcasts, upcoming }
}
