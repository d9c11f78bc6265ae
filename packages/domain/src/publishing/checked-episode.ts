import { from, type Loaded, type Repo } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'

/** What is looked at before an episode is published. */
const TO_CHECK = [
  'podcast',
  'episodeHosts',
  { episodeGuests: 'person' },
  'episodeSponsors',
  'episodeTopics',
  'chapters',
  'transcripts',
] as const

export type EpisodeToCheck = Loaded<typeof Episode, typeof TO_CHECK>

/** @throws NotFoundError */
export async function getEpisodeToCheck(
  repo: Repo,
  podcastId: number,
  id: number,
): Promise<EpisodeToCheck> {
  return repo.getByOrThrow(from(Episode).preload(...TO_CHECK), { id, podcastId })
}

/** Several of them, as far as this repo reaches them. */
export async function listToCheck(
  repo: Repo,
  ids: readonly number[],
): Promise<readonly EpisodeToCheck[]> {
  if (ids.length === 0) return []
  return repo.all(
    from(Episode)
      .where('id', 'in', ids)
      .preload(...TO_CHECK),
  )
}

/** One of them, and nobody else changes it before the transaction is over. */
export async function lockEpisode(repo: Repo, id: number): Promise<EpisodeToCheck> {
  return repo.getOrThrow(
    from(Episode)
      .lock('for update')
      .preload(...TO_CHECK),
    id,
  )
}
