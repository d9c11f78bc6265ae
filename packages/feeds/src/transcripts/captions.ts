import { type Cue } from '../feed.ts'
import { decodeEntities } from '../html-entities.ts'
import { collapse, parseMilliseconds } from '../values.ts'
import { splitSpeaker, type Spoken } from './speaker.ts'

export const TIMES =
  /^\s*((?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\s*-->\s*((?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)/

interface Block {
  readonly startsMs: number
  readonly endsMs: number
  readonly payload: string
}

/** Reads WebVTT: speakers from voice tags (`<v Name>`), or from `Name:` in a file without any. */
export function readVtt(text: string): Cue[] {
  const hasVoices = /<v[.\s]/.test(text)
  if (!hasVoices)
    return named(blocks(text), (payload) => collapse(decodeEntities(withoutTags(payload))))
  return blocks(text).flatMap(({ payload, ...times }) =>
    voices(payload).map((spoken) => ({ ...times, ...spoken })),
  )
}

/** Reads SubRip: a speaker is named (`Name:`) where it changes, and speaks until the next is named. */
export function readSrt(text: string): Cue[] {
  return named(blocks(text), (payload) =>
    collapse(payload.replace(/<\/?[biu]>|<\/?font\b[^<>]{0,100}>|\{\\[^}]{0,100}\}/gi, '')),
  )
}

/** What stands between blank lines and has times in its first or second line; headers, notes and styles have none. */
function blocks(text: string): Block[] {
  const found: Block[] = []
  let block: string[] = []
  for (const line of [...text.split(/\r\n|\r|\n/), '']) {
    if (line.trim() !== '') {
      block.push(line)
      continue
    }
    const at = block.slice(0, 2).findIndex((candidate) => candidate.includes('-->'))
    const times = TIMES.exec(block[at] ?? '')
    if (times) {
      const [startsMs, endsMs] = [
        parseMilliseconds(times[1]) ?? 0,
        parseMilliseconds(times[2]) ?? 0,
      ]
      found.push({
        startsMs,
        endsMs: Math.max(startsMs, endsMs),
        payload: block.slice(at + 1).join(' '),
      })
    }
    block = []
  }
  return found
}

function named(found: readonly Block[], plain: (payload: string) => string): Cue[] {
  let current: string | null = null
  return found
    .map(({ payload, ...times }) => {
      const { speaker, text } = splitSpeaker(plain(payload))
      current = speaker ?? current
      return { ...times, speaker: current, text }
    })
    .filter(({ text }) => text !== '')
}

/** One cue may have several voices: each becomes one of its own. */
function voices(payload: string): Spoken[] {
  const [before = '', ...rest] = payload.split(/<v(?:\.[^\s<>]*)?[ \t]+([^<>]*)>/)
  const spoken: Spoken[] = [{ speaker: null, text: plainText(before) }]
  for (let i = 0; i + 1 < rest.length; i += 2) {
    const speaker = plainText(rest[i] ?? '')
    spoken.push({ speaker: speaker === '' ? null : speaker, text: plainText(rest[i + 1] ?? '') })
  }
  return spoken.filter(({ text }) => text !== '')
}

function plainText(markup: string): string {
  return collapse(decodeEntities(withoutTags(markup)))
}

function withoutTags(markup: string): string {
  return markup.replace(/<[^<>]*>/g, '')
}
