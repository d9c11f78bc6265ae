import { type Log, type PubSub } from '@showrunner/pubsub'
import { OptionError } from '../errors.ts'
import { type Diff, type Entry, type Meta } from './entry.ts'
import { Shard, type Refused, type Tracked } from './shard.ts'
import { getByKey, list } from './state.ts'
import { realTime, type Time } from './time.ts'
import { timingOf, type Timing } from './timing.ts'

export interface TrackerOptions extends Partial<Timing> {
  readonly pubsub: PubSub
  /** Trackers of one name on all nodes are one. */
  readonly name: string
  /** How many parts the topics are spread over, each of which gossips by itself. The same on all nodes. */
  readonly poolSize?: number
  /** Told what became visible and what is no longer. It must not throw, and should not take long. */
  readonly onDiff?: (diff: Diff) => void
  readonly time?: Time
  readonly random?: () => number
  readonly log?: Log
}

/**
 * Who is where, known on every node, with nobody in charge: each node tracks its own and tells the others. Reading waits
 * for nothing.
 */
export interface Tracker {
  /** An owner is a thing of this node that has ended when `untrackAll` is called for it. It tracks a key of a topic once. */
  track(
    owner: string,
    topic: string,
    key: string,
    meta?: Meta,
  ): Tracked | Refused<'already tracked'>
  /** The others see one change: the old meta leaves as the new one joins. */
  update(
    owner: string,
    topic: string,
    key: string,
    meta: Meta | ((meta: Meta) => Meta),
  ): Tracked | Refused<'not tracked'>
  untrack(owner: string, topic: string, key: string): void
  untrackAll(owner: string): void
  list(topic: string): readonly Entry[]
  getByKey(topic: string, key: string): readonly Entry[]
  /**
   * Ends it on this node. The others keep what it tracked until they miss it, so that who comes back at another node within
   * that time has never been away; with `goodbye` they forget it at once.
   */
  stop(how?: { readonly goodbye: boolean }): Promise<void>
}

export function createTracker({
  pubsub,
  name,
  poolSize = 1,
  onDiff = () => {},
  time = realTime,
  random = Math.random,
  log = () => {},
  ...options
}: TrackerOptions): Tracker {
  if (!Number.isInteger(poolSize) || poolSize < 1) {
    throw new OptionError('poolSize', 'to be a positive integer', poolSize)
  }
  const parts = { pubsub, time, random, log, timing: timingOf(options), onDiff }
  const shards = Array.from(
    { length: poolSize },
    (_, index) => new Shard({ ...parts, topic: `phx_presence:${name}_shard${index}` }),
  )
  const shardOf = (topic: string): Shard => shards[placeOf(topic, poolSize)] as Shard

  return {
    track: (owner, topic, key, meta = {}) => shardOf(topic).track(owner, topic, key, meta),
    update: (owner, topic, key, meta) => shardOf(topic).update(owner, topic, key, meta),
    untrack: (owner, topic, key) => shardOf(topic).untrack(owner, topic, key),
    untrackAll: (owner) => shards.forEach((shard) => shard.untrackAll(owner)),
    list: (topic) => list(shardOf(topic).state, topic),
    getByKey: (topic, key) => getByKey(shardOf(topic).state, topic, key),
    stop: async ({ goodbye } = { goodbye: false }) => {
      for (const shard of shards) shard.stop()
      if (goodbye) await Promise.all(shards.map((shard) => shard.goodbye()))
    },
  }
}

function placeOf(topic: string, count: number): number {
  let hash = 0
  for (let at = 0; at < topic.length; at++) hash = (Math.imul(hash, 31) + topic.charCodeAt(at)) | 0
  return (hash >>> 0) % count
}
