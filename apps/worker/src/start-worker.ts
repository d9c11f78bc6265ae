import { type Repo, sql } from '@showrunner/data'
import { JOBS, type JobParts, SCHEDULE } from '@showrunner/domain/jobs'
import { type Log, type Running, startJobs } from '@showrunner/jobs'

/** However many jobs come and go, those who look at them are told of it once in this time. */
const GATHERED_MS = 500

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
  const told = telling(parts.repo, log)
  const running = await startJobs({
    databaseUrl,
    jobs: JOBS,
    schedule: SCHEDULE,
    parts: { ...parts, clock },
    log,
    changed: told.soon,
  })
  void running.ended.then(told.noMore)
  return running
}

/** The tables of the jobs are the library's own and tell nothing, so this process does. */
function telling(repo: Repo, log: Log) {
  let waiting: NodeJS.Timeout | undefined
  const tell = () => {
    waiting = undefined
    repo
      .run(sql`select tell_changes('jobs', 'update', null)`)
      .catch((error: unknown) => log('warning', `Nobody is told of jobs: ${String(error)}`))
  }
  return {
    soon: (): void => {
      waiting ??= setTimeout(tell, GATHERED_MS)
    },
    noMore: (): void => clearTimeout(waiting),
  }
}
