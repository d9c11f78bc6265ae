import { sql, type Repo } from '@showrunner/data'
import { type Job, parseArgs } from './job.ts'

export interface EnqueueOptions {
  /** Not before this moment. */
  readonly at?: Date
  /** Not before so long from now. */
  readonly delayMs?: number
  /** Of the jobs that wait under one key there is one: the later takes the place of the earlier, and its time. */
  readonly key?: string
  /** Jobs of one queue run one after the other, whoever runs them. */
  readonly queue?: string
  /** Of the jobs that are due the one with the lowest is begun first: 0 unless said. */
  readonly priority?: number
}

/**
 * Lets a job run soon, in any process that runs jobs. In a transaction it is a part of that: rolled back, it was never
 * enqueued; and nobody begins it before the commit.
 *
 * @returns the number of the job.
 * @throws JobArgsError
 */
export async function enqueue<Args>(
  repo: Repo,
  job: Job<never, Args>,
  args: NoInfer<Args>,
  { at, delayMs = 0, key, queue, priority = 0 }: EnqueueOptions = {},
): Promise<string> {
  const payload = JSON.stringify(parseArgs(job, args))
  // A job is nobody's in particular, whoever asks for it.
  const rows = await repo.unscoped().run(
    sql<{ id: string }>`select id::text as id from graphile_worker.add_job(
      ${job.name}::text,
      payload => ${payload}::json,
      run_at => coalesce(${at?.toISOString() ?? null}::timestamptz, now()) + ${delayMs} * interval '1 millisecond',
      max_attempts => ${job.maxAttempts}::int,
      job_key => ${key ?? null}::text,
      queue_name => ${queue ?? null}::text,
      priority => ${priority}::int
    )`,
  )
  return rows[0]?.id ?? ''
}

/** Takes back what waits under a key. What already runs is not stopped. Says whether there was anything. */
export async function dequeue(repo: Repo, key: string): Promise<boolean> {
  const rows = await repo.run(
    sql<{ id: string | null }>`select id::text as id from graphile_worker.remove_job(${key}::text)`,
  )
  return rows.some(({ id }) => id !== null)
}
