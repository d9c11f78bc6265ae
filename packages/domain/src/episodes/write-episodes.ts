import { randomUUID } from 'node:crypto'
import { build, type Params, type Repo, type Saved } from '@showrunner/data'
import { Episode, episodeChangeset } from './episode.ts'

/** A new episode, with a guid of its own that it keeps for good. */
export async function createEpisode(
  repo: Repo,
  podcastId: number,
  params: Params,
): Promise<Saved<typeof Episode>> {
  return repo.insert(episodeChangeset(build(Episode, { podcastId, guid: randomUUID() }), params))
}

export async function updateEpisode(
  repo: Repo,
  episode: Episode,
  params: Params,
): Promise<Saved<typeof Episode>> {
  return repo.update(episodeChangeset(episode, params))
}
