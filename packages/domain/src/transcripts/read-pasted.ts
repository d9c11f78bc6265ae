import { FeedError, lookAtTranscript, type Remark, type TranscriptFormat } from '@showrunner/feeds'
import { type DraftCue, inOrder, withTimes } from './draft-cue.ts'

export const FORMAT_TYPES: Readonly<Record<TranscriptFormat, string>> = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
  html: 'text/html',
  markdown: 'text/markdown',
  plain: 'text/plain',
}

/** A transcript as it was handed in, read and not yet stored. */
export interface ReadPasted {
  readonly ok: true
  readonly format: TranscriptFormat
  /** In the order of their times; nobody is matched yet. */
  readonly cues: readonly DraftCue[]
  readonly speakers: readonly SpeakerCount[]
  /** What was left out or looks wrong, with its line. */
  readonly remarks: readonly Remark[]
}

export interface SpeakerCount {
  readonly name: string
  readonly count: number
}

/** Nothing could be read. Line 0 where no line is to blame. */
export interface UnreadPasted extends Remark {
  readonly ok: false
}

/** Tells what was pasted or uploaded by what is in it, and reads it. `hint` is the name of the file, if there is one. */
export function readPasted(source: string | Uint8Array, hint = ''): ReadPasted | UnreadPasted {
  try {
    const { format, cues, remarks } = lookAtTranscript(source, hint)
    const drafts = cues.map(({ text, ...cue }) =>
      withTimes({ ...cue, id: null, personId: null, body: text }),
    )
    return { ok: true, format, cues: inOrder(drafts), speakers: speakersIn(drafts), remarks }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    return { ok: false, line: error.place?.line ?? 0, message: error.message }
  }
}

/** Each speaker, in the order of their first words. */
export function speakersIn(cues: readonly Pick<DraftCue, 'speaker'>[]): readonly SpeakerCount[] {
  const counts = new Map<string, number>()
  for (const { speaker } of cues) {
    if (speaker !== null) counts.set(speaker, (counts.get(speaker) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => ({ name, count }))
}
