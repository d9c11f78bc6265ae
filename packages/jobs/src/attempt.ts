import { type Job } from './job.ts'

/** A try of a job, as the job sees it: it is handed it among its parts. */
export interface Attempt {
  /** The number of the job, the same however often it is tried. */
  readonly jobId: string
  /** 1 for the first. */
  readonly number: number
  /** Whether there is no other should this one fail. */
  readonly isLast: boolean
  /** Ends when the program is stopping and has waited long enough: what takes minutes is then broken off, and done again later. */
  readonly stopping?: AbortSignal
  /** What is to be done should it fail: then, so that no transaction in which it fails takes it back. */
  readonly ifFailed: (perform: () => Promise<void>) => void
}

/** The part of the parts that the program does not hand over itself. */
export interface Attempted {
  readonly attempt?: Attempt
}

/** Tries a job once. Throws what it throws. */
export async function attempt<Parts>(
  job: Job<Parts>,
  parts: Parts,
  { payload, ...about }: Omit<Attempt, 'ifFailed'> & { readonly payload: unknown },
): Promise<void> {
  const afterwards: (() => Promise<void>)[] = []
  const ifFailed: Attempt['ifFailed'] = (perform) => void afterwards.push(perform)
  try {
    await job.run({ ...parts, attempt: { ...about, ifFailed } }, payload)
  } catch (error) {
    // What went wrong first is what is told.
    await Promise.allSettled(afterwards.map(async (perform) => perform()))
    throw error
  }
}
