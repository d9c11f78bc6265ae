import { type DraftCue, inTime } from './draft-cue.ts'

/** Every time moved by so much, or how far back it can go. */
export function shifted(
  cues: readonly DraftCue[],
  byMs: number,
): { readonly cues: readonly DraftCue[] } | { readonly mostBackMs: number } {
  const starts = cues.flatMap(({ startsMs }) => startsMs ?? [])
  const first = starts.reduce((least, start) => Math.min(least, start), Infinity)
  if (first + byMs < 0) return { mostBackMs: first }
  const moved = (ms: number | null) => (ms === null ? null : inTime(ms + byMs))
  return {
    cues: cues.map((cue) => ({
      ...cue,
      startsMs: moved(cue.startsMs),
      endsMs: moved(cue.endsMs),
    })),
  }
}

/** One speaker under another name. Who takes the name of another speaker is that person from now on. */
export function renamed(
  cues: readonly DraftCue[],
  speaker: string | null,
  name: string | null,
): readonly DraftCue[] {
  const known = name === null ? undefined : cues.find((cue) => cue.speaker === name)
  return cues.map((cue) => {
    if (cue.speaker !== speaker) return cue
    const personId = name === null ? null : known ? known.personId : cue.personId
    return { ...cue, speaker: name, personId }
  })
}

/** A speaker is this person, or nobody we know. */
export function matched(
  cues: readonly DraftCue[],
  speaker: string,
  personId: number | null,
): readonly DraftCue[] {
  return cues.map((cue) => (cue.speaker === speaker ? { ...cue, personId } : cue))
}

export interface Replacement {
  readonly find: string
  readonly replacement: string
  readonly matchCase: boolean
  readonly wholeWords: boolean
}

/** Words instead of others, wherever they are said. A cue that says nothing any more is dropped. */
export function replaced(
  cues: readonly DraftCue[],
  replacement: Replacement,
): { readonly cues: readonly DraftCue[]; readonly count: number } {
  const pattern = patternOf(replacement)
  let count = 0
  const after = cues.map((cue) => {
    const body = cue.body.replace(pattern, () => {
      count += 1
      return replacement.replacement
    })
    return body === cue.body ? cue : { ...cue, body: body.replace(/ {2,}/g, ' ').trim() }
  })
  return { cues: after.filter(({ body }) => body !== ''), count }
}

/** The places of the cues that say these words. */
export function foundIn(
  cues: readonly Pick<DraftCue, 'body'>[],
  replacement: Omit<Replacement, 'replacement'>,
): readonly number[] {
  const pattern = patternOf(replacement)
  return [...cues.keys()].filter((index) => cues[index]?.body.search(pattern) !== -1)
}

function patternOf({ find, matchCase, wholeWords }: Omit<Replacement, 'replacement'>): RegExp {
  const escaped = find.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
  const [before, after] = wholeWords
    ? [String.raw`(?<![\p{L}\p{N}_])`, String.raw`(?![\p{L}\p{N}_])`]
    : ['', '']
  return new RegExp(`${before}${escaped}${after}`, matchCase ? 'gu' : 'giu')
}
