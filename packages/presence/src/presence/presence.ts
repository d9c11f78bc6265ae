import { type Message } from '@showrunner/pubsub'
import { type Diff, type Meta } from '../tracker/entry.ts'
import { type Refused, type Tracked } from '../tracker/shard.ts'
import { realTime } from '../tracker/time.ts'
import { createTracker, type TrackerOptions } from '../tracker/tracker.ts'
import { announcements, type PresenceDiff } from './announcements.ts'
import { grouped, type Presences } from './presences.ts'
import { reasonOf } from '../errors.ts'

/** A user is present as long as one of their devices is: `metas` has one for each, in the order they came. */
export interface Presenting {
  readonly metas: readonly Meta[]
  readonly [name: string]: Message | undefined
}

export interface PresenceOptions extends Omit<TrackerOptions, 'onDiff' | 'name'> {
  /** Presences of one name on all nodes are one. */
  readonly name?: string
  /**
   * Adds what the database knows to those who are present, for many keys in one query. It keeps the keys and the metas. It is
   * called for a list, and for who joined and who left.
   */
  readonly fetch?: (topic: string, presences: Presences) => Presences | Promise<Presences>
  /**
   * Tells the listeners of this node; each node tells its own. By default a message `{ event: 'presence_diff', payload }`
   * to the topic.
   */
  readonly announce?: (topic: string, diff: PresenceDiff) => void
  /**
   * The first change of a topic is told at once, and what happens in the time after that together, when it is over: so a
   * thousand who come at once are a handful of messages to each.
   */
  readonly diffPeriodMs?: number
}

/** Who is here, as the client of Phoenix wants to know it. */
export interface Presence {
  /** The owner is what lives as long as the user is there by it, such as a channel: `untrackAll` when it ends. */
  track(
    owner: string,
    topic: string,
    key: string | number,
    meta?: Meta,
  ): Tracked | Refused<'already tracked'>
  update(
    owner: string,
    topic: string,
    key: string | number,
    meta: Meta | ((meta: Meta) => Meta),
  ): Tracked | Refused<'not tracked'>
  untrack(owner: string, topic: string, key: string | number): void
  untrackAll(owner: string): void
  /** What `presence_state` is pushed with, after each join. */
  list(topic: string): Promise<Presences>
  /** The same, but only what was tracked. It waits for nothing. */
  listMetas(topic: string): Presences
  getByKey(topic: string, key: string | number): Promise<Presenting | undefined>
  stop(how?: { readonly goodbye: boolean }): Promise<void>
}

const DIFF_PERIOD_MS = 500

export function createPresence({
  name = 'presence',
  fetch = (_topic, presences) => presences,
  announce,
  diffPeriodMs = DIFF_PERIOD_MS,
  ...options
}: PresenceOptions): Presence {
  const { pubsub, time = realTime, log = () => {} } = options
  const announced = announcements({
    time,
    periodMs: diffPeriodMs,
    decorate: async (topic, presences) =>
      isEmpty(presences) ? presences : fetch(topic, presences),
    announce:
      announce ??
      ((topic, payload) =>
        pubsub.localBroadcast(topic, { event: 'presence_diff', payload: { ...payload } })),
    failed: (topic, error) =>
      log('error', `A change of who is in "${topic}" was not told: ${reasonOf(error)}`),
  })
  const onDiff = (diff: Diff) => announced.add(diff)
  const tracker = createTracker({ ...options, name, onDiff })

  return {
    track: (owner, topic, key, meta) => tracker.track(owner, topic, String(key), meta),
    update: (owner, topic, key, meta) => tracker.update(owner, topic, String(key), meta),
    untrack: (owner, topic, key) => tracker.untrack(owner, topic, String(key)),
    untrackAll: (owner) => tracker.untrackAll(owner),
    list: async (topic) => fetch(topic, grouped(tracker.list(topic))),
    listMetas: (topic) => grouped(tracker.list(topic)),
    getByKey: async (topic, key) => {
      const entries = tracker.getByKey(topic, String(key))
      if (entries.length === 0) return undefined
      return (await fetch(topic, grouped(entries)))[String(key)]
    },
    stop: async (how) => {
      announced.stop()
      await tracker.stop(how)
    },
  }
}

function isEmpty(presences: Presences): boolean {
  return Object.keys(presences).length === 0
}
