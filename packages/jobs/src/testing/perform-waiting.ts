import { sql, type Repo } from '@showrunner/data'
import { attempt } from '../attempt.ts'
import { JobError } from '../errors.ts'
import { listJobs } from '../inspect.ts'
import { type Job } from '../job.ts'

/**
 * Does what is due in this repo's database, here and now, and what that enqueues, in order; for tests in a sandbox,
 * which no other process can look into. A job that fails ends it with its error.
 *
 * @returns the names of the jobs done.
 */
export async function performWaiting<Parts>(
  repo: Repo,
  jobs: readonly Job<Parts>[],
  parts: Parts,
): Promise<readonly string[]> {
  const done: string[] = []
  for (;;) {
    const now = Date.now()
    const waiting = await listJobs(repo, { states: ['waiting', 'retrying'] })
    const due = waiting.find(({ runAt }) => runAt.getTime() <= now)
    if (!due) return done
    const job = jobs.find(({ name }) => name === due.name)
    if (!job) throw new JobError(`There is no job "${due.name}".`)
    await repo.run(sql`select graphile_worker.complete_jobs(array[${due.id}::bigint])`)
    const number = due.attempts + 1
    const isLast = number >= due.maxAttempts
    await attempt(job, parts, { payload: due.args, jobId: due.id, number, isLast })
    done.push(due.name)
  }
}
