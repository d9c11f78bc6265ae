import { type Repo } from '@showrunner/data'
import { JOBS, SCHEDULE } from '@showrunner/domain/jobs'
import { type Log, type Running, startJobs } from '@showrunner/jobs'

export interface WorkerOptions {
  readonly databaseUrl: string
  /** What the jobs read and write with. Stays open: whoever opened it closes it. */
  readonly repo: Repo
  readonly clock?: () => Date
  readonly log?: Log
}

/** Runs every job of the network, and the schedule, until stopped. @throws as `startJobs` */
export async function startWorker({
  databaseUrl,
  repo,
  clock = () => new Date(),
  log = () => undefined,
}: WorkerOptions): Promise<Running> {
  return startJobs({ databaseUrl, jobs: JOBS, schedule: SCHEDULE, parts: { repo, clock }, log })
}
