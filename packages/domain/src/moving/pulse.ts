import { from, type Repo } from '@showrunner/data'
import { beat, type Pulse } from '../pulse/index.ts'
import { MovedFile } from './moved-file.ts'

const EVERY_MS = 1000

/** Nobody waits for the file any more. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError'
}

interface FetchingPulse extends Pulse<number> {
  readonly signal: AbortSignal
}

/** Tells once a second how much of a file is there, and hears whether it is still wanted. */
export function pulseOfFetching(repo: Repo, { id }: Pick<MovedFile, 'id'>): FetchingPulse {
  const stopped = new AbortController()
  const pulse = beat<number>(EVERY_MS, async (bytes = 0) => {
    const fetching = from(MovedFile).where({ id, state: 'fetching' })
    if ((await repo.updateAll(fetching, { bytes })) === 0) stopped.abort(new StoppedError())
  })
  return { ...pulse, signal: stopped.signal }
}
