import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { Cluster, everything, refOf } from '../testing/cluster.ts'
import { runs } from '../testing/env.ts'
import { contiguous } from './dots.ts'
import { type Shard } from './shard.ts'

const NAMES = ['a', 'b', 'c']

type Event =
  | { readonly do: 'track' | 'untrack' | 'update'; readonly who: number; readonly what: number }
  | { readonly do: 'untrackAll'; readonly who: number; readonly what: number }
  | { readonly do: 'pass'; readonly periods: number }
  | { readonly do: 'cut' | 'heal' | 'restart' | 'kill' | 'leave'; readonly who: number }
  | {
      readonly do: 'weather'
      readonly loss: number
      readonly doubling: number
      readonly delay: number
    }

const who = fc.nat({ max: NAMES.length - 1 })
const what = fc.nat({ max: 7 })

const doings = {
  weight: 8,
  arbitrary: fc.record({ do: fc.constantFrom('track', 'track', 'untrack', 'update'), who, what }),
}
const endings = {
  weight: 1,
  arbitrary: fc.record({ do: fc.constant('untrackAll' as const), who, what }),
}
const waits = {
  weight: 4,
  arbitrary: fc.record({ do: fc.constant('pass' as const), periods: fc.nat({ max: 9 }) }),
}
const splits = { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('cut', 'heal'), who }) }
const fates = {
  weight: 1,
  arbitrary: fc.record({ do: fc.constantFrom('restart', 'kill', 'leave'), who }),
}
const storms = {
  weight: 1,
  arbitrary: fc.record({
    do: fc.constant('weather' as const),
    loss: fc.constantFrom(0, 0.2, 0.6),
    doubling: fc.constantFrom(0, 0.3),
    delay: fc.constantFrom(0, 50, 350),
  }),
}

const anything: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(doings, endings, waits, splits, fates, storms),
  { minLength: 10, maxLength: 60, size: 'max' },
)

/** Messages overtake each other and come twice, but none is lost and nobody goes. */
const fair: fc.Arbitrary<readonly Event[]> = fc.array(fc.oneof(doings, endings, waits), {
  minLength: 10,
  maxLength: 60,
  size: 'max',
})

async function happen(cluster: Cluster, event: Event): Promise<void> {
  if (event.do === 'pass') return cluster.pass(event.periods)
  if (event.do === 'heal') return cluster.network.heal()
  if (event.do === 'weather') {
    const { loss, doubling, delay: delayMs } = event
    return void Object.assign(cluster.network.weather, { loss, doubling, delayMs })
  }
  const name = NAMES[event.who] ?? ''
  if (event.do === 'cut')
    return cluster.network.cut(name, NAMES[(event.who + 1) % NAMES.length] ?? '')
  if (event.do === 'restart') return void cluster.restart(name)
  if (event.do === 'kill') return cluster.kill(name)
  if (!('what' in event)) return cluster.leave(name)
  const [owner, topic, key] = [
    `${name}${event.what & 1}`,
    `topic${(event.what >> 1) & 1}`,
    `key${event.what >> 2}`,
  ]
  if (event.do === 'track') cluster.track(name, owner, topic, key)
  else if (event.do === 'update') cluster.update(name, owner, topic, key)
  else if (event.do === 'untrack') cluster.nodes.get(name)?.shard.untrack(owner, topic, key)
  else cluster.nodes.get(name)?.shard.untrackAll(owner)
}

async function afterAll(seed: number, events: readonly Event[]): Promise<Cluster> {
  const cluster = new Cluster(seed)
  for (const name of NAMES) cluster.start(name)
  for (const event of events) await happen(cluster, event)
  cluster.network.weather.delayMs = Math.min(cluster.network.weather.delayMs, 50)
  cluster.settle()
  return cluster
}

describe('gossip, whatever happens to nodes and messages', () => {
  it('P4, P5, P11, P15, P16: ends with all seeing what each node tracks, and every change was told once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), anything, async (seed, events) => {
        const cluster = await afterAll(seed, events)

        for (const [name, { told }] of cluster.nodes) {
          assert.deepEqual(cluster.seenBy(name), cluster.truth(), `what ${name} sees`)
          assert.deepEqual([...told.keys()].sort(), cluster.seenBy(name), `what ${name} was told`)
        }
        assert.deepEqual(cluster.complaints, [])
        assert.equal(new Set(cluster.refs).size, cluster.refs.length)
      }),
      runs(1_000),
    )
  })

  it('P6: in fair weather nobody leaves who has not left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fair, async (seed, events) => {
        const cluster = new Cluster(seed)
        Object.assign(cluster.network.weather, { doubling: 0.3, delayMs: 150 })
        for (const name of NAMES) cluster.start(name)
        cluster.pass(5)
        for (const event of events) {
          await happen(cluster, event)
          const truth = new Set(cluster.truth())
          for (const { diffs } of cluster.nodes.values()) {
            const gone = diffs.splice(0).flatMap(({ leaves }) => leaves.map(refOf))
            assert.deepEqual(
              gone.filter((ref) => truth.has(ref)),
              [],
            )
          }
        }
      }),
      runs(500),
    )
  })

  it('P14: keeps nothing of those who left, but how far they have been heard', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), anything, async (seed, events) => {
        const cluster = await afterAll(seed, events)
        for (const { shard } of cluster.nodes.values()) {
          for (const { owner } of everything(shard)) shard.untrackAll(owner)
        }
        cluster.pass(40)

        for (const { shard } of cluster.nodes.values()) assertEmpty(shard, cluster)
      }),
      runs(300),
    )
  })
})

function assertEmpty({ state }: Shard, cluster: Cluster): void {
  assert.deepEqual([state.topics.size, state.owners.size, state.shadowed.length], [0, 0, 0])
  assert.ok([...state.held.values()].every(({ size }) => size === 0))
  assert.equal(state.seen.size, cluster.nodes.size)
  for (const dots of state.seen.values())
    assert.ok(dots.length === 0 || contiguous(dots) === dots.at(-1))
  assert.equal(state.delta.seen.size, 0)
}
