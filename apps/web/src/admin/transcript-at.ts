import { type EpisodeKey } from '@showrunner/domain/episodes'
import * as transcripts from '@showrunner/domain/transcripts'
import { type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { parse } from '../parse.ts'
import { RowId } from '../row-id.ts'
import { type AdminFrame } from '../presenters/admin/admin-frame.ts'
import { episodeAt } from './episode-at.ts'

const { admin } = addresses

const OfTranscript = z.object({ transcript: RowId })

/** The episode that an address names, if whoever asks may do this with its words. */
export async function wordsOf(
  { repo, actor, params }: FastifyRequest,
  action: 'show' | 'update' | 'delete',
): Promise<transcripts.EpisodeToTranscribe> {
  const episode = await transcripts.getEpisodeToTranscribe(repo, episodeAt(params))
  transcripts.mayOrThrow(actor, action, episode)
  return episode
}

export async function transcriptAt(
  { repo, params }: FastifyRequest,
  episode: EpisodeKey,
): Promise<transcripts.Transcript> {
  return transcripts.getTranscript(repo, episode, parse(OfTranscript, params).transcript)
}

export async function wordsFrame(
  reply: FastifyReply,
  { id, podcastId, podcast, title }: transcripts.EpisodeToTranscribe,
  subject: { readonly title: string; readonly below?: boolean },
): Promise<AdminFrame> {
  return reply.adminFrame({
    title: subject.title,
    section: 'podcasts',
    crumbs: [
      { title: 'Podcasts', href: admin.podcasts },
      { title: podcast.title, href: admin.episodes(podcastId) },
      { title, href: admin.editEpisode(podcastId, id) },
      ...(subject.below
        ? [{ title: 'Transcripts', href: admin.episodeTranscripts(podcastId, id) }]
        : []),
    ],
  })
}
