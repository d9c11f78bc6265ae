import { timeCode, type TimeCode } from './durations.ts'

/** What one person says before somebody else does. */
export interface Turn {
  readonly speaker: string | null
  readonly at: TimeCode | null
  readonly paragraphs: readonly string[]
}

export interface Reading {
  /** The first few turns, to be read at once. */
  readonly opening: readonly Turn[]
  readonly rest: readonly Turn[]
  /** How many there are, where some of them are folded away. */
  readonly words: number
}

interface Cue {
  readonly speaker: string | null
  readonly startsMs: number | null
  readonly body: string
}

/** A longer transcript is folded after this many signs, so that the foot of the page stays in reach. */
const OPENING = 1500

/** A caption breaks where its line is full; a reader wants paragraphs. These are joined up to so many signs. */
const PARAGRAPH = 420

export function reading(cues: readonly Cue[]): Reading | null {
  if (cues.length === 0) return null

  const turns = turnsOf(cues)
  const fold = foldAt(turns)
  const rest = turns.slice(fold)

  return { opening: turns.slice(0, fold), rest, words: rest.length > 0 ? wordsIn(cues) : 0 }
}

function wordsIn(cues: readonly Cue[]): number {
  let words = 0

  for (const { body } of cues) {
    words += 1
    for (let at = body.indexOf(' '); at !== -1; at = body.indexOf(' ', at + 1)) words += 1
  }
  return words
}

interface OpenTurn {
  readonly speaker: string | null
  readonly startsMs: number | null
  readonly paragraphs: string[]
}

function turnsOf(cues: readonly Cue[]): readonly Turn[] {
  const turns: OpenTurn[] = []

  for (const { speaker, startsMs, body } of cues) {
    const open = turns.at(-1)

    if (!open || startsTurn(open, speaker)) {
      turns.push({ speaker: speaker ?? open?.speaker ?? null, startsMs, paragraphs: [body] })
    } else {
      addTo(open.paragraphs, body)
    }
  }

  return turns.map(({ speaker, startsMs, paragraphs }) => ({
    speaker,
    at: startsMs == null ? null : timeCode(startsMs / 1000),
    paragraphs,
  }))
}

// Captions often name a speaker once and nobody after; without names, a turn is one paragraph.
function startsTurn(open: OpenTurn, speaker: string | null): boolean {
  if (speaker && speaker !== open.speaker) return true

  const last = open.paragraphs.at(-1) ?? ''
  return open.speaker == null && last.length > PARAGRAPH && endsSentence(last)
}

function addTo(paragraphs: string[], body: string): void {
  const last = paragraphs.at(-1) ?? ''

  if (last.length > PARAGRAPH && endsSentence(last)) paragraphs.push(body)
  else paragraphs[paragraphs.length - 1] = `${last} ${body}`
}

function endsSentence(text: string): boolean {
  return /[.!?…]["'”’)]*$/u.test(text)
}

function foldAt(turns: readonly Turn[]): number {
  let signs = 0
  const fold = turns.findIndex((turn) => {
    signs += turn.paragraphs.join('').length
    return signs > OPENING
  })

  // A fold that hides next to nothing is only in the way.
  return fold === -1 || fold >= turns.length - 3 ? turns.length : fold + 1
}
