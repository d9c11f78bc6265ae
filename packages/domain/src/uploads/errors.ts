import { ArtworkError } from '@showrunner/artwork'
import { AudioError } from '@showrunner/audio'
import { FeedError } from '@showrunner/feeds'
import { NotAllowedError } from '../policies/index.ts'

/** What was uploaded is not taken. The message is for who sent it. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

/** Why an upload is refused, for who sent it; undefined where it is not its fault. */
export function refusalIn(error: unknown): string | undefined {
  if (error instanceof RefusedError) return error.message
  if (error instanceof AudioError || error instanceof ArtworkError) return error.message
  if (error instanceof FeedError) return `It cannot be read: ${error.message}.`
  if (error instanceof NotAllowedError)
    return 'You may not change this any more, so nothing was changed.'
  return undefined
}
