import { from, type Repo } from '@showrunner/data'
import { defineJob, dequeue } from '@showrunner/jobs'
import { z } from 'zod'
import { Episode, isOut } from '../episodes/index.ts'
import { Podcast, visible } from '../podcasts/index.ts'
import { listening, tellEndpoints } from './tell-webhooks.ts'
import { type WebhookEvent } from './webhook-endpoint.ts'

type EpisodeEvent = Extract<WebhookEvent, `episode.${string}`>

/**
 * Lets whoever wants to know be told of an episode, as it is now, if this transaction is committed. Of one of a podcast that
 * nobody may see nothing is told.
 */
export async function tellOfEpisode(
  repo: Repo,
  event: EpisodeEvent,
  episode: Episode,
  asOf: Date,
): Promise<void> {
  // What is told now has every change in it that waits to be told.
  await dequeue(repo.unscoped(), changedKey(episode.id))
  const endpoints = await listening(repo, event, episode.podcastId)
  if (endpoints.length === 0) return
  const podcast = await repo.get(visible(from(Podcast)), episode.podcastId)
  if (!podcast) return
  const { id, slug, title } = podcast
  const payload = { podcast: { id, slug, title }, episode: told(episode) }
  await tellEndpoints(repo, endpoints, { event, payload }, asOf)
}

/**
 * Tells of an episode that was changed while it was out. The database enqueues this, seconds after the first of several
 * changes (migration 025): so whoever writes an episode, in whatever way, need not remember it.
 */
export const tellOfChangedEpisode = defineJob({
  name: 'tell_of_changed_episode',
  args: z.object({ episodeId: z.number().int() }),
  perform: async (
    { repo, clock }: { readonly repo: Repo; readonly clock: () => Date },
    { episodeId },
  ) => {
    await repo.transaction(async () => {
      const episode = await repo.get(from(Episode).lock('for update'), episodeId)
      if (episode && isOut(episode, clock()))
        await tellOfEpisode(repo, 'episode.updated', episode, clock())
    })
  },
})

function changedKey(episodeId: number): string {
  return `tell_of_changed_episode:${episodeId}`
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
