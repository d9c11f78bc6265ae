import { from, type Repo } from '@showrunner/data'
import { isTimed, type TranscriptType, writeTranscript } from '@showrunner/feeds'
import { Episode, type EpisodeKey } from '../episodes/index.ts'
import { plainCues } from './draft-cue.ts'
import { Transcript } from './transcript.ts'
import { type TranscriptCue } from './transcript-cue.ts'
import { cuesOf } from './write-cues.ts'

/** An episode with its podcast, to work on its words. @throws NotFoundError */
export async function getEpisodeToTranscribe(repo: Repo, { id, podcastId }: EpisodeKey) {
  return repo.getByOrThrow(from(Episode).preload('podcast'), { id, podcastId })
}
export type EpisodeToTranscribe = Awaited<ReturnType<typeof getEpisodeToTranscribe>>

/** An episode's transcripts, without the words: ours first, then those that its feed named. */
export async function listTranscripts(
  repo: Repo,
  { id: episodeId }: Pick<EpisodeKey, 'id'>,
): Promise<readonly Transcript[]> {
  const all = await repo.all(
    from(Transcript).where({ episodeId }).orderBy({ language: 'asc', position: 'asc', id: 'asc' }),
  )
  return all.toSorted((a, b) => Number(a.url !== null) - Number(b.url !== null))
}

/** @throws NotFoundError for one of another episode. */
export async function getTranscript(
  repo: Repo,
  { id: episodeId }: Pick<EpisodeKey, 'id'>,
  id: number,
): Promise<Transcript> {
  return repo.getByOrThrow(Transcript, { id, episodeId })
}

export async function listCues(
  repo: Repo,
  transcript: Pick<Transcript, 'id'>,
): Promise<readonly TranscriptCue[]> {
  return cuesOf(repo, transcript)
}

/** A transcript as a file. Undefined for captions of one without times. */
export async function transcriptFile(
  repo: Repo,
  transcript: Pick<Transcript, 'id'>,
  type: TranscriptType,
): Promise<string | undefined> {
  const cues = plainCues(await cuesOf(repo, transcript))
  const needsTimes = type !== 'text/html' && type !== 'text/plain' && type !== 'text/markdown'
  return needsTimes && !isTimed(cues) ? undefined : writeTranscript(cues, type)
}
