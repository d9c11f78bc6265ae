/** When to fall silent: after so many seconds of listening, or at the end of what is heard. */
export type Sleep =
  | { readonly after: 'seconds'; readonly left: number }
  | { readonly after: 'chapter' }
  | { readonly after: 'episode' }

/** What is heard at a moment. */
export interface Heard {
  readonly episode: string
  /** The number of the chapter, -1 before the first one. */
  readonly chapter: number
  /** In seconds, of the episode and of a clock. */
  readonly place: number
  readonly clock: number
  readonly speed: number
  readonly playing: boolean
}

/** The clock of a machine that slept has gone on without anybody listening. */
const LONGEST_STEP = 30

/** How the timer stands a moment later; undefined when it is time to fall silent. */
export function later(sleep: Sleep, before: Heard, now: Heard): Sleep | undefined {
  const passed = Math.min(Math.max(0, now.clock - before.clock), LONGEST_STEP)
  if (sleep.after === 'seconds') {
    const left = before.playing ? sleep.left - passed : sleep.left
    return left > 0 ? { ...sleep, left } : undefined
  }
  if (sleep.after === 'chapter' && playedInto(before, now, passed)) return undefined
  return sleep
}

/** Whether the next chapter began by itself, and nobody jumped there. */
function playedInto(before: Heard, now: Heard, passed: number): boolean {
  const step = now.place - before.place
  const wentOn = step > 0 && step <= (passed + 1) * Math.max(before.speed, now.speed)

  return before.episode === now.episode && now.chapter > before.chapter && wentOn
}
