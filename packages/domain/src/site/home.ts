import { type Repo } from '@showrunner/data'
import { type EpisodeOfNetwork, listNewest } from '../episodes/index.ts'
import { listPodcasts, type PodcastWithHosts } from '../podcasts/index.ts'

const NEWEST_ON_HOME = 12

export interface Home {
  readonly episodes: readonly EpisodeOfNetwork[]
  readonly podcasts: readonly PodcastWithHosts[]
}

/** What the first page shows: the newest episodes of the network, and its podcasts. */
export async function home(repo: Repo, asOf: Date): Promise<Home> {
  const [episodes, podcasts] = await Promise.all([
    listNewest(repo, asOf, NEWEST_ON_HOME),
    listPodcasts(repo),
  ])
  return { episodes, podcasts }
}
