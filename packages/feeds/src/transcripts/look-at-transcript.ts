import { decodeText } from '../decode-text.ts'
import { FeedError } from '../errors.ts'
import { type Cue } from '../feed.ts'
import { MOST_BYTES, READERS } from './read-transcript.ts'
import { transcriptFormat, type TranscriptFormat } from './transcript-format.ts'
import { type Remark, transcriptRemarks } from './transcript-remarks.ts'

/** A transcript that somebody hands in: what it is, the words, and what to look at. */
export interface LookedAtTranscript {
  readonly format: TranscriptFormat
  readonly cues: readonly Cue[]
  readonly remarks: readonly Remark[]
}

const FORMAT_OF_NAME: Readonly<Record<string, TranscriptFormat>> = {
  vtt: 'vtt',
  srt: 'srt',
  json: 'json',
  html: 'html',
  htm: 'html',
  md: 'markdown',
}

/**
 * Reads a transcript and says what in it is wrong, with line numbers. What it is tells its content; the name of the file
 * only where that says nothing.
 *
 * @throws {FeedError} where nothing in it is a transcript; `place` is where, as far as that can be told.
 */
export function lookAtTranscript(source: Uint8Array | string, name = ''): LookedAtTranscript {
  const text = transcriptText(source)
  const named = FORMAT_OF_NAME[name.split('.').at(-1)?.toLowerCase() ?? '']
  const format = transcriptFormat(text, named === 'html' ? 'text/html' : null)
  const cues = readAs(format, text)
  const remarks = transcriptRemarks(text, format, cues)
  if (cues.length === 0) throw nothingSaid(remarks)
  const isTimed = named === 'vtt' || named === 'srt' || named === 'json'
  if (!isTimed || format !== 'plain') return { format, cues, remarks }
  const message = `its name says "${named}", but there are no times in it: it is read as plain text`
  return { format, cues, remarks: [{ line: 0, message }, ...remarks] }
}

/** The text of a file that should be a transcript, whatever it is encoded in. @throws {FeedError} for one that is no text. */
export function transcriptText(source: Uint8Array | string): string {
  refuseOtherFiles(source)
  return decodeText(source, 'transcript', MOST_BYTES)
}

/** @throws {FeedError} that says on which line JSON is broken. */
export function readAs(format: TranscriptFormat, text: string): readonly Cue[] {
  try {
    return READERS[format](text)
  } catch (error) {
    if (format !== 'json' || !(error instanceof FeedError)) throw error
    throw atItsLine(text, error)
  }
}

function atItsLine(text: string, error: FeedError): FeedError {
  const said = error.cause instanceof Error ? error.cause.message : ''
  const offset = brokenAt(text, said)
  if (offset === undefined) return error
  const before = text.slice(0, offset).split('\n')
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
  const what = said.replace(/, (?:\.\.\.)?".*| in JSON.*/s, '')
  const message = `the transcript should be JSON, but line ${place.line} is not: ${what}`
  return new FeedError('unreadable', message, { cause: error, place })
}

/** V8 says where only in its message: as a position, as the end, or by the ten characters before and after. */
function brokenAt(text: string, said: string): number | undefined {
  const position = /at position (\d+)/.exec(said)?.[1]
  if (position !== undefined) return Number(position)
  if (/unexpected end/i.test(said)) return text.length
  const [, token = '', dots, around = ''] =
    /'(.)', (\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(said) ?? []
  const start = around === '' ? -1 : text.indexOf(around)
  if (start === -1) return undefined
  return start + (dots === undefined ? around.indexOf(token) : 10)
}

function nothingSaid([first]: readonly Remark[]): FeedError {
  if (!first) return new FeedError('unreadable', 'nothing is said in the transcript')
  const place = { line: first.line, column: 1 }
  return new FeedError('unreadable', `line ${first.line}: ${first.message}`, { place })
}

const OTHER_FILES: readonly (readonly [string, string])[] = [
  ['%PDF-', 'a PDF'],
  ['PK\u0003\u0004', 'a Word document or an archive'],
  ['{\\rtf', 'a rich text document'],
]

function refuseOtherFiles(source: Uint8Array | string): void {
  const head =
    typeof source === 'string'
      ? source.slice(0, 64)
      : Buffer.from(source.subarray(0, 64)).toString('latin1')
  const isUtf16 = /^(?:þÿ|ÿþ)/.test(head)
  const [, known] = OTHER_FILES.find(([begins]) => head.startsWith(begins)) ?? []
  const what = known ?? (!isUtf16 && head.includes('\0') ? 'audio or a program' : undefined)
  if (what === undefined) return
  throw new FeedError('unreadable', `this is ${what}, not text; save it as text, VTT or SRT first`)
}
