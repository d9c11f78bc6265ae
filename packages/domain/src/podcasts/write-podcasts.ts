import { randomUUID } from 'node:crypto'
import { build, type Params, type Repo, type Saved } from '@showrunner/data'
import { Podcast, podcastChangeset } from './podcast.ts'

/** A new podcast, with a guid of its own that it keeps wherever its feed goes. */
export async function createPodcast(repo: Repo, params: Params): Promise<Saved<typeof Podcast>> {
  return repo.insert(podcastChangeset(build(Podcast, { guid: randomUUID() }), params))
}

export async function updatePodcast(
  repo: Repo,
  podcast: Podcast,
  params: Params,
): Promise<Saved<typeof Podcast>> {
  return repo.update(podcastChangeset(podcast, params))
}
