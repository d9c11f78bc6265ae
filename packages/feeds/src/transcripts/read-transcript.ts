import { decodeText } from '../decode-text.ts'
import { FeedError } from '../errors.ts'
import { type Cue } from '../feed.ts'
import { readSrt, readVtt } from './captions.ts'
import { readHtml } from './html.ts'
import { readJsonSegments } from './json-segments.ts'
import { readMarkdown } from './markdown.ts'
import { readPlain } from './plain.ts'
import { transcriptFormat, type TranscriptFormat } from './transcript-format.ts'

export const MOST_BYTES = 20_000_000

/**
 * Reads a transcript in WebVTT, SubRip, JSON, HTML, Markdown or plain text. `type` is its media type, as the feed or the
 * server names it; where what is in it tells better, that counts.
 *
 * @throws {FeedError} where nothing in it is a transcript.
 */
export function readTranscript(source: Uint8Array | string, type: string | null = null): Cue[] {
  const text = decodeText(source, 'transcript', MOST_BYTES)
  const cues = reader(text, type?.split(';')[0]?.trim().toLowerCase() ?? '')(text)
  if (cues.length === 0) throw new FeedError('unreadable', 'nothing is said in the transcript')
  return cues
}

export const READERS: Readonly<Record<TranscriptFormat, (text: string) => Cue[]>> = {
  vtt: readVtt,
  srt: readSrt,
  json: readJsonSegments,
  html: readHtml,
  markdown: readMarkdown,
  plain: readPlain,
}

function reader(text: string, type: string): (text: string) => Cue[] {
  const format = transcriptFormat(text, type)
  if (format === 'html' && isCaptions(type)) return refuseWebPage
  if (format === 'plain' && isCaptions(type)) return refuse
  return READERS[format]
}

function isCaptions(type: string): boolean {
  return /vtt|srt|subrip|json/.test(type)
}

function refuseWebPage(): never {
  throw new FeedError('unreadable', 'the transcript should be captions, but is a web page')
}

function refuse(): never {
  throw new FeedError('unreadable', 'the transcript should be captions, but has no times in it')
}
