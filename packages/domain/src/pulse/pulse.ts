/** A sign of life of work that takes long. */
export interface Pulse<Progress> {
  readonly at: (progress: Progress) => void
  readonly stop: () => void
}

/** Tells again and again, beside the work itself, how far it is; undefined as long as that is not known. */
export function beat<Progress>(
  everyMs: number,
  tell: (progress: Progress | undefined) => Promise<void>,
): Pulse<Progress> {
  let progress: Progress | undefined
  const timer = setInterval(() => {
    // One that is missed is made up for by the next.
    tell(progress).catch(() => undefined)
  }, everyMs)
  timer.unref()
  return {
    at(now) {
      progress = now
    },
    stop: () => clearInterval(timer),
  }
}
