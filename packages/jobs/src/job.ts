import { type z } from 'zod'
import { JobArgsError, JobError } from './errors.ts'

const NAME = /^[a-z][a-z0-9_]*$/
const MAX_ATTEMPTS = 12

/** What a job does, under the name by which the database knows it. */
export interface Job<Parts = never, Args = unknown> {
  readonly name: string
  readonly args: z.ZodType<Args>
  readonly maxAttempts: number
  /** Does it. @throws JobArgsError for arguments it does not take. */
  readonly run: (parts: Parts, given: unknown) => Promise<void>
}

/**
 * A job: small arguments and one call. It runs at least once, again after a failure, so it must be safe to repeat.
 * `parts` is what `startJobs` is given, the same for all: a repo, a clock, a mailer.
 *
 * ```ts
 * export const welcome = defineJob({
 *   name: 'welcome',
 *   args: z.object({ personId: z.number() }),
 *   perform: (parts: Parts, { personId }) => sendWelcome(parts, personId),
 * })
 * ```
 *
 * @param maxAttempts how often it is tried: 12 times unless said, over about two days.
 * @throws JobError for a name that is not lower case with underscores.
 */
export function defineJob<Args extends z.ZodType, Parts>({
  name,
  args,
  perform,
  maxAttempts = MAX_ATTEMPTS,
}: {
  readonly name: string
  readonly args: Args
  readonly perform: (parts: Parts, args: z.output<Args>) => Promise<void>
  readonly maxAttempts?: number
}): Job<Parts, z.output<Args>> {
  if (!NAME.test(name)) {
    throw new JobError(`A job is called by lower-case letters, digits and "_", not "${name}".`)
  }
  // A ZodType of Args gives z.output<Args>; only the compiler cannot put the two together.
  const typed = args as unknown as z.ZodType<z.output<Args>>
  return {
    name,
    args: typed,
    maxAttempts,
    run: async (parts, given) => perform(parts, parseArgs({ name, args: typed }, given)),
  }
}

export function parseArgs<Args>(
  { name, args }: Pick<Job<never, Args>, 'name' | 'args'>,
  given: unknown,
): Args {
  const parsed = args.safeParse(given)
  if (!parsed.success) throw new JobArgsError(name, parsed.error)
  return parsed.data
}
