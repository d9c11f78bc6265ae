import { median, printed, ratio, table, type Ratio } from '../figures.ts'
import { startWorker, type Worker } from './start-worker.ts'
import { type Bench } from './bench.ts'
import { type Kind, type Work } from './subject.ts'
import { type Pace } from './task.ts'
import { verdict } from './verdict.ts'

const KINDS = ['repo', 'kysely', 'pg', 'pg, prepared'] as const satisfies readonly Kind[]
const TOGETHER = [1, 16]

/** What is measured: some work, by one or by several at once. */
interface Measurement {
  readonly work: Work
  readonly together: number
  readonly rounds: { readonly [kind in Kind]: Pace[] }
}

const NAMES: Readonly<Record<Work, string>> = {
  get: 'get',
  all: 'all of 100 rows',
  insert: 'insert through a changeset',
  update: 'update through a changeset',
  page: 'episode page',
}

/** The least that is asked, of what Kysely does by hand. */
const GOALS: Readonly<Record<Work, number>> = {
  get: 0.8,
  all: 0.8,
  insert: 0.8,
  update: 0.8,
  page: 0.85,
}

/** How often each way does these works in a second, in turn, round after round. */
export async function benchOperations(works: readonly Work[], bench: Bench): Promise<string> {
  const workers = KINDS.map((kind) => ({
    kind,
    worker: startWorker({ kind, databaseUrl: bench.databaseUrl, inTurn: false }),
  }))
  try {
    const measurements = works.flatMap((work) =>
      TOGETHER.map((together) => measurementOf(work, together)),
    )
    await runRounds(measurements, workers, bench)
    const rates = table([heading(), ...measurements.map(lineOf)])
    const cpu = table([
      ['µs of processor each', 'showrunner', ...KINDS.slice(1)],
      ...measurements.map(cpuOf),
    ])
    return `${rates}\n${cpu}${await notes(works, workers)}`
  } finally {
    for (const { worker } of workers) worker.stop()
  }
}

function measurementOf(work: Work, together: number): Measurement {
  return { work, together, rounds: { repo: [], kysely: [], pg: [], 'pg, prepared': [] } }
}

type Workers = readonly { readonly kind: Kind; readonly worker: Worker }[]

async function runRounds(
  measurements: readonly Measurement[],
  workers: Workers,
  { seconds, rounds, say }: Bench,
): Promise<void> {
  for (const { work, together } of measurements) {
    say(`Warming up: ${NAMES[work]}`)
    for (const { worker } of workers) await worker.rate(work, { seconds, together })
  }
  for (let round = 1; round <= rounds; round += 1) {
    say(`Round ${round} of ${rounds}`)
    // Whoever comes first in one round comes last in the next.
    const order = round % 2 === 0 ? workers.toReversed() : workers
    for (const measurement of measurements) {
      for (const { kind, worker } of order) {
        measurement.rounds[kind].push(
          await worker.rate(measurement.work, { seconds, together: measurement.together }),
        )
      }
    }
  }
}

function heading(): string[] {
  return [
    'a second',
    'showrunner',
    ...KINDS.slice(1),
    ...KINDS.slice(1).map((kind) => `of ${kind}`),
    'of kysely, at least',
  ]
}

function lineOf({ work, together, rounds }: Measurement): string[] {
  const ratioTo = (kind: Kind): Ratio => ratio(rounds.repo, rounds[kind])
  return [
    nameOf({ work, together }),
    ...KINDS.map((kind) => median(rounds[kind].map(({ perSecond }) => perSecond)).toFixed(0)),
    ...KINDS.slice(1).map((kind) => printed(ratioTo(kind))),
    verdict(ratioTo('kysely'), { atLeast: GOALS[work] }),
  ]
}

/** What a busy machine changes less than it changes rates. */
function cpuOf({ rounds, ...measurement }: Measurement): string[] {
  const each = KINDS.map((kind) => median(rounds[kind].map(({ cpu }) => cpu)).toFixed(0))
  return [nameOf(measurement), ...each]
}

function nameOf({ work, together }: Pick<Measurement, 'work' | 'together'>): string {
  return `${NAMES[work]}, ${together === 1 ? 'one at a time' : `${together} at once`}`
}

async function notes(works: readonly Work[], workers: Workers): Promise<string> {
  const lines = [
    'Of the process alone, without its database.',
    'By hand nothing is cast, checked or merged: values go in as they are, rows come back as pg makes them.',
  ]
  if (works.includes('page')) {
    const counts = await Promise.all(
      workers.map(async ({ kind, worker }) => `${kind} ${await worker.statements('page')}`),
    )
    lines.push(
      `Statements of an episode page, which by hand leave with Promise.all: ${counts.join(', ')}.`,
    )
  }
  return `${lines.join('\n')}\n`
}
