import { parseCronItems, type ParsedCronItem } from 'graphile-worker'
import { type Job, parseArgs } from './job.ts'

/** A job that runs by the clock. However many processes run jobs, each time it runs once. */
export interface Scheduled<Parts = never> {
  readonly job: Job<Parts>
  /** As cron writes it, in UTC: `17 * * * *` is every hour, seventeen minutes past. */
  readonly at: string
  readonly args?: object
  /** After a pause, times missed within so long are made up for. None unless said. */
  readonly makeUpMs?: number
}

/** @throws JobArgsError · an error that names the pattern for a time that does not exist */
export function cronItems(schedule: readonly Scheduled[]): ParsedCronItem[] {
  return parseCronItems(
    schedule.map(({ job, at, args = {}, makeUpMs = 0 }) => {
      parseArgs(job, args)
      return {
        task: job.name,
        match: at,
        payload: { ...args },
        options: { backfillPeriod: makeUpMs, maxAttempts: job.maxAttempts },
      }
    }),
  )
}
