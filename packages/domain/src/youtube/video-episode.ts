import { from, type Loaded, type Repo } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'

const OF_VIDEO = [
  'podcast',
  'hosts',
  'guests',
  'links',
  'chapters',
  { episodeSponsors: 'sponsor' },
] as const

/** An episode with all that may stand below its video. */
export type VideoEpisode = Loaded<typeof Episode, typeof OF_VIDEO>

/** @throws NotFoundError */
export async function getVideoEpisode(
  repo: Repo,
  podcastId: number,
  id: number,
): Promise<VideoEpisode> {
  return repo.getByOrThrow(from(Episode).preload(...OF_VIDEO), { id, podcastId })
}
