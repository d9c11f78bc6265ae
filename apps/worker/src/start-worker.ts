import { EventEmitter } from 'node:events'
import { type Repo } from '@showrunner/data'
import { Logger, parseCronItems, run, type Runner, type WorkerEvents } from 'graphile-worker'
import { SCHEDULE } from './schedule.ts'
import { tasks } from './tasks.ts'

const CONCURRENT_JOBS = 2
/** One for each job, one that listens for new ones, one for the schedule. */
const CONNECTIONS = CONCURRENT_JOBS + 2

export type Log = (level: 'error' | 'warning' | 'info' | 'debug', message: string) => void

export interface WorkerOptions {
  readonly databaseUrl: string
  /** What the jobs read and write with. Stays open: whoever opened it closes it. */
  readonly repo: Repo
  readonly clock?: () => Date
  readonly log?: Log
}

export interface Worker {
  /** Takes no more jobs, lets those that run come to their end, and closes its connections. */
  stop(): Promise<void>
  /** Done when the worker is: after `stop`, or when it had to give up, which the log then tells. */
  readonly ended: Promise<void>
}

/**
 * Runs the jobs and the schedule until stopped. Its tables live in the schema `graphile_worker`, which it makes and
 * brings up to date; any number of workers may do so at the same time. A connection lost later is made again.
 *
 * @throws the database's error when it cannot be reached or used.
 */
export async function startWorker({
  databaseUrl,
  repo,
  clock = () => new Date(),
  log = () => undefined,
}: WorkerOptions): Promise<Worker> {
  const events: WorkerEvents = new EventEmitter()
  const looked = firstLook(events)
  const runner = await run({
    connectionString: databaseUrl,
    maxPoolSize: CONNECTIONS,
    concurrency: CONCURRENT_JOBS,
    // Signals are the process's own business.
    noHandleSignals: true,
    taskList: tasks({ repo, clock }),
    parsedCronItems: parseCronItems([...SCHEDULE]),
    logger: new Logger(() => log),
    events,
  })
  const worker = workerOf(runner, log)
  try {
    await looked
    return worker
  } catch (error) {
    await worker.stop()
    throw error
  }
}

/**
 * Done when the queue was looked into once. The library keeps the outcome of its first look, a failure too: a worker
 * that loses its connection there would fail to look for as long as it lives.
 */
async function firstLook(events: WorkerEvents): Promise<void> {
  return new Promise((resolve, reject) => {
    events.once('worker:getJob:empty', () => resolve())
    events.once('job:start', () => resolve())
    events.once('worker:getJob:error', ({ error }) => reject(error))
  })
}

function workerOf(runner: Runner, log: Log): Worker {
  let over = false
  let stopping: Promise<void> | undefined
  const ended = runner.promise
    .catch((error: unknown) => log('error', `The worker gave up: ${String(error)}`))
    .finally(() => (over = true))
  return {
    ended,
    stop: async () => {
      // A runner that is over refuses to be stopped.
      if (!over) await (stopping ??= runner.stop())
      await ended
    },
  }
}
