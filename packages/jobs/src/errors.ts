import { z } from 'zod'

/** Jobs that cannot be what they are said to be. */
export class JobError extends Error {
  override readonly name: string = 'JobError'
}

/** Arguments that are not what the job takes: refused when they are enqueued, and again when it runs. */
export class JobArgsError extends JobError {
  override readonly name = 'JobArgsError'
  readonly job: string

  constructor(job: string, cause: z.ZodError) {
    super(`The job "${job}" does not take these arguments: ${z.prettifyError(cause)}`, { cause })
    this.job = job
  }
}

/**
 * Thrown by a job that failed and knows when trying again may help, such as when somebody said how long they want to be left
 * alone. It counts as a try like any other, and the usual wait comes on top.
 */
export class TryLaterError extends JobError {
  override readonly name = 'TryLaterError'
  readonly afterMs: number

  constructor(message: string, afterMs: number, options?: ErrorOptions) {
    super(message, options)
    this.afterMs = afterMs
  }
}
