import { EventEmitter } from 'node:events'
import {
  type JobHelpers,
  Logger,
  run,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker'
import { Pool } from 'pg'
import { attempt } from './attempt.ts'
import { JobError, TryLaterError } from './errors.ts'
import { freeOrphans } from './free-orphans.ts'
import { type Job } from './job.ts'
import { cronItems, type Scheduled } from './schedule.ts'

const CONCURRENT_JOBS = 2
/** One for each job, one that listens for new ones, one for the schedule. */
const CONNECTIONS = CONCURRENT_JOBS + 2

export type Log = (level: 'error' | 'warning' | 'info' | 'debug', message: string) => void

export interface JobsOptions<Parts> {
  readonly databaseUrl: string
  /** Every job this process can do. Others stay for a process that can. */
  readonly jobs: readonly Job<Parts>[]
  readonly schedule?: readonly Scheduled<Parts>[]
  /** What every job is handed; the `attempt` is added to it. */
  readonly parts: Parts
  readonly log?: Log
  /** Called after a job was begun or has ended here, for those who show what waits and what failed. */
  readonly changed?: () => void
}

/** A process that does jobs. */
export interface Running {
  /** Takes no more jobs, lets those that run come to their end, and closes its connections. */
  stop(): Promise<void>
  /** Done when it is: after `stop`, or when it had to give up, which the log then tells. */
  readonly ended: Promise<void>
}

/**
 * Runs the jobs and the schedule until stopped. Its tables live in the schema `graphile_worker`, which it makes and
 * brings up to date; any number of processes may do so at the same time. A connection lost later is made again.
 *
 * @throws JobError for two jobs of one name, and the database's error when it cannot be reached or used.
 */
export async function startJobs<Parts>({
  databaseUrl,
  jobs,
  schedule = [],
  parts,
  log = () => undefined,
  changed,
}: JobsOptions<Parts>): Promise<Running> {
  const taskList = tasks(jobs, parts)
  const parsedCronItems = cronItems(schedule)
  const events: WorkerEvents = new EventEmitter()
  const looked = firstLook(events)
  if (changed) for (const event of ['job:start', 'job:complete'] as const) events.on(event, changed)
  const named = new Promise<string>((resolve) => {
    events.once('pool:create', ({ workerPool }) => resolve(workerPool.id))
  })
  const pool = openPool(databaseUrl)
  const runner = await run({
    pgPool: pool,
    concurrency: CONCURRENT_JOBS,
    // Signals are the process's own business.
    noHandleSignals: true,
    taskList,
    parsedCronItems,
    logger: new Logger(() => log),
    events,
  }).catch(async (error: unknown) => {
    await pool.end()
    throw error
  })
  const orphans = freeOrphans({ databaseUrl, id: await named, log })
  const running = runningOf(runner, pool, log, orphans)
  try {
    await looked
    return running
  } catch (error) {
    await running.stop()
    throw error
  }
}

function tasks<Parts>(jobs: readonly Job<Parts>[], parts: Parts): TaskList {
  const names = jobs.map(({ name }) => name)
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice !== undefined) throw new JobError(`Two jobs are called "${twice}".`)

  return Object.fromEntries(
    jobs.map((job) => [
      job.name,
      async (payload: unknown, helpers: JobHelpers) => {
        try {
          await attempt(job, parts, {
            payload,
            jobId: helpers.job.id,
            number: helpers.job.attempts,
            isLast: helpers.job.attempts >= helpers.job.max_attempts,
            stopping: helpers.abortSignal,
          })
        } catch (error) {
          if (error instanceof TryLaterError) await putOff(helpers, error.afterMs)
          throw error
        }
      },
    ]),
  )
}

/** The library counts its wait from `run_at` where that lies ahead. */
async function putOff({ job, withPgClient }: JobHelpers, afterMs: number): Promise<void> {
  const text = `update graphile_worker._private_jobs
    set run_at = greatest(run_at, now() + $2::float8 * interval '1 millisecond') where id = $1::bigint`
  await withPgClient((client) => client.query(text, [job.id, afterMs]))
}

// A pool of ours, because the library does not wait for its own to close: a server that stops right after it would
// still cut connections, with nobody left to hear of it.
function openPool(connectionString: string): Pool {
  const pool = new Pool({
    connectionString,
    max: CONNECTIONS,
    application_name: 'showrunner worker',
  })
  // The library says what was lost and makes it again; an idle connection is made again when it is needed.
  const ignore = () => undefined
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))

  return pool
}

/**
 * Done when the queue was looked into once. The library keeps the outcome of its first look, a failure too: a process
 * that loses its connection there would fail to look for as long as it lives.
 */
async function firstLook(events: WorkerEvents): Promise<void> {
  return new Promise((resolve, reject) => {
    events.once('worker:getJob:empty', () => resolve())
    events.once('job:start', () => resolve())
    events.once('worker:getJob:error', ({ error }) => reject(error))
  })
}

function runningOf(
  runner: Runner,
  pool: Pool,
  log: Log,
  orphans: { stop(): Promise<void> },
): Running {
  let over = false
  let stopping: Promise<void> | undefined
  const untilOver = async () => {
    try {
      await runner.promise
    } catch (error) {
      log('error', `The worker gave up: ${String(error)}`)
    }
    over = true
    await orphans.stop()
    await pool.end()
  }
  const ended = untilOver()
  return {
    ended,
    stop: async () => {
      // A runner that is over refuses to be stopped.
      if (!over) await (stopping ??= runner.stop())
      await ended
    },
  }
}
