import { timeCode, type TimeCode } from './durations.ts'
import { initials } from './names.ts'

/** What one person says before somebody else does. */
export interface Turn {
  readonly speaker: Speaker | null
  readonly at: TimeCode | null
  /** By which a link finds it: without a colon, at which some take addresses apart. The first that begins in that second has it. */
  readonly anchor: string | null
  readonly paragraphs: readonly Paragraph[]
}

export interface Speaker {
  readonly name: string
  readonly initials: string
  /** Nothing where nobody knows who that is. */
  readonly avatarUrl: string | null
}

/** Lines, one after the other: a caption each. */
export type Paragraph = readonly Line[]

export interface Line {
  /** In seconds, as exact as it was written down. */
  readonly at: number | null
  readonly said: string
}

export interface Reading {
  /** All of them, or the first few to be read at once. */
  readonly turns: readonly Turn[]
  /** How many there are in all, where more turns follow. */
  readonly words: number
}

interface Cue {
  readonly speaker: string | null
  readonly startsMs: number | null
  readonly body: string
  readonly person?: { readonly avatarUrl: string | null } | null
}

/** A longer transcript is folded after this many signs, so that the foot of the page stays in reach. */
const OPENING = 1500

/** A caption breaks where its line is full; a reader wants paragraphs. These are joined up to so many signs. */
const PARAGRAPH = 420

/** All that was said. */
export function reading(cues: readonly Cue[]): Reading | null {
  return cues.length === 0 ? null : { turns: turnsOf(cues), words: 0 }
}

/** How it begins, where it is long. */
export function openingOf(cues: readonly Cue[]): Reading | null {
  if (cues.length === 0) return null
  const turns = turnsOf(cues)
  const fold = foldAt(turns)

  return { turns: turns.slice(0, fold), words: fold < turns.length ? wordsIn(cues) : 0 }
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
  readonly name: string | null
  readonly person: Cue['person']
  readonly startsMs: number | null
  readonly paragraphs: Line[][]
}

function turnsOf(cues: readonly Cue[]): readonly Turn[] {
  const turns: OpenTurn[] = []

  for (const cue of cues) {
    const open = turns.at(-1)

    if (open && !startsTurn(open, cue.speaker)) addTo(open.paragraphs, lineOf(cue))
    else turns.push(turnWith(cue, open))
  }

  const anchors = new Set<string>()
  return turns.map((turn) => closed(turn, anchors))
}

// Captions often name a speaker once and nobody after.
function turnWith(cue: Cue, open: OpenTurn | undefined): OpenTurn {
  const { speaker, startsMs } = cue
  const { name, person } = speaker
    ? { name: speaker, person: cue.person }
    : { name: open?.name ?? null, person: open?.person }

  return { name, person, startsMs, paragraphs: [[lineOf(cue)]] }
}

function closed({ name, person, startsMs, paragraphs }: OpenTurn, anchors: Set<string>): Turn {
  const at = startsMs == null ? null : timeCode(startsMs / 1000)
  const anchor = at && `t=${at.seconds}`
  const isFirst = anchor !== null && !anchors.has(anchor)
  if (anchor) anchors.add(anchor)

  return {
    speaker: name === null ? null : speakerOf(name, person),
    at,
    anchor: isFirst ? anchor : null,
    paragraphs,
  }
}

function speakerOf(name: string, person: Cue['person']): Speaker {
  return {
    name,
    initials: initials(name),
    avatarUrl: person?.avatarUrl ?? null,
  }
}

function lineOf({ startsMs, body }: Cue): Line {
  return { at: startsMs == null ? null : startsMs / 1000, said: body }
}

// Without names, a turn is one paragraph.
function startsTurn({ name, paragraphs }: OpenTurn, speaker: string | null): boolean {
  if (speaker && speaker !== name) return true

  return name == null && isFull(paragraphs.at(-1) ?? [])
}

function addTo(paragraphs: Line[][], line: Line): void {
  const last = paragraphs.at(-1)

  if (!last || isFull(last)) paragraphs.push([line])
  else last.push(line)
}

function isFull(paragraph: Paragraph): boolean {
  const signs = paragraph.reduce((sum, { said }) => sum + said.length + 1, -1)
  return signs > PARAGRAPH && /[.!?…]["'”’)]*$/u.test(paragraph.at(-1)?.said ?? '')
}

function foldAt(turns: readonly Turn[]): number {
  let signs = 0
  const fold = turns.findIndex(({ paragraphs }) => {
    for (const { said } of paragraphs.flat()) signs += said.length
    return signs > OPENING
  })

  // A fold that hides next to nothing is only in the way.
  return fold === -1 || fold >= turns.length - 3 ? turns.length : fold + 1
}
