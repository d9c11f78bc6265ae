import { Client } from 'pg'
import { median, printed, ratio, table, type Rate } from '../figures.ts'
import { type Bench } from './bench.ts'
import { startWorker } from './start-worker.ts'
import { verdict } from './verdict.ts'

const WAIT_MS = 5
const SLOW = 'bench_slow'
const TABLES = [
  'podcasts',
  'episodes',
  'people',
  'sponsors',
  'topics',
  'episode_hosts',
  'episode_guests',
  'episode_sponsors',
  'episode_topics',
  'episode_links',
]

/** The episode page where each of its queries waits on the database: branches side by side, beside one after another. */
export async function benchWaiting({ databaseUrl, seconds, rounds, say }: Bench): Promise<string> {
  await execute(databaseUrl, slowTables())
  const slow = slowUrl(databaseUrl)
  const together = startWorker({ kind: 'repo', databaseUrl: slow, inTurn: false })
  const inTurn = startWorker({ kind: 'repo', databaseUrl: slow, inTurn: true })
  const byHand = startWorker({ kind: 'kysely', databaseUrl: slow, inTurn: false })
  const rates: Record<'together' | 'inTurn' | 'byHand', Rate[]> = {
    together: [],
    inTurn: [],
    byHand: [],
  }
  try {
    const load = { seconds, together: 1 }
    say(`Warming up: every query waits ${WAIT_MS} ms`)
    for (const worker of [together, inTurn, byHand]) await worker.rate('page', load)
    for (let round = 1; round <= rounds; round += 1) {
      say(`Round ${round} of ${rounds}`)
      rates.together.push(await together.rate('page', load))
      rates.inTurn.push(await inTurn.rate('page', load))
      rates.byHand.push(await byHand.rate('page', load))
    }
    return report(rates)
  } finally {
    for (const worker of [together, inTurn, byHand]) worker.stop()
    await execute(databaseUrl, `drop schema ${SLOW} cascade`)
  }
}

function report({
  together,
  inTurn,
  byHand,
}: Record<'together' | 'inTurn' | 'byHand', Rate[]>): string {
  const milliseconds = (rates: readonly Rate[]) =>
    median(rates.map(({ perSecond }) => 1000 / perSecond)).toFixed(1)
  // Half the time is twice the rate.
  const times = ratio(inTurn, together)
  return table([
    [`episode page, each query waits ${WAIT_MS} ms`, 'ms', 'of the time in turn', 'at most'],
    [
      'showrunner, branches in parallel',
      milliseconds(together),
      printed(times),
      verdict(times, { atMost: 0.6 }),
    ],
    ['showrunner, one branch after another', milliseconds(inTurn), '', ''],
    ['kysely by hand, Promise.all', milliseconds(byHand), printed(ratio(inTurn, byHand)), ''],
  ])
}

/** Views under the names of the tables, in front of them on the path, that sleep once before they give anything. */
function slowTables(): string {
  const views = TABLES.map(
    (name) => `
      create view ${SLOW}.${name} as
      with waited as materialized (select pg_sleep(${WAIT_MS / 1000}))
      select ${name}.* from waited, public.${name};`,
  )
  return `drop schema if exists ${SLOW} cascade; create schema ${SLOW}; ${views.join('')}`
}

function slowUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.searchParams.set('options', `-c search_path=${SLOW},public -c TimeZone=UTC -c DateStyle=ISO`)
  return url.href
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
