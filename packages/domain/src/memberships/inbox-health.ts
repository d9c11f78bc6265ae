import { from, type Repo } from '@showrunner/data'
import { Membership } from './membership.ts'
import { WebhookEvent } from './webhook-event.ts'

const DAY_MS = 24 * 60 * 60_000
/** Nothing waits as long as this where jobs are done. */
const LATE_MS = 10 * 60_000
/** After so long without an event somebody has to look. */
export const QUIET_DAYS = 14

export interface InboxHealth {
  /** Whether nothing ever came. */
  readonly isEmpty: boolean
  readonly failedCount: number
  readonly lastFailed: WebhookEvent | null
  /** How many should have been applied by now. */
  readonly lateCount: number
  readonly activeCount: number
  readonly lastReceivedAt: Date | null
  /** For how long nothing came, where that is too long for a site with members. */
  readonly quietDays: number | null
}

/** Whether events come, and are applied. */
export async function inboxHealth(repo: Repo, asOf: Date): Promise<InboxHealth> {
  const events = from(WebhookEvent)
  const newest = { receivedAt: 'desc', id: 'desc' } as const
  const late = new Date(asOf.getTime() - LATE_MS)
  const [failedCount, lastFailed, lateCount, activeCount, last] = await Promise.all([
    repo.count(events.where({ state: 'failed' })),
    repo.one(events.where({ state: 'failed' }).orderBy(newest).limit(1)),
    repo.count(events.where({ state: 'received' }).where('receivedAt', '<', late)),
    repo.count(from(Membership).where({ status: 'active' })),
    repo.one(events.orderBy(newest).limit(1)),
  ])
  const quiet = last ? Math.floor((asOf.getTime() - last.receivedAt.getTime()) / DAY_MS) : null
  return {
    isEmpty: last === undefined,
    failedCount,
    lastFailed: lastFailed ?? null,
    lateCount,
    activeCount,
    lastReceivedAt: last?.receivedAt ?? null,
    quietDays: activeCount > 0 && quiet !== null && quiet >= QUIET_DAYS ? quiet : null,
  }
}
