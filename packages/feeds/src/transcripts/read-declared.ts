import { FeedError } from '../errors.ts'
import { type Cue } from '../feed.ts'
import { readAs, transcriptText } from './look-at-transcript.ts'
import { SPEAKER_IN_BOLD, transcriptFormat, type TranscriptFormat } from './transcript-format.ts'
import { type Remark, transcriptRemarks } from './transcript-remarks.ts'

/** What somebody says a transcript is. Only of `plain` is looked for what it really is: plain text is what everything is. */
export type DeclaredFormat = Exclude<TranscriptFormat, 'html'>

/** A transcript that is what it is said to be, or where it is not. */
export type DeclaredTranscript =
  | {
      readonly ok: true
      readonly format: DeclaredFormat
      readonly cues: readonly Cue[]
      /** What looks wrong in it, though every word is read. */
      readonly remarks: readonly Remark[]
    }
  | { readonly ok: false; readonly faults: readonly Remark[] }

/** Reads a transcript as what it is said to be, and refuses it where it is not, or where words would be left out. */
export function readDeclared(
  source: Uint8Array | string,
  declared: DeclaredFormat,
): DeclaredTranscript {
  try {
    const text = transcriptText(source)
    const format = declared === 'plain' ? transcriptFormat(text) : declared
    if (format === 'html') return refused(firstLine(text), 'a tag begins it, and HTML is not taken')
    const other = notOf(format, text)
    if (other) return { ok: false, faults: [other] }
    const cues = readAs(format, text)
    const all = transcriptRemarks(text, format, cues)
    const faults = all.flatMap(({ line, fault }) => (fault ? [{ line, message: fault }] : []))
    if (faults.length > 0) return { ok: false, faults }
    if (cues.length === 0) return refused(1, 'nothing is said in it')
    return { ok: true, format, cues, remarks: all }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    return refused(error.place?.line ?? 1, error.message)
  }
}

/** Why a text cannot be of this form, told before it is read. */
function notOf(format: DeclaredFormat, text: string): Remark | undefined {
  const line = firstLine(text)
  const begins = `it begins with "${(text.trim().split(/\r\n|\r|\n/)[0] ?? '').slice(0, 60)}"`
  switch (format) {
    case 'vtt':
      return /^WEBVTT(?:[ \t\r\n]|$)/.test(text)
        ? undefined
        : { line: 1, message: `WebVTT begins with WEBVTT at once, and ${begins}` }
    case 'srt':
      if (/^\s*WEBVTT/.test(text)) return { line, message: `that is WebVTT: ${begins}` }
      return text.includes('-->')
        ? undefined
        : { line, message: `SubRip has times as 00:00:01,000 --> 00:00:02,500, and here are none` }
    case 'json':
      return /^\s*[{[]/.test(text)
        ? undefined
        : { line, message: `JSON with "segments" begins with {, and ${begins}` }
    case 'markdown':
      return SPEAKER_IN_BOLD.test(text)
        ? undefined
        : { line, message: `it has nobody who speaks, as in "**Ada:** Good evening.": ${begins}` }
    case 'plain':
      return undefined
    default:
      throw new Error(`unknown format: ${String(format satisfies never)}`)
  }
}

/** The first that has anything in it. */
function firstLine(text: string): number {
  return text.slice(0, text.search(/\S/)).split(/\r\n|\r|\n/).length
}

function refused(line: number, message: string): DeclaredTranscript {
  return { ok: false, faults: [{ line, message }] }
}
