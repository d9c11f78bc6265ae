import { EventEmitter } from 'node:events'
import { type Repo } from '@showrunner/data'
import { Logger, parseCronItems, run, type Runner, type WorkerEvents } from 'graphile-worker'
import { Pool } from 'pg'
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
  const pool = openPool(databaseUrl)
  const runner = await run({
    pgPool: pool,
    concurrency: CONCURRENT_JOBS,
    // Signals are the process's own business.
    noHandleSignals: true,
    taskList: tasks({ repo, clock }),
    parsedCronItems: parseCronItems([...SCHEDULE]),
    logger: new Logger(() => log),
    events,
  }).catch(async (error: unknown) => {
    await pool.end()
    throw error
  })
  const worker = workerOf(runner, pool, log)
  try {
    await looked
    return worker
  } catch (error) {
    await worker.stop()
    throw error
  }
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

function workerOf(runner: Runner, pool: Pool, log: Log): Worker {
  let over = false
  let stopping: Promise<void> | undefined
  const untilOver = async () => {
    try {
      await runner.promise
    } catch (error) {
      log('error', `The worker gave up: ${String(error)}`)
    }
    over = true
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
