import { table, middle, times, type Costs } from '../figures.ts'
import { type ChannelsBench } from './bench.ts'
import { startClients, startServer } from './processes.ts'
import { SUBJECTS, TITLES, type Subject } from './subjects.ts'

/** Joined and left before it is measured, so that code and pools are there. */
const WARM_UP = 500
const KIB = 1024

interface Weights {
  readonly rss: number[]
  readonly heap: number[]
}

/** What a connection weighs that has joined a topic and says nothing: in the memory of the process, and on V8's heap. */
export async function benchMemory({ connections, rounds, say }: ChannelsBench): Promise<string> {
  const weights = new Map<Subject, Weights>(SUBJECTS.map((name) => [name, { rss: [], heap: [] }]))
  for (let round = 1; round <= rounds; round += 1) {
    say(`Memory, round ${round} of ${rounds}`)
    for (const [subject, { rss, heap }] of weights) {
      const weight = await weigh(subject, connections)
      rss.push(weight.rss)
      heap.push(weight.heap)
    }
  }
  const of = (kind: keyof Weights): Costs => weights.get('ws')?.[kind] ?? []
  const rows = SUBJECTS.map((subject) => {
    const { rss = [], heap = [] } = weights.get(subject) ?? {}
    return [
      TITLES[subject],
      middle(rss),
      times(rss, of('rss')),
      middle(heap),
      times(heap, of('heap')),
    ]
  })
  const heading = [
    `an idle connection of ${connections.toLocaleString('en')}`,
    'RSS KiB',
    'of ws',
    'heap KiB',
    'of ws',
  ]
  return table([heading, ...rows])
}

/** In a new process, as memory that was given back may be taken again unseen. */
async function weigh(subject: Subject, count: number) {
  const [server, early, clients] = await Promise.all([
    startServer(subject),
    startClients(),
    startClients(),
  ])
  try {
    await early.connect(server.port, subject, WARM_UP)
    await early.join()
    early.stop()
    await settled()
    const before = await server.memory()
    await clients.connect(server.port, subject, count)
    await clients.join()
    await settled()
    const after = await server.memory()
    return {
      rss: (after.rss - before.rss) / count / KIB,
      heap: (after.heap - before.heap) / count / KIB,
    }
  } finally {
    for (const one of [early, clients, server]) one.stop()
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 500))
}
