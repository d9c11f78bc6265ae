import { median, printed, ratio, table, type Rate, middle, times } from '../figures.ts'
import { type ChannelsBench } from './bench.ts'
import { startPair, stopPairs, type Pair } from './processes.ts'
import { SUBJECTS, TITLES } from './subjects.ts'

const TURNS = 8

interface Echoing extends Pair {
  readonly rates: Rate[]
  /** Microseconds of the server's processor for one. */
  readonly busy: number[]
}

/** How many questions are answered in a second, where each client asks the next when it was answered. */
export async function benchEcho({
  connections,
  rounds,
  seconds,
  say,
}: ChannelsBench): Promise<string> {
  const pairs: Echoing[] = []
  try {
    for (const subject of SUBJECTS) {
      pairs.push({ ...(await startPair(subject, connections)), rates: [], busy: [] })
    }
    for (const { clients } of pairs) await clients.echo(Math.min(1, seconds))
    for (let round = 1; round <= rounds; round += 1) {
      say(`Echo, round ${round} of ${rounds}`)
      await runRound(pairs, seconds)
    }
    return report(pairs, connections)
  } finally {
    stopPairs(pairs)
  }
}

/** In short turns, so that whatever else the machine does falls on all of them. */
async function runRound(pairs: readonly Echoing[], seconds: number): Promise<void> {
  const sums = new Map(pairs.map((pair) => [pair, { trips: 0, seconds: 0, busyMs: 0 }]))
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [{ server, clients }, sum] of sums) {
      const before = await server.usage()
      const echoed = await clients.echo(seconds / TURNS)
      const after = await server.usage()
      sum.trips += echoed.trips
      sum.seconds += echoed.seconds
      sum.busyMs += after.busyMs - before.busyMs
    }
  }
  for (const [{ rates, busy }, sum] of sums) {
    rates.push({ perSecond: sum.trips / sum.seconds })
    busy.push((sum.busyMs * 1000) / sum.trips)
  }
}

function report(pairs: readonly Echoing[], count: number): string {
  const bare = pairs.find(({ subject }) => subject === 'ws')
  const rows = pairs.map(({ subject, rates, busy }) => [
    TITLES[subject],
    median(rates.map(({ perSecond }) => perSecond)).toFixed(0),
    printed(ratio(rates, bare?.rates ?? [])),
    middle(busy),
    times(busy, bare?.busy ?? []),
  ])
  const heading = [`echoes over ${count} sockets`, 'per second', 'of ws', 'server µs', 'of ws']
  return table([heading, ...rows])
}
