import { TryLaterError } from '@showrunner/jobs'
import { CommunityError } from './errors.ts'

/** The error with which a job says when it wants to be tried again, if the community said so. */
export function triedAgain(error: unknown): unknown {
  return error instanceof CommunityError && error.retryAfterMs !== undefined
    ? new TryLaterError(error.message, error.retryAfterMs, { cause: error })
    : error
}
