import { sql, type Repo } from '@showrunner/data'
import { cronItems, type Scheduled } from './schedule.ts'

const MINUTE_MS = 60_000
/** Of a leap year: what runs on 29 February may be further off, and is said to have no next time. */
const MINUTES_AHEAD = 366 * 24 * 60

/** A line of the schedule, and what became of it. */
export interface ScheduleStatus {
  readonly name: string
  /** As cron writes it, in UTC. */
  readonly at: string
  readonly lastRunAt: Date | null
  readonly nextRunAt: Date | null
}

/** When each scheduled job last ran by the clock, on whichever process, and when it runs next. */
export async function listSchedule(
  repo: Repo,
  schedule: readonly Scheduled[],
  asOf: Date,
): Promise<readonly ScheduleStatus[]> {
  const ran = await repo.run(
    sql<{ identifier: string; lastExecution: Date | null }>`
      select identifier, last_execution from graphile_worker._private_known_crontabs`,
  )
  const last = new Map(ran.map(({ identifier, lastExecution }) => [identifier, lastExecution]))

  return cronItems(schedule).map(({ task, identifier, match }, place) => ({
    name: task,
    at: schedule[place]?.at ?? '',
    lastRunAt: last.get(identifier) ?? null,
    nextRunAt: nextRun(match, asOf),
  }))
}

type Matcher = ReturnType<typeof cronItems>[number]['match']

function nextRun(matches: Matcher, asOf: Date): Date | null {
  const minute = Math.floor(asOf.getTime() / MINUTE_MS)
  for (let ahead = 1; ahead <= MINUTES_AHEAD; ahead += 1) {
    const at = new Date((minute + ahead) * MINUTE_MS)
    const digest = {
      min: at.getUTCMinutes(),
      hour: at.getUTCHours(),
      date: at.getUTCDate(),
      month: at.getUTCMonth() + 1,
      dow: at.getUTCDay(),
    }
    if (matches(digest)) return at
  }
  return null
}
