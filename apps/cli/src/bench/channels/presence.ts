import { median, table } from '../figures.ts'
import { type ChannelsBench } from './bench.ts'
import { benchMerge } from './merge.ts'
import { startClients, startServer, type Clients } from './processes.ts'
import { type Told } from './presences-told.ts'

const SHARES = [0.25, 0.5, 1]
/** Of the presence, unless it is told another: within it changes are told together. */
const PERIOD_MS = 500

/** Many join one topic at once, where each is told of everybody: how often, and how much. And how long lists are merged. */
export async function benchPresence(bench: ChannelsBench): Promise<string> {
  const rows: string[][] = []
  for (const share of SHARES) {
    const count = Math.max(1, Math.round(bench.connections * share))
    bench.say(`Presence, ${count} clients`)
    const rounds: Crowd[] = []
    for (let round = 0; round < bench.rounds; round++) rounds.push(await gather(count))
    rows.push(rowOf(count, rounds))
  }
  const heading = [
    'clients join at once',
    'ms',
    'periods',
    'diffs',
    'kB to each',
    'B to each, per join',
    'told of each: first',
    'last',
  ]
  return `${table([heading, ...rows])}\n${await benchMerge(bench)}`
}

interface Crowd {
  readonly joinedMs: number
  readonly diffs: number
  readonly told: Told
}

async function gather(count: number): Promise<Crowd> {
  const [server, clients] = await Promise.all([startServer('channels'), startClients()])
  try {
    await clients.connect(server.port, 'presence', count)
    const from = performance.now()
    await clients.join()
    const joinedMs = performance.now() - from
    const told = await whenAllKnow(clients, count)
    const { diffs } = await server.usage()
    return { joinedMs, diffs, told }
  } finally {
    clients.stop()
    server.stop()
  }
}

/** A period after everybody is known nothing more is told, or it would be too much. */
async function whenAllKnow(clients: Clients, count: number): Promise<Told> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 2 * PERIOD_MS))
    const before = await clients.told()
    if (before.first.known < count || before.last.known < count) continue
    await new Promise((resolve) => setTimeout(resolve, 2 * PERIOD_MS))
    const after = await clients.told()
    if (after.texts === before.texts) return after
  }
}

function rowOf(count: number, rounds: readonly Crowd[]): string[] {
  const of = (figure: (crowd: Crowd) => number) => median(rounds.map(figure))
  return [
    count.toLocaleString('en'),
    of(({ joinedMs }) => joinedMs).toFixed(0),
    of(({ joinedMs }) => Math.ceil(joinedMs / PERIOD_MS)).toFixed(0),
    of(({ diffs }) => diffs).toFixed(0),
    of(({ told }) => told.bytes / count / 1000).toFixed(1),
    of(({ told }) => told.bytes / count / count).toFixed(0),
    `${of(({ told }) => told.first.tellings / count).toFixed(2)} times`,
    `${of(({ told }) => told.last.tellings / count).toFixed(2)} times`,
  ]
}
