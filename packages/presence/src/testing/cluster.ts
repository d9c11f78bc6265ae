import { type PubSub } from '@showrunner/pubsub'
import { type Diff, type Entry, type Meta } from '../tracker/entry.ts'
import { nameOf } from '../tracker/replica.ts'
import { Shard } from '../tracker/shard.ts'
import { list } from '../tracker/state.ts'
import { timingOf, type Timing } from '../tracker/timing.ts'
import { fakeTime } from './fake-time.ts'
import { seeded, simulatedNetwork } from './simulation.ts'

export const PERIOD_MS = 100
const TOPIC = 'gossip'

/** A tenth of a second where a node has one and a half: it speaks every 300 ms, is down after 600 and gone after 1500. */
export const FAST: Timing = timingOf({
  broadcastPeriodMs: PERIOD_MS,
  maxSilentPeriods: 3,
  permdownPeriodMs: 1_500,
  maxDeltaSizes: [5, 20, 100],
})

export interface Node {
  readonly name: string
  readonly pubsub: PubSub
  readonly shard: Shard
  readonly diffs: Diff[]
  /** What it was told to be there, by the refs. */
  readonly told: Map<string, Entry>
  readonly logged: string[]
}

/** Nodes of one tracker in one test, with what they are supposed to know. */
export class Cluster {
  readonly time = fakeTime()
  readonly random: () => number
  readonly network: ReturnType<typeof simulatedNetwork>
  readonly nodes = new Map<string, Node>()
  /** What went wrong on the way: news that did not fit to what was known. */
  readonly complaints: string[] = []
  readonly refs: string[] = []
  readonly #timing: Timing

  constructor(seed: number, timing: Partial<Timing> = {}) {
    this.random = seeded(seed)
    this.network = simulatedNetwork(this.time, this.random)
    this.#timing = { ...FAST, ...timing }
  }

  start(name: string): Node {
    const pubsub = this.network.node(name)
    const [diffs, told, logged]: [Diff[], Map<string, Entry>, string[]] = [[], new Map(), []]
    const shard = new Shard({
      pubsub,
      time: this.time,
      random: this.random,
      timing: this.#timing,
      topic: TOPIC,
      log: (level, message) => logged.push(`${level}: ${message}`),
      onDiff: (diff) => {
        diffs.push(diff)
        this.#account(name, told, diff)
      },
    })
    const node: Node = { name, pubsub, shard, diffs, told, logged }
    this.nodes.set(name, node)
    return node
  }

  /** As a process that is killed: it says nothing, and what it tracked is with the others. */
  kill(name: string): void {
    this.nodes.get(name)?.shard.stop()
    this.nodes.delete(name)
    this.network.node(name)
  }

  restart(name: string): Node {
    this.kill(name)
    this.time.pass(1)
    return this.start(name)
  }

  async leave(name: string): Promise<void> {
    const node = this.nodes.get(name)
    this.kill(name)
    await node?.shard.goodbye()
  }

  track(
    name: string,
    owner: string,
    topic: string,
    key: string,
    meta: Meta = {},
  ): string | undefined {
    const tracked = this.nodes.get(name)?.shard.track(owner, topic, key, meta)
    if (!tracked?.ok) return undefined
    this.refs.push(tracked.ref)
    return tracked.ref
  }

  update(name: string, owner: string, topic: string, key: string, meta: Meta = {}): void {
    const updated = this.nodes.get(name)?.shard.update(owner, topic, key, meta)
    if (updated?.ok) this.refs.push(updated.ref)
  }

  pass(periods: number): void {
    this.time.pass(periods * PERIOD_MS)
  }

  /** Long enough for all to hear of all, and to give up whoever is gone. */
  settle(): void {
    this.network.heal()
    Object.assign(this.network.weather, { loss: 0, doubling: 0 })
    this.pass(40)
  }

  /** What should be seen everywhere: what each node holds itself. */
  truth(): string[] {
    return [...this.nodes.values()]
      .flatMap(({ shard }) => everything(shard).filter(({ replica }) => replica === shard.replica))
      .map(refOf)
      .sort()
  }

  seenBy(name: string): string[] {
    const node = this.nodes.get(name)
    return node ? everything(node.shard).map(refOf).sort() : []
  }

  #account(name: string, told: Map<string, Entry>, { joins, leaves }: Diff): void {
    for (const entry of joins) {
      if (told.has(refOf(entry))) this.complaints.push(`${name}: ${refOf(entry)} joined twice`)
      told.set(refOf(entry), entry)
    }
    for (const entry of leaves) {
      if (!told.delete(refOf(entry))) this.complaints.push(`${name}: ${refOf(entry)} left twice`)
    }
    const versions = new Map<string, string>()
    for (const { replica } of told.values()) {
      const other = versions.get(nameOf(replica))
      if (other && other !== replica) this.complaints.push(`${name}: ${replica} beside ${other}`)
      versions.set(nameOf(replica), replica)
    }
  }
}

export function refOf({ meta }: Entry): string {
  const ref = meta['phx_ref']
  return typeof ref === 'string' ? ref : ''
}

export function everything({ state }: Shard): Entry[] {
  return state.topics.keys().flatMap((topic) => list(state, topic))
}
