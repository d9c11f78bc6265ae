import { from, type Loaded, NotFoundError, type Repo } from '@showrunner/data'
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

const TO_READ = ['podcast', 'chapters', { transcripts: [{ cues: ['person'] }] }] as const
export type EpisodeToRead = Loaded<typeof Episode, typeof TO_READ>

/** What is said in an episode, and by whom. @throws NotFoundError also where nobody wrote it down. */
export async function getEpisodeToRead(
  repo: Repo,
  podcastSlug: string,
  slug: string,
  asOf: Date,
): Promise<EpisodeToRead> {
  const podcast = await getPodcast(repo, podcastSlug)
  const whole = published(from(Episode), asOf).preload(...TO_READ)
  const episode = await repo.getByOrThrow(whole, { podcastId: podcast.id, slug })
  if (episode.transcripts.some(({ cues }) => cues.length > 0)) return episode
  throw new NotFoundError(Episode, `"${slug}" with a transcript`)
}
