import { from, type Repo } from '@showrunner/data'
import { MovedFile } from './moved-file.ts'

const EVERY_MS = 1000

/** Nobody waits for the file any more. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError'
}

interface Pulse {
  readonly at: (bytes: number) => void
  readonly signal: AbortSignal
  readonly stop: () => void
}

/** Tells once a second how much of a file is there, and hears whether it is still wanted. */
export function beat(repo: Repo, { id }: Pick<MovedFile, 'id'>): Pulse {
  const stopped = new AbortController()
  let bytes = 0
  const tell = async () => {
    const fetching = from(MovedFile).where({ id, state: 'fetching' })
    if ((await repo.updateAll(fetching, { bytes })) === 0) stopped.abort(new StoppedError())
  }
  const timer = setInterval(() => {
    // One that is missed is made up for by the next.
    tell().catch(() => undefined)
  }, EVERY_MS)
  timer.unref()
  return {
    at(now) {
      bytes = now
    },
    signal: stopped.signal,
    stop: () => clearInterval(timer),
  }
}
