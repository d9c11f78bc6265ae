import {
  type Cue,
  type DeclaredFormat,
  FeedError,
  lookAtTranscript,
  readDeclared,
  type Remark,
  type TranscriptFormat,
} from '@showrunner/feeds'
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
    return drafted(lookAtTranscript(source, hint))
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    return { ok: false, line: error.place?.line ?? 0, message: error.message }
  }
}

/** What a program sent was not what it said. */
export interface UnreadSent {
  readonly ok: false
  readonly faults: readonly Remark[]
}

/** Reads what a program sent as what it says that is, and nothing that is not, nor a part of it. */
export function readSent(
  source: string | Uint8Array,
  declared: DeclaredFormat,
): ReadPasted | UnreadSent {
  const read = readDeclared(source, declared)
  return read.ok ? drafted(read) : read
}

interface Read {
  readonly format: TranscriptFormat
  readonly cues: readonly Cue[]
  readonly remarks: readonly Remark[]
}

function drafted({ format, cues, remarks }: Read): ReadPasted {
  const drafts = cues.map(({ text, ...cue }) =>
    withTimes({ ...cue, id: null, personId: null, body: text }),
  )
  return { ok: true, format, cues: inOrder(drafts), speakers: speakersIn(drafts), remarks }
}

/** Each speaker, in the order of their first words. */
export function speakersIn(cues: readonly Pick<DraftCue, 'speaker'>[]): readonly SpeakerCount[] {
  const counts = new Map<string, number>()
  for (const { speaker } of cues) {
    if (speaker !== null) counts.set(speaker, (counts.get(speaker) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => ({ name, count }))
}
