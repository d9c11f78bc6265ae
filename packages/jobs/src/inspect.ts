import { sql, type Repo } from '@showrunner/data'

/** `retrying` failed and will be tried again; `failed` will not. */
export const JOB_STATES = ['waiting', 'running', 'retrying', 'failed'] as const
export type JobState = (typeof JOB_STATES)[number]

/** A job that is not done. One that is leaves nothing behind. */
export interface JobStatus {
  readonly id: string
  readonly name: string
  readonly args: unknown
  readonly state: JobState
  readonly key: string | null
  readonly enqueuedAt: Date
  /** When it is tried next. */
  readonly runAt: Date
  readonly attempts: number
  readonly maxAttempts: number
  /** What the last attempt said when it failed. */
  readonly error: string | null
}

const STATE = sql`case
  when job.locked_at is not null then 'running'
  when job.attempts >= job.max_attempts then 'failed'
  when job.attempts > 0 then 'retrying'
  else 'waiting' end`

interface Listed {
  readonly states?: readonly JobState[]
  readonly limit?: number
  /** Those whose arguments have all that is in one of these. */
  readonly about?: readonly object[]
}

/** The jobs in one of these states, or in any, what runs next first. */
export async function listJobs(
  repo: Repo,
  { states = JOB_STATES, limit = 100, about }: Listed = {},
): Promise<readonly JobStatus[]> {
  const theirs = about
    ? sql`job.payload::jsonb @> any(${about.map((args) => JSON.stringify(args))}::jsonb[])`
    : sql`true`
  // The view that the library makes for readers leaves out the arguments.
  return repo.run(sql<JobStatus>`
    select job.id::text as id, task.identifier as name, job.payload as args, ${STATE} as state, job.key,
      job.created_at as enqueued_at, job.run_at, job.attempts, job.max_attempts, job.last_error as error
    from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
    where ${STATE} in (${sql.join(states)}) and ${theirs}
    order by job.run_at, job.id limit ${limit}`)
}

/** How many there are in each state. */
export async function countJobs(repo: Repo): Promise<Readonly<Record<JobState, number>>> {
  const rows = await repo.run(sql<{ state: JobState; count: number }>`
    select ${STATE} as state, count(*) as count from graphile_worker._private_jobs job group by 1`)
  const none = { waiting: 0, running: 0, retrying: 0, failed: 0 }
  return rows.reduce((counts, { state, count }) => ({ ...counts, [state]: count }), none)
}

/** Lets it be tried again at once, as often as at first. False when it is done, gone, or running. */
export async function retryJob(repo: Repo, id: string): Promise<boolean> {
  const rows = await repo.run(sql<{ id: string }>`
    select id::text as id from graphile_worker.reschedule_jobs(array[${id}::bigint], run_at => now(), attempts => 0)`)
  return rows.length > 0
}

/** Takes it away undone. False when it is done, gone, or running. */
export async function removeJob(repo: Repo, id: string): Promise<boolean> {
  const rows = await repo.run(
    sql<{
      id: string
    }>`select id::text as id from graphile_worker.complete_jobs(array[${id}::bigint])`,
  )
  return rows.length > 0
}
