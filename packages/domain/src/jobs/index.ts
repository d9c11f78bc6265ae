import { type Job, type Scheduled } from '@showrunner/jobs'
import { removeExpiredSignIns } from '../accounts/index.ts'
import { type JobParts } from './parts.ts'

export { type JobParts } from './parts.ts'

const HOUR_MS = 60 * 60_000

/** Every job there is. */
export const JOBS: readonly Job<JobParts>[] = [removeExpiredSignIns]

/** What runs by the clock, in UTC. */
export const SCHEDULE: readonly Scheduled<JobParts>[] = [
  // After a night without a worker one run is enough.
  { job: removeExpiredSignIns, at: '17 * * * *', makeUpMs: HOUR_MS },
]
