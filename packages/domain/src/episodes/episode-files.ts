import { from, type Loaded, type Repo } from '@showrunner/data'
import { getPodcast } from '../podcasts/index.ts'
import { Episode } from './episode.ts'
import { published } from './scopes.ts'

export type EpisodeWithChapters = Loaded<typeof Episode, ['podcast', 'chapters']>
export type EpisodeWithTranscripts = Loaded<typeof Episode, ['podcast', { transcripts: ['cues'] }]>

/** @throws NotFoundError when there is no such episode that anybody may see by then. */
export async function getEpisodeWithChapters(
  repo: Repo,
  podcastSlug: string,
  slug: string,
  asOf: Date,
): Promise<EpisodeWithChapters> {
  const podcast = await getPodcast(repo, podcastSlug)
  const whole = published(from(Episode), asOf).preload('podcast', 'chapters')
  return repo.getByOrThrow(whole, { podcastId: podcast.id, slug })
}

/** @throws NotFoundError when there is no such episode that anybody may see by then. */
export async function getEpisodeWithTranscripts(
  repo: Repo,
  podcastSlug: string,
  slug: string,
  asOf: Date,
): Promise<EpisodeWithTranscripts> {
  const podcast = await getPodcast(repo, podcastSlug)
  const whole = published(from(Episode), asOf).preload('podcast', { transcripts: ['cues'] })
  return repo.getByOrThrow(whole, { podcastId: podcast.id, slug })
}
