import { NotFoundError } from '@showrunner/data'
import * as episodes from '@showrunner/domain/episodes'
import {
  isTimed,
  type TranscriptType,
  writeChapters,
  writePodloveChapters,
  writeTranscript,
} from '@showrunner/feeds'
import { type FastifyInstance } from 'fastify'
import { type TranscriptFormat } from '../addresses.ts'
import { type Loading } from '../page.ts'
import { fileChapters, fileCues } from '../presenters/episode-files.ts'
import { transcriptPage } from '../presenters/transcript-page.ts'
import { EPISODE } from './slugs.ts'

interface EpisodeAddress {
  readonly podcast: string
  readonly episode: string
}

const TYPES: Readonly<Record<TranscriptFormat, TranscriptType>> = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
  html: 'text/html',
}

const TIMED_FORMATS = ['vtt', 'srt', 'json'] as const

/** Players on other sites fetch them. */
const FROM_ANYWHERE = { 'access-control-allow-origin': '*' }

/** What podcast apps fetch of an episode besides its sound. */
export default async function episodeFileRoutes(app: FastifyInstance): Promise<void> {
  const { publicUrl } = app.parts

  // A browser tells them also that a file is not there.
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(FROM_ANYWHERE)
  })

  app.document(`${EPISODE}/chapters.json`, {
    load: ({ repo, clock, params }) =>
      episodes.getEpisodeWithChapters(repo, params.podcast, params.episode, clock()),
    type: 'application/json+chapters; charset=utf-8',
    headers: FROM_ANYWHERE,
    write: (episode) =>
      writeChapters(fileChapters(episode, publicUrl), {
        title: episode.title,
        podcastName: episode.podcast.title,
      }),
  })

  app.document(`${EPISODE}/chapters.psc`, {
    load: ({ repo, clock, params }) =>
      episodes.getEpisodeWithChapters(repo, params.podcast, params.episode, clock()),
    type: 'application/xml; charset=utf-8',
    headers: FROM_ANYWHERE,
    write: (episode) => writePodloveChapters(fileChapters(episode, publicUrl)),
  })

  app.page(`${EPISODE}/transcript.html`, {
    load: (loading) => loadTranscript(loading, 'html'),
    view: 'transcript/show',
    present: (_site, { episode, words }) => transcriptPage(publicUrl, episode, words),
    headers: FROM_ANYWHERE,
  })

  for (const format of TIMED_FORMATS) {
    app.document(`${EPISODE}/transcript.${format}`, {
      load: (loading) => loadTranscript(loading, format),
      type: `${TYPES[format]}; charset=utf-8`,
      headers: FROM_ANYWHERE,
      write: ({ words }) => words,
    })
  }
}

/** @throws NotFoundError also where nobody wrote down what is said, or not when, and the format needs that. */
async function loadTranscript(
  { repo, clock, params }: Loading<EpisodeAddress, object>,
  format: TranscriptFormat,
) {
  const { podcast, episode: slug } = params
  const episode = await episodes.getEpisodeWithTranscripts(repo, podcast, slug, clock())
  const cues = fileCues(episode)
  if (cues.length === 0 || !(format === 'html' || isTimed(cues))) {
    throw new NotFoundError(episodes.Episode, `"${slug}" with a transcript as ${format}`)
  }
  return { episode, words: writeTranscript(cues, TYPES[format]) }
}
