import { from, type Repo } from '@showrunner/data'
import { beat, type Pulse } from '../pulse/index.ts'
import { Import } from './import.ts'
import { type ImportProgress } from './progress.ts'

const EVERY_MS = 500

/** Tells twice a second, beside the import itself, how far it is, and hears whether it is to end. */
export interface ImportPulse extends Pulse<ImportProgress> {
  readonly isCancelled: () => boolean
}

/** An import is one transaction, which nobody sees into: this is told outside of it, on a connection of its own. */
export function pulseOfImport(repo: Repo, { id }: Import, clock: () => Date): ImportPulse {
  let cancelled = false
  const pulse = beat<ImportProgress>(EVERY_MS, async (progress) => {
    const [row] = await repo.updateAll(
      from(Import).where({ id }),
      { aliveAt: clock(), ...(progress && { progress }) },
      { returning: ['cancelAsked', 'state'] },
    )
    cancelled = row === undefined || row.cancelAsked || row.state === 'cancelled'
  })
  return { ...pulse, isCancelled: () => cancelled }
}
