import * as episodes from '@showrunner/domain/episodes'
import { isTimed, type TranscriptType, writeChapters, writeTranscript } from '@showrunner/feeds'
import { type FastifyInstance } from 'fastify'
import { TRANSCRIPT_FORMATS, type TranscriptFormat } from '../addresses.ts'
import { fileChapters, fileCues } from '../presenters/episode-files.ts'
import { transcriptPage } from '../presenters/transcript-page.ts'
import { EPISODE } from './slugs.ts'

interface EpisodeAddress {
  Params: { podcast: string; episode: string }
}
interface TranscriptAddress {
  Params: { podcast: string; episode: string; format: TranscriptFormat }
}

const TYPES: Readonly<Record<TranscriptFormat, TranscriptType>> = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
  html: 'text/html',
}

const TRANSCRIPT = `${EPISODE}/transcript.:format(^(?:${TRANSCRIPT_FORMATS.join('|')})$)` as const

/** What podcast apps fetch of an episode besides its sound. */
export default async function episodeFileRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock, publicUrl } = app.parts

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=60')
  })

  app.get<EpisodeAddress>(`${EPISODE}/chapters.json`, async (request, reply) => {
    const { params } = request
    const episode = await episodes.getEpisodeWithChapters(
      repo,
      params.podcast,
      params.episode,
      clock(),
    )
    const about = { title: episode.title, podcastName: episode.podcast.title }

    return reply
      .type('application/json+chapters; charset=utf-8')
      .send(writeChapters(fileChapters(episode, publicUrl), about))
  })

  app.get<TranscriptAddress>(TRANSCRIPT, async (request, reply) => {
    const { podcast, episode: slug, format } = request.params
    const episode = await episodes.getEpisodeWithTranscripts(repo, podcast, slug, clock())
    const cues = fileCues(episode)
    if (cues.length === 0 || !(format === 'html' || isTimed(cues))) return reply.callNotFound()

    const transcript = writeTranscript(cues, TYPES[format])
    if (format !== 'html') return reply.type(`${TYPES[format]}; charset=utf-8`).send(transcript)

    return reply.html('transcript/show', transcriptPage(publicUrl, episode, transcript))
  })
}
