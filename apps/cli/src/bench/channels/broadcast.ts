import { median, table, middle, times } from '../figures.ts'
import { type ChannelsBench } from './bench.ts'
import { startPair, stopPairs, type Pair } from './processes.ts'
import { SUBJECTS, TEXT, TITLES } from './subjects.ts'

const IN_A_ROUND = 15
const WARM_UP = 10

interface Told extends Pair {
  /** How many texts its clients have got. */
  texts: number
  readonly last: number[]
  readonly busy: number[]
}

/** How long a broadcast takes to its last receiver, and what it takes of the server's processor. */
export async function benchBroadcast({ connections, rounds, say }: ChannelsBench): Promise<string> {
  const pairs: Told[] = []
  try {
    for (const subject of SUBJECTS) {
      const pair = await startPair(subject, connections)
      pairs.push({ ...pair, texts: 0, last: [], busy: [] })
    }
    for (let time = 0; time < WARM_UP; time++) {
      for (const pair of pairs) await tell(pair, connections)
    }
    for (let round = 1; round <= rounds; round += 1) {
      say(`Broadcast, round ${round} of ${rounds}`)
      await runRound(pairs, connections)
    }
    return report(pairs, connections)
  } finally {
    stopPairs(pairs)
  }
}

/** One broadcast of each in turn, so that whatever else the machine does falls on all of them; each comes after each. */
async function runRound(pairs: readonly Told[], count: number): Promise<void> {
  const took = new Map(pairs.map((pair) => [pair, { last: [] as number[], busy: [] as number[] }]))
  for (let time = 0; time < IN_A_ROUND; time++) {
    for (const [pair, { last, busy }] of turned([...took], time)) {
      const before = await pair.server.usage()
      last.push(await tell(pair, count))
      busy.push((await pair.server.usage()).busyMs - before.busyMs)
    }
  }
  for (const [pair, { last, busy }] of took) {
    pair.last.push(median(last))
    pair.busy.push(median(busy))
  }
}

function turned<T>(all: readonly T[], time: number): T[] {
  const order = time % 2 === 0 ? all : all.toReversed()
  const at = time % all.length
  return [...order.slice(at), ...order.slice(0, at)]
}

async function tell(pair: Told, count: number): Promise<number> {
  pair.texts += count
  const [from, until] = await Promise.all([
    pair.server.broadcast(TEXT),
    pair.clients.hear(pair.texts),
  ])
  return until.at - from.at
}

function report(pairs: readonly Told[], count: number): string {
  const bare = pairs.find(({ subject }) => subject === 'ws')
  const rows = pairs.map(({ subject, last, busy }) => [
    TITLES[subject],
    middle(last),
    times(last, bare?.last ?? []),
    middle(busy),
    times(busy, bare?.busy ?? []),
  ])
  const heading = [
    `100 bytes to ${count.toLocaleString('en')} clients`,
    'last ms',
    'of ws',
    'server ms',
    'of ws',
  ]
  return table([heading, ...rows])
}
