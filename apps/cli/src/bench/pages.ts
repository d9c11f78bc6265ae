import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { Pool } from 'pg'
import { median, middle, printed, ratio, table } from './figures.ts'
import { type Load } from './load.ts'
import { EPISODE, PODCAST, seedNetwork } from './seed.ts'
import { benchMorphs } from './morphs.ts'
import { benchOpenPages } from './open-pages.ts'
import { benchRecording } from './recording.ts'
import { startServer, type BenchServer } from './start-server.ts'
import { type Role } from './server.ts'
import { take, type Taken, type TakenTime } from './take.ts'

export interface PagesBench extends Load {
  readonly rounds: number
  /** A migrated, empty database. */
  readonly databaseUrl: string
  readonly assetsDir: string
  readonly say: (line: string) => void
}

interface Subject extends Taken {
  readonly name: string
  readonly rounds: TakenTime[]
}

/** Measures the pages and their yardsticks in turn, round after round, and gives the table. */
export async function benchPages(bench: PagesBench): Promise<string> {
  bench.say('Loading 2,000 episodes')
  const pool = new Pool({ connectionString: bench.databaseUrl })
  await seedNetwork(pool)
  const servers: BenchServer[] = []
  try {
    const subjects = await startSubjects(bench, servers)
    await runRounds(subjects, bench)
    const recording = await benchRecording(named(subjects, MADE), bench)
    bench.say('Opening 1,000 pages')
    const { origin } = new URL(named(subjects, EPISODE_PAGE).url)
    const morphs = await benchMorphs({ site: origin, pool })
    bench.say('Opening pages of 300 episodes')
    const { databaseUrl, assetsDir } = bench
    const quiet = await startServer({ kind: 'site', databaseUrl, assetsDir, body: '', type: '' })
    servers.push(quiet)
    const open = await benchOpenPages(quiet)
    return [await report(subjects), recording, morphs, open, ''].join('\n\n')
  } finally {
    await pool.end()
    for (const server of servers) server.stop()
  }
}

async function startSubjects(
  { databaseUrl, assetsDir }: PagesBench,
  servers: BenchServer[],
): Promise<Subject[]> {
  const start = async (kind: Role['kind'], body = '', type = '') => {
    const server = await startServer({ kind, databaseUrl, assetsDir, body, type })
    servers.push(server)
    return server
  }
  const page = `/${PODCAST}/${EPISODE}`
  const feed = `/${PODCAST}/feed`
  const site = await start('site')
  const bare = async (path: string) => {
    const response = await fetch(site.url + path)
    return start('bare', await response.text(), response.headers.get('content-type') ?? '')
  }
  const known = (await fetch(site.url + page)).headers.get('etag') ?? ''
  const unchanged = { headers: { 'if-none-match': known }, status: 304 }
  const made = await start('site, made anew')
  const subject = (
    name: string,
    server: BenchServer,
    path: string,
    taken: Partial<Taken> = {},
  ): Subject => ({ name, server, url: server.url + path, rounds: [], ...taken })

  return [
    subject(BARE, await bare(page), ''),
    subject(EPISODE_PAGE, site, page),
    subject('the same, to who has it (304)', site, page, unchanged),
    subject('the same, as brotli', site, page, { headers: { 'accept-encoding': 'br' } }),
    subject(BARE_FEED, await bare(feed), ''),
    subject(FEED, site, feed),
    subject(BY_HAND, await start('by hand'), page),
    subject(PREPARED, await start('by hand, prepared'), page),
    subject(MADE, made, page),
    subject(IN_TURN, await start('site in turn'), page),
    subject('the podcast page made, 50 episodes', made, `/${PODCAST}`),
    subject('the feed made, 300 items', made, feed),
  ]
}

const BARE = 'a bare Fastify route, the bytes of the episode page'
const EPISODE_PAGE = 'the episode page, kept'
const BARE_FEED = 'a bare Fastify route, the bytes of the feed'
const FEED = 'the feed of 300 items, kept'
const BY_HAND = 'the episode page by hand, 13 queries'
const PREPARED = 'the same, with prepared statements'
const MADE = 'the episode page, made each time'
const IN_TURN = 'the same, one preload after another'

async function runRounds(subjects: readonly Subject[], bench: PagesBench): Promise<void> {
  // Until what every answer passes is compiled for good.
  bench.say('Warming up')
  for (const subject of subjects) await take(subject, { ...bench, seconds: 5 * bench.seconds })

  for (let round = 1; round <= bench.rounds; round += 1) {
    bench.say(`Round ${round} of ${bench.rounds}`)
    // Whoever comes after another would else always be the one who does.
    const inTurn = round % 2 === 1 ? subjects : subjects.toReversed()
    for (const subject of inTurn) subject.rounds.push(await take(subject, bench))
  }
}

async function report(subjects: readonly Subject[]): Promise<string> {
  const bytes = await Promise.all(
    subjects.map(async ({ url }) => (await (await fetch(url)).arrayBuffer()).byteLength),
  )
  const rows = subjects.map(({ name, rounds }, index) => [
    name,
    ((bytes[index] ?? 0) / 1000).toFixed(1),
    median(rounds.map(({ perSecond }) => perSecond)).toFixed(0),
    median(rounds.map(({ p50 }) => p50)).toFixed(1),
    median(rounds.map(({ p99 }) => p99)).toFixed(1),
    middle(
      rounds.map(({ busy }) => busy),
      2,
    ),
    ...[BARE, BARE_FEED, BY_HAND].map((name) =>
      printed(ratio(rounds, named(subjects, name).rounds)),
    ),
  ])
  const heading = [
    '',
    'kB',
    'req/s',
    'p50 ms',
    'p99 ms',
    'busy ms',
    'of bare',
    'of bare feed',
    'of by hand',
  ]

  return `${table([heading, ...rows])}\n${machine()}\n`
}

function named(subjects: readonly Subject[], name: string): Subject {
  const subject = subjects.find((one) => one.name === name)
  if (!subject) throw new Error(`nothing is measured as "${name}"`)
  return subject
}

function machine(): string {
  const { version } = createRequire(import.meta.url)('fastify/package.json') as { version: string }
  return `Node ${process.versions.node}, Fastify ${version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}; medians of the rounds, ratios round by round with their spread; busy: processor time of the server for each answer.`
}
