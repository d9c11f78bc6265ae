import { JOBS, type JobParts, SCHEDULE } from '@showrunner/domain/jobs'
import { type Log, type Running, startJobs } from '@showrunner/jobs'

export interface WorkerOptions extends Omit<JobParts, 'clock'> {
  readonly databaseUrl: string
  readonly clock?: () => Date
  readonly log?: Log
}

/**
 * Runs every job of the network, and the schedule, until stopped. The repo stays open: whoever opened it closes it.
 *
 * @throws as `startJobs`
 */
export async function startWorker({
  databaseUrl,
  log = () => undefined,
  clock = () => new Date(),
  ...parts
}: WorkerOptions): Promise<Running> {
  return startJobs({ databaseUrl, jobs: JOBS, schedule: SCHEDULE, parts: { ...parts, clock }, log })
}
