import { type Repo } from '@showrunner/data'
import { readTranscript } from '@showrunner/feeds'
import { saveTranscript } from '../transcripts/index.ts'
import { attachAll, type AttachOptions, type AttachSummary } from './attach.ts'

const TYPES: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
  html: 'text/html',
  txt: 'text/plain',
}

/**
 * Attaches the transcripts in `<directory>/<podcast>/<name>-<episode>.md` (or .vtt, .srt, .json, .html, .txt) to their
 * episodes. Speakers who have the name of one person in the network are that person.
 *
 * @throws {ImportError} when the directory cannot be read.
 */
export async function importTranscripts(
  repo: Repo,
  directory: string,
  options: AttachOptions = {},
): Promise<AttachSummary> {
  return attachAll(
    repo,
    directory,
    Object.keys(TYPES),
    async (episode, { extension }, body) => {
      const type = TYPES[extension] ?? 'text/plain'
      const cues = readTranscript(body, type)
      const document = { url: null, type, language: null, rel: null, cues }
      return (await saveTranscript(repo, episode, document)) !== 'unchanged'
    },
    options,
  )
}
