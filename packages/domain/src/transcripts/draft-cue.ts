import { createHash } from 'node:crypto'
import { type Cue } from '@showrunner/feeds'

/** Longer than any episode, and what the column holds. */
const LATEST_MS = 2 ** 31 - 1

/** A cue while it is worked on. One that is new has no id yet. */
export interface DraftCue {
  readonly id: number | null
  readonly startsMs: number | null
  readonly endsMs: number | null
  readonly speaker: string | null
  readonly personId: number | null
  readonly body: string
}

export type Said = Pick<DraftCue, 'startsMs' | 'endsMs' | 'speaker' | 'body'>

/** What a cue says, in a few letters: who saves it shows by them what they saw. */
export function digestOf({ startsMs, endsMs, speaker, body }: Said): string {
  const said = JSON.stringify([startsMs, endsMs, speaker, body])
  return createHash('sha256').update(said).digest('base64url').slice(0, 12)
}

/** Times that could not be are left out, and so is an end that is not after its start. */
export function withTimes<T extends Pick<DraftCue, 'startsMs' | 'endsMs'>>(cue: T): T {
  const startsMs = inTime(cue.startsMs)
  const end = inTime(cue.endsMs)
  return {
    ...cue,
    startsMs,
    endsMs: startsMs !== null && end !== null && end > startsMs ? end : null,
  }
}

export function inTime(milliseconds: number | null): number | null {
  return milliseconds !== null && milliseconds >= 0 && milliseconds <= LATEST_MS
    ? Math.round(milliseconds)
    : null
}

/** As they are read and written elsewhere. */
export function plainCues(
  cues: readonly (Said & { readonly speaker: string | null })[],
): readonly Cue[] {
  return cues.map(({ startsMs, endsMs, speaker, body }) => {
    return { startsMs, endsMs, speaker, text: body }
  })
}

export function isTimed(cues: readonly Pick<DraftCue, 'startsMs'>[]): boolean {
  return cues.length > 0 && cues.every(({ startsMs }) => startsMs !== null)
}

/** By time, where every cue has one; cues of one moment stay as they are. */
export function inOrder<T extends Pick<DraftCue, 'startsMs'>>(cues: readonly T[]): readonly T[] {
  if (!isTimed(cues)) return cues
  return cues.toSorted((a, b) => (a.startsMs ?? 0) - (b.startsMs ?? 0))
}
