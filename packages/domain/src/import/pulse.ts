import { from, type Repo } from '@showrunner/data'
import { Import } from './import.ts'
import { type ImportProgress } from './progress.ts'

const EVERY_MS = 500

/** Tells twice a second, beside the import itself, how far it is, and hears whether it is to end. */
export interface Pulse {
  readonly at: (progress: ImportProgress) => void
  readonly isCancelled: () => boolean
  readonly stop: () => void
}

/** An import is one transaction, which nobody sees into: this is told outside of it, on a connection of its own. */
export function beat(repo: Repo, { id }: Import, clock: () => Date): Pulse {
  let progress: ImportProgress | undefined
  let cancelled = false
  const tell = async () => {
    const [row] = await repo.updateAll(
      from(Import).where({ id }),
      { aliveAt: clock(), ...(progress && { progress }) },
      { returning: ['cancelAsked', 'state'] },
    )
    cancelled = row === undefined || row.cancelAsked || row.state === 'cancelled'
  }
  const timer = setInterval(() => {
    // A beat that is missed says that nobody is there, which is what the one after it puts right.
    tell().catch(() => undefined)
  }, EVERY_MS)
  timer.unref()
  return {
    at(now) {
      progress = now
    },
    isCancelled: () => cancelled,
    stop: () => clearInterval(timer),
  }
}
