import { clock } from '../clock.ts'
import { FeedError } from '../errors.ts'
import { type Cue } from '../feed.ts'
import { collapse } from '../values.ts'
import { el, lines } from '../write/xml.ts'
import { writeMarkdown } from './write-markdown.ts'

export const TRANSCRIPT_TYPES = [
  'text/vtt',
  'application/x-subrip',
  'application/json',
  'text/html',
  'text/markdown',
  'text/plain',
] as const
export type TranscriptType = (typeof TRANSCRIPT_TYPES)[number]

/**
 * Writes a transcript. HTML is a fragment, to be set into a page.
 *
 * @throws {FeedError} `untimed`, for captions (VTT, SRT, JSON) of cues that do not say when they start: see `isTimed`.
 */
export function writeTranscript(cues: readonly Cue[], type: TranscriptType): string {
  switch (type) {
    case 'text/vtt':
      return writeVtt(timed(cues))
    case 'application/x-subrip':
      return writeSrt(timed(cues))
    case 'application/json':
      return writeJson(timed(cues))
    case 'text/html':
      return writeHtml(cues)
    case 'text/markdown':
      return writeMarkdown(cues)
    case 'text/plain':
      return writePlain(cues)
    default:
      throw new Error(`unknown transcript type: ${String(type satisfies never)}`)
  }
}

/** Whether every cue says when it starts, as captions must. */
export function isTimed(cues: readonly Cue[]): boolean {
  return cues.length > 0 && cues.every(({ startsMs }) => startsMs !== null)
}

interface TimedCue extends Cue {
  readonly startsMs: number
  readonly endsMs: number
}

const MS_PER_CHARACTER = 65
const SHORTEST_MS = 1

/** In order, each with an end: its own, or the start of the next, or as long as it takes to say. */
function timed(cues: readonly Cue[]): TimedCue[] {
  const started = cues.map((cue) => {
    if (cue.startsMs !== null) return { ...cue, startsMs: cue.startsMs, text: collapse(cue.text) }
    throw new FeedError(
      'untimed',
      'this transcript has no times, so it can be HTML or plain text, not captions',
    )
  })
  const ordered = started
    .filter(({ text }) => text !== '')
    .toSorted((a, b) => a.startsMs - b.startsMs)
  return ordered.map((cue, i) => {
    const spoken = cue.startsMs + cue.text.length * MS_PER_CHARACTER
    const endsMs = cue.endsMs ?? ordered[i + 1]?.startsMs ?? spoken
    return { ...cue, endsMs: Math.max(endsMs, cue.startsMs + SHORTEST_MS) }
  })
}

// The longest lines players show well (podcast namespace, transcripts).
const VTT_WIDTH = 65
const SRT_WIDTH = 32

function writeVtt(cues: readonly TimedCue[]): string {
  const blocks = cues.map(({ startsMs, endsMs, speaker, text }) => {
    const voice = speaker === null ? '' : `<v ${escapeVtt(collapse(speaker))}>`
    return `${clock(startsMs)} --> ${clock(endsMs)}\n${voice}${escapeVtt(wrap(text, VTT_WIDTH))}\n`
  })
  return ['WEBVTT\n', ...blocks].join('\n')
}

function escapeVtt(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function writeSrt(cues: readonly TimedCue[]): string {
  let current: string | null = null
  const blocks = cues.map(({ startsMs, endsMs, speaker, text }, i) => {
    const name = speaker !== null && speaker !== current ? `${collapse(speaker)}: ` : ''
    current = speaker
    // SubRip has no way to escape its own arrow.
    const words = wrap(`${name}${text}`.replaceAll('-->', '→'), SRT_WIDTH)
    return `${i + 1}\n${clock(startsMs, ',')} --> ${clock(endsMs, ',')}\n${words}\n`
  })
  return blocks.join('\n')
}

function writeJson(cues: readonly TimedCue[]): string {
  const segments = cues.map(({ startsMs, endsMs, speaker, text }) => ({
    ...(speaker !== null && { speaker }),
    startTime: startsMs / 1000,
    endTime: endsMs / 1000,
    body: text,
  }))
  return `${JSON.stringify({ version: '1.0.0', segments }, null, 2)}\n`
}

function writeHtml(cues: readonly Cue[]): string {
  let current: string | null = null
  return `${lines(
    cues.flatMap(({ startsMs, speaker, text }) => {
      const changes = speaker !== current
      current = speaker
      return [
        changes && (speaker === null ? '<cite></cite>' : el('cite', {}, `${speaker}:`)),
        startsMs !== null && el('time', {}, shortClock(startsMs)),
        el('p', {}, text),
      ]
    }),
  )}\n`
}

function writePlain(cues: readonly Cue[]): string {
  let current: string | null = null
  const paragraphs = cues.map(({ speaker, text }) => {
    const name = speaker !== null && speaker !== current ? `${speaker}: ` : ''
    current = speaker
    return `${name}${collapse(text)}\n`
  })
  return paragraphs.join('\n')
}

/** `1:02:03`, or `2:03` in the first hour. */
function shortClock(ms: number): string {
  return clock(ms)
    .slice(0, -4)
    .replace(/^00:0?|^0/, '')
}

function wrap(text: string, width: number): string {
  let column = 0
  return text
    .split(' ')
    .map((word, i) => {
      const fits = column + 1 + word.length <= width
      column = i > 0 && fits ? column + 1 + word.length : word.length
      return i === 0 ? word : `${fits ? ' ' : '\n'}${word}`
    })
    .join('')
}
