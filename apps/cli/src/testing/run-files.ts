import { resolve } from 'node:path'
import { type EventData, run } from 'node:test'
import { spec } from 'node:test/reporters'
import { ROOT } from '../root.ts'
import { counter, type Outcome, type Tally } from './tally.ts'

const TIMEOUT_MS = 10 * 60_000
/** Two at a time, on any machine: browser tests beside more of the like run out of time. */
const CONCURRENCY = 2

/** Runs test files, each in a process of its own, and shows what they say. */
export async function runFiles(files: readonly string[], signal: AbortSignal): Promise<Tally> {
  const counted = counter()
  const stream = run({
    files: [...files],
    cwd: ROOT,
    concurrency: CONCURRENCY,
    isolation: 'process',
    timeout: TIMEOUT_MS,
    signal,
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      `--import=${import.meta.resolve('./end-with-parent.ts')}`,
    ],
  })
  stream.on('test:pass', (event) => counted.count(outcome(event, true)))
  stream.on('test:fail', (event) => counted.count(outcome(event, false)))
  for await (const chunk of stream.compose(new spec())) process.stdout.write(String(chunk))
  return counted.tally
}

function outcome(event: EventData.TestPass | EventData.TestFail, ok: boolean): Outcome {
  const { name, file, nesting, details, skip, todo } = event
  return {
    ok,
    nesting,
    isFile: nesting === 0 && file === resolve(ROOT, name),
    isSuite: details.type === 'suite',
    isSkipped: skip !== undefined || todo !== undefined,
    isEcho: 'error' in details && isEcho(details.error),
  }
}

function isEcho(error: Error): boolean {
  return 'failureType' in error && error.failureType === 'subtestsFailed'
}
