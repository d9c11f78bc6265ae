import { type Live } from '@showrunner/live'
import { JOB_STATES, type JobState, type JobStatus, type ScheduleStatus } from '@showrunner/jobs'
import { addresses } from '../../addresses.ts'
import { moment, type Moment } from '../dates.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { keptPart, type KeptPart } from './kept-part.ts'
import { type Tab, type Tone } from './list-page.ts'
import { en } from '../../words/index.ts'

const { admin } = addresses

/** More than that nobody reads. */
export const MOST_JOBS = 100
const LONGEST_ARGS = 160
const LONGEST_ERROR = 600

/** What waits to be done, is being done, and went wrong; and what the clock starts. */
export interface JobsPage extends AdminPage {
  readonly tabs: readonly Tab[]
  readonly jobs: readonly JobLine[]
  /** Said when there are more than are shown. */
  readonly more: string | null
  readonly empty: string
  readonly schedule: readonly ScheduleLine[]
  /** Nothing where no page is kept. */
  readonly kept: KeptPart | null
}

interface JobLine {
  readonly name: string
  readonly args: string
  readonly badge: { readonly words: string; readonly tone: Tone }
  readonly enqueued: Moment
  /** When it is tried next; not for one that runs, or will not be tried. */
  readonly runs: Moment | null
  readonly tries: string
  readonly error: string | null
  readonly retry: string | null
  readonly remove: string | null
}

interface ScheduleLine {
  readonly name: string
  readonly at: string
  readonly last: Moment | null
  readonly next: Moment | null
}

interface Watched {
  readonly jobs: readonly JobStatus[]
  readonly counts: Readonly<Record<JobState, number>>
  readonly schedule: readonly ScheduleStatus[]
  readonly live: Live | undefined
  /** Undefined for all of them. */
  readonly state: JobState | undefined
}

const STATES: Readonly<Record<JobState, { words: string; tone: Tone }>> = {
  waiting: { words: 'Waiting', tone: 'quiet' },
  running: { words: 'Running', tone: 'good' },
  retrying: { words: 'To be tried again', tone: 'waiting' },
  failed: { words: 'Failed', tone: 'bad' },
}

export function jobsPage(
  frame: AdminFrame,
  { jobs, counts, schedule, live, state }: Watched,
): JobsPage {
  const all = JOB_STATES.reduce((sum, one) => sum + counts[one], 0)
  const total = state === undefined ? all : counts[state]
  return {
    frame,
    tabs: [
      { label: 'All', href: admin.jobs, count: all, isHere: state === undefined },
      ...JOB_STATES.map((one) => ({
        label: STATES[one].words,
        href: `${admin.jobs}?state=${one}`,
        count: counts[one],
        isHere: one === state,
      })),
    ],
    jobs: jobs.map(jobLine),
    more: total > jobs.length ? `These are the first ${jobs.length} of ${total}.` : null,
    empty:
      state === undefined
        ? 'Nothing waits, and nothing went wrong. A job that is done leaves nothing behind.'
        : 'There are none of these.',
    schedule: schedule.map(({ name, at, lastRunAt, nextRunAt }) => ({
      name,
      at,
      last: lastRunAt && moment(lastRunAt, en),
      next: nextRunAt && moment(nextRunAt, en),
    })),
    kept: live ? keptPart(live) : null,
  }
}

function jobLine(job: JobStatus): JobLine {
  const { id, name, args, state, attempts, maxAttempts, error } = job
  const isRunning = state === 'running'
  return {
    name,
    args: shortened(JSON.stringify(args), LONGEST_ARGS),
    badge: STATES[state],
    enqueued: moment(job.enqueuedAt, en),
    runs: isRunning || state === 'failed' ? null : moment(job.runAt, en),
    tries: `${attempts} of ${maxAttempts}`,
    error: error === null ? null : shortened(error, LONGEST_ERROR),
    retry: isRunning ? null : admin.retryJob(Number(id)),
    remove: isRunning ? null : admin.removeJob(Number(id)),
  }
}

function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
