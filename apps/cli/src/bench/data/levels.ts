import { median, table } from '../figures.ts'
import { type Bench } from './bench.ts'
import { startWorker } from './start-worker.ts'
import { type Kind } from './subject.ts'
import { type Loaded } from './task.ts'
import { verdict } from './verdict.ts'

const SIZES = [250, 500, 1000]
const WARM_UPS = 2
const KINDS = ['repo', 'kysely', 'pg'] as const satisfies readonly Kind[]
/** An episode of the bench has one transcript of 24 cues, and 200 people say them all. */
const rowsOf = (parents: number) => parents * 26 + 200

/** Three levels below ever more parents: what a row takes, and what the heap holds of it. */
export async function benchLevels({ databaseUrl, rounds, say }: Bench): Promise<string> {
  const subjects = KINDS.flatMap((kind) => {
    const worker = startWorker({ kind, databaseUrl, inTurn: false })
    return SIZES.map((parents) => ({ kind, worker, parents, loaded: [] as Loaded[] }))
  })
  try {
    for (let round = 1 - WARM_UPS; round <= rounds; round += 1) {
      say(round < 1 ? 'Warming up: three levels' : `Round ${round} of ${rounds}`)
      for (const { worker, parents, loaded } of subjects) {
        const found = await worker.levels(parents)
        if (round >= 1) loaded.push(found)
      }
    }
    return report(subjects)
  } finally {
    for (const { worker } of subjects) worker.stop()
  }
}

interface Subject {
  readonly kind: Kind
  readonly parents: number
  readonly loaded: readonly Loaded[]
}

function report(subjects: readonly Subject[]): string {
  const lines = subjects.map(({ kind, parents, loaded }) => {
    const rows = rowsOf(parents)
    const milliseconds = median(loaded.map((one) => one.milliseconds))
    const bytes = median(loaded.map((one) => one.bytes))
    return [
      `${kind === 'repo' ? 'showrunner' : kind}, ${parents} episodes`,
      String(rows),
      milliseconds.toFixed(1),
      ((milliseconds / rows) * 1000).toFixed(2),
      (bytes / 1e6).toFixed(1),
      (bytes / rows).toFixed(0),
    ]
  })
  const heading = [
    'episodes, transcripts, cues, people',
    'rows',
    'ms',
    'µs a row',
    'MB held',
    'bytes a row',
  ]
  return `${table([heading, ...lines])}${linear(subjects)}\n`
}

/** Whether a row of many takes what a row of few takes. */
function linear(subjects: readonly Subject[]): string {
  const each = (parents: number) => {
    const ours =
      subjects.find((one) => one.kind === 'repo' && one.parents === parents)?.loaded ?? []
    return median(ours.map(({ milliseconds }) => milliseconds)) / rowsOf(parents)
  }
  const [few = 0] = SIZES
  const many = SIZES.at(-1) ?? 0
  const middle = each(many) / each(few)
  return `A row among ${many} episodes takes ${middle.toFixed(2)} of one among ${few}; linear is 1, at most ${verdict({ middle }, { atMost: 1.25 })}.`
}
