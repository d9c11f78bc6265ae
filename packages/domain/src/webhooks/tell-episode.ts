import { type Repo } from '@showrunner/data'
import { type Episode } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { listening, tellEndpoints } from './tell-webhooks.ts'
import { type WebhookEvent } from './webhook-endpoint.ts'

type EpisodeEvent = Extract<WebhookEvent, `episode.${string}`>

/** Lets whoever wants to know be told of an episode, as it is now, if this transaction is committed. */
export async function tellOfEpisode(
  repo: Repo,
  event: EpisodeEvent,
  episode: Episode,
  asOf: Date,
): Promise<void> {
  const endpoints = await listening(repo, event, episode.podcastId)
  if (endpoints.length === 0) return
  const { id, slug, title } = await repo.getOrThrow(Podcast, episode.podcastId)
  const payload = { podcast: { id, slug, title }, episode: told(episode) }
  await tellEndpoints(repo, endpoints, { event, payload }, asOf)
}

/** Of one that anybody can see, when saving it has made another version. */
export async function tellOfSavedEpisode(
  repo: Repo,
  before: Pick<Episode, 'lockVersion'>,
  episode: Episode,
): Promise<void> {
  const { lockVersion, published, publishedAt, updatedAt } = episode
  if (lockVersion === before.lockVersion || !published || !publishedAt) return
  if (publishedAt <= updatedAt) await tellOfEpisode(repo, 'episode.updated', episode, updatedAt)
}

function told(episode: Episode) {
  const { id, guid, slug, title, subtitle, summary, type, season, number } = episode
  return {
    id,
    guid,
    slug,
    title,
    subtitle,
    summary,
    type,
    season,
    number,
    publishedAt: episode.publishedAt?.toISOString() ?? null,
    updatedAt: episode.updatedAt.toISOString(),
    audioUrl: episode.audioUrl,
    audioDuration: episode.audioDuration,
  }
}
