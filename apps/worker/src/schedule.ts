import { type CronItem } from 'graphile-worker'

const HOUR_MS = 60 * 60_000

/** What runs by the clock, in UTC. However many workers there are, each of these runs once. */
export const SCHEDULE: readonly CronItem[] = [
  {
    task: 'remove_expired_sign_ins',
    match: '17 * * * *',
    // After a night without a worker one run is enough.
    options: { backfillPeriod: HOUR_MS, maxAttempts: 3 },
  },
]
