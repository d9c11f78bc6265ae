import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { childEnv } from '../../env.ts'
import { median, printed, ratio, table } from '../figures.ts'
import { type Bench } from './bench.ts'
import { verdict } from './verdict.ts'

const TESTS = 400
const TOGETHER = 16
const WAYS = ['sandbox', 'committed', 'cleaned'] as const
type Way = (typeof WAYS)[number]

const NAMES: Readonly<Record<Way, string>> = {
  sandbox: 'each in a sandbox',
  committed: 'no sandbox, all rows committed and left',
  cleaned: 'no sandbox, each test deletes its rows',
}

/** A file of database tests with sandboxes and without. Its time begins when its modules are loaded. */
export async function benchTests({ databaseUrl, rounds, say }: Bench): Promise<string> {
  const times: Record<Way, number[]> = { sandbox: [], committed: [], cleaned: [] }
  for (let round = 0; round <= rounds; round += 1) {
    say(round === 0 ? `Warming up: ${TESTS} tests` : `Round ${round} of ${rounds}`)
    for (const way of WAYS) {
      const milliseconds = await runFile(way, databaseUrl)
      if (round > 0) times[way].push(milliseconds)
    }
  }
  return report(times)
}

async function runFile(way: Way, databaseUrl: string): Promise<number> {
  await empty(databaseUrl)
  const file = fileURLToPath(new URL('tests-file.ts', import.meta.url))
  const child = fork(file, [way, String(TESTS), String(TOGETHER), databaseUrl], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: childEnv({ TEST_DATABASE_URL: databaseUrl }),
  })
  let said = ''
  child.stdout?.on('data', (chunk) => (said += String(chunk)))
  child.stderr?.on('data', (chunk) => (said += String(chunk)))
  let started = performance.now()
  child.once('message', () => (started = performance.now()))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`the tests of the bench failed:\n${said}`)
  return performance.now() - started
}

async function empty(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('truncate podcasts, people restart identity cascade; analyze')
  await client.end()
}

function report(times: Readonly<Record<Way, readonly number[]>>): string {
  const asRates = (way: Way) => times[way].map((milliseconds) => ({ perSecond: 1 / milliseconds }))
  // As rates they compare the other way round: whoever takes half the time has twice the rate.
  const against = (way: Way) => ratio(asRates(way), asRates('sandbox'))
  const milliseconds = (way: Way) => median(times[way]).toFixed(0)
  return `${table([
    [`${TESTS} database tests, ${TOGETHER} at once`, 'ms', 'sandbox takes', 'at most'],
    [NAMES.sandbox, milliseconds('sandbox'), '', ''],
    [
      NAMES.committed,
      milliseconds('committed'),
      printed(against('committed')),
      verdict(against('committed'), { atMost: 1.5 }),
    ],
    [NAMES.cleaned, milliseconds('cleaned'), printed(against('cleaned')), ''],
  ])}A test is 11 statements on 10 pooled connections, or on the one of its sandbox; a sandbox's time has the copying and dropping of its database in it.\n`
}
