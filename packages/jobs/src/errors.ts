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
