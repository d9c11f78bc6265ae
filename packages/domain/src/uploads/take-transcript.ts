import { readFile } from 'node:fs/promises'
import { lookAtTranscript, type TranscriptFormat } from '@showrunner/feeds'
import { Episode } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { saveTranscript } from '../transcripts/index.ts'
import { type Taken, type Taking } from './taking.ts'

const TYPES: Readonly<Record<TranscriptFormat, string>> = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
  html: 'text/html',
  markdown: 'text/markdown',
  plain: 'text/plain',
}

/** The words of an episode. */
export async function takeTranscript({ repo, upload, path }: Taking): Promise<Taken> {
  const { format, cues, remarks } = lookAtTranscript(await readFile(path), upload.name)
  const [first] = remarks
  const more = remarks.length > 1 ? ` And ${remarks.length - 1} more to look at.` : ''
  return {
    resultKey: null,
    message: first ? `Line ${first.line}: ${first.message}.${more}` : null,
    write: async () => {
      const episode = await repo.getOrThrow(Episode, upload.subjectId)
      const { language } = await repo.getOrThrow(Podcast, episode.podcastId)
      const document = { url: null, type: TYPES[format], language, rel: null, cues }
      await saveTranscript(repo, episode, document)
    },
  }
}
