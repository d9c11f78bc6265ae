import { type Cue } from '../feed.ts'
import { clock } from '../clock.ts'
import { TIMES } from './captions.ts'
import { parseMilliseconds } from '../values.ts'
import { segmentLines } from './segment-lines.ts'
import { type TranscriptFormat } from './transcript-format.ts'

/** Something in a transcript that was left out or cannot be meant. Lines count from 1; 0 where it is about the whole. */
export interface Remark {
  readonly line: number
  readonly message: string
  /** Where words are left out for it: what is wrong, for who would rather be refused. */
  readonly fault?: string
}

/** What a person should look at in a transcript that was read: captions and segments are looked at line by line. */
export function transcriptRemarks(
  text: string,
  format: TranscriptFormat,
  cues: readonly Cue[],
): readonly Remark[] {
  if (format === 'vtt' || format === 'srt') return captionRemarks(text, format)
  return format === 'json' ? segmentRemarks(text) : orderRemarks(cues)
}

interface Block {
  /** Of its first line. */
  readonly line: number
  readonly lines: readonly string[]
}

function captionRemarks(text: string, format: 'vtt' | 'srt'): readonly Remark[] {
  let before = 0
  return blocks(text).flatMap((block): Remark[] => {
    const at = block.lines.slice(0, 2).findIndex((line) => line.includes('-->'))
    if (at === -1) return wordless(block, format)
    const line = block.line + at
    const times = TIMES.exec(block.lines[at] ?? '')
    if (!times) {
      const shown = (block.lines[at] ?? '').trim().slice(0, 60)
      const fault = `the times "${shown}" cannot be read`
      const example = 'a pair of times looks like 00:01:02.500 --> 00:01:05.000'
      const message = `${fault}, so these words are left out; ${example}`
      return [{ line, message, fault: `${fault}; ${example}` }]
    }
    const [startsMs, endsMs] = [parseMilliseconds(times[1]) ?? 0, parseMilliseconds(times[2]) ?? 0]
    const remarks = timeRemarks(line, startsMs, endsMs, before)
    before = Math.max(before, startsMs)
    if (block.lines.length > at + 1) return remarks
    return [...remarks, { line, message: 'nothing is said between these times' }]
  })
}

function timeRemarks(line: number, startsMs: number, endsMs: number, before: number): Remark[] {
  const backwards = endsMs < startsMs
  const early = startsMs < before
  return [
    ...(backwards ? [{ line, message: 'it ends before it begins; its end is left out' }] : []),
    ...(early
      ? [{ line, message: `it begins before what stands above it (${clock(before)})` }]
      : []),
  ]
}

/** Words without a time belong to no cue. What VTT has besides cues is meant to be without. */
function wordless({ line, lines }: Block, format: 'vtt' | 'srt'): Remark[] {
  const isHeader = /^\ufeff?(?:WEBVTT|NOTE|STYLE|REGION|X-TIMESTAMP-MAP)\b/.test(lines[0] ?? '')
  if (format === 'vtt' && isHeader) return []
  if (lines.length === 1 && /^\d+$/.test(lines[0]?.trim() ?? ''))
    return [{ line, message: 'a number without times and words' }]
  const fault = 'no times stand above these words'
  return [{ line, message: `${fault}, so they are left out`, fault }]
}

function blocks(text: string): Block[] {
  const found: Block[] = []
  let lines: string[] = []
  for (const [index, line] of [...text.split(/\r\n|\r|\n/), ''].entries()) {
    if (line.trim() !== '') lines.push(line)
    else if (lines.length > 0) {
      found.push({ line: index + 1 - lines.length, lines })
      lines = []
    }
  }
  return found
}

function segmentRemarks(text: string): readonly Remark[] {
  const lines = segmentLines(text)
  // What could be read as segments is such an object.
  const { segments } = JSON.parse(text.replace(/^\ufeff/, '')) as { segments: readonly unknown[] }
  let before = 0
  let objects = 0
  return segments.flatMap((segment, index): Remark[] => {
    const name = `segment ${index + 1}`
    const isObject = typeof segment === 'object' && segment !== null && !Array.isArray(segment)
    const line = isObject ? (lines[objects++] ?? 0) : 0
    if (!isObject) return [leftOut(line, `${name} is no object`)]
    const { body, startTime } = segment as Readonly<Record<string, unknown>>
    if (typeof body !== 'string') return [leftOut(line, `${name} has no "body"`)]
    if (body.trim() === '') return [{ line, message: `nothing is said in ${name}` }]
    const seconds = Number(startTime ?? NaN)
    if (startTime === undefined) return [{ line, message: `${name} has no "startTime"` }]
    const early = seconds < before
    before = Math.max(before, seconds || 0)
    return early ? [{ line, message: `${name} begins before the one above it` }] : []
  })
}

function leftOut(line: number, fault: string): Remark {
  return { line, message: `${fault}, and is left out`, fault }
}

function orderRemarks(cues: readonly Cue[]): readonly Remark[] {
  let before = 0
  return cues.flatMap(({ startsMs, text }) => {
    const early = startsMs !== null && startsMs < before
    before = Math.max(before, startsMs ?? 0)
    const words = text.length > 40 ? `${text.slice(0, 40)}…` : text
    return early
      ? [{ line: 0, message: `"${words}" (${clock(startsMs)}) begins before what stands above it` }]
      : []
  })
}
