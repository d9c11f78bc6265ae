/** When it is, and later. Handed in, so that a test is not slower than its thoughts. */
export interface Time {
  now(): number
  /** What it gives back calls it off. */
  after(milliseconds: number, run: () => void): () => void
}

/** The time of the machine. It keeps no process alive. */
export const realTime: Time = {
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds).unref()
    return () => clearTimeout(timer)
  },
}
