import { type Params, type Repo, type Saved } from '@showrunner/data'
import { Episode, getEpisodeSheet, saveEpisodeSheet, startEpisode } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { type EpisodeToCheck, getEpisodeToCheck } from '../publishing/index.ts'

/** A podcast that whoever this repo acts for works on, out or not. @throws NotFoundError */
export async function getPodcastAtWork(repo: Repo, slug: string): Promise<Podcast> {
  return repo.getByOrThrow(Podcast, { slug })
}

/** The same for an episode. @throws NotFoundError */
export async function getEpisodeAtWork(repo: Repo, id: number): Promise<EpisodeToCheck> {
  const { podcastId } = await repo.getOrThrow(Episode, id)
  return getEpisodeToCheck(repo, podcastId, id)
}

/** What is said of an episode, as its sheet takes it. */
export async function saveAtWork(
  repo: Repo,
  { id, podcastId }: Pick<Episode, 'id' | 'podcastId'>,
  params: Params,
): Promise<Saved<typeof Episode>> {
  return saveEpisodeSheet(repo, await getEpisodeSheet(repo, podcastId, id), params)
}

/** A draft with what its podcast always has, and with all that is said of it: or nothing of it. */
export async function startAtWork(
  repo: Repo,
  podcast: Podcast,
  params: Params,
): Promise<Saved<typeof Episode>> {
  return repo.transaction(async () => {
    const started = await startEpisode(repo, podcast, params)
    return started.ok ? saveAtWork(repo, started.value, params) : started
  })
}
