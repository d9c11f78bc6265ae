import { type Log, type Message, type PubSub } from '@showrunner/pubsub'
import { reasonOf } from '../errors.ts'
import { restricted, worthAsking, type Clock } from './clock.ts'
import { type Diff, type Entry, type Meta } from './entry.ts'
import { fitting, pushed, type Generations } from './generations.ts'
import { isNothing, restrictedTo, type Part } from './part.ts'
import { nameOf, newVersion, replicaOf, versionOf, type Replica } from './replica.ts'
import { emptyRoster, heard, left, looked, type Roster, type Turned } from './roster.ts'
import {
  clockOf,
  extract,
  findOwn,
  getByOwner,
  join,
  leave,
  merge,
  newState,
  nextClock,
  replicaDown,
  replicaGone,
  replicaUp,
  takeDelta,
  update,
  type Changed,
  type State,
} from './state.ts'
import { type Time } from './time.ts'
import { type Timing } from './timing.ts'
import { fromWire, toWire, type Gossip } from './wire.ts'

export interface ShardParts {
  readonly pubsub: PubSub
  readonly time: Time
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number
  readonly log: Log
  readonly timing: Timing
  /** Where the shards of one name meet, one on each node. */
  readonly topic: string
  /** Told of what became visible and what is no longer, once reading shows it. */
  readonly onDiff: (diff: Diff) => void
}

export type Tracked = { readonly ok: true; readonly ref: string }
export type Refused<Reason extends string> = { readonly ok: false; readonly reason: Reason }

/** A state that gossips: the only place where it meets time and network. */
export class Shard {
  readonly replica: Replica
  readonly #parts: ShardParts
  readonly #stop: (() => void)[] = []
  #state: State
  #roster: Roster = emptyRoster()
  #generations: Generations = []
  /** What others said they know since somebody was last asked. */
  #clocks = new Map<Replica, Clock>()
  #periods = 0
  #silent: number
  #doubles: Replica | undefined

  constructor(parts: ShardParts) {
    const { pubsub, time, random, timing, topic } = parts
    this.#parts = parts
    this.replica = replicaOf(pubsub.node, newVersion(time.now(), random))
    this.#state = newState(this.replica)
    this.#silent = timing.maxSilentPeriods
    const subscription = pubsub.subscribe(topic, (message) => this.#receive(message))
    const back = pubsub.on('reconnected', () => this.#speakSoon())
    this.#stop.push(() => subscription.unsubscribe(), back)
    // Nodes that start together do not speak together.
    this.#tickAfter((random() * timing.broadcastPeriodMs) / 4)
  }

  /** A value: who reads it sees one moment, whatever happens meanwhile. */
  get state(): State {
    return this.#state
  }

  track(
    owner: string,
    topic: string,
    key: string,
    meta: Meta,
  ): Tracked | Refused<'already tracked'> {
    if (findOwn(this.#state, owner, topic, key)) return { ok: false, reason: 'already tracked' }
    const ref = this.#nextRef()
    this.#become(join(this.#state, { owner, topic, key, meta: { ...meta, phx_ref: ref } }))
    return { ok: true, ref }
  }

  update(
    owner: string,
    topic: string,
    key: string,
    change: Meta | ((meta: Meta) => Meta),
  ): Tracked | Refused<'not tracked'> {
    const entry = findOwn(this.#state, owner, topic, key)
    if (!entry) return { ok: false, reason: 'not tracked' }
    const meta = typeof change === 'function' ? change(entry.meta) : change
    const ref = this.#nextRef()
    const refs = { phx_ref: ref, phx_ref_prev: entry.meta['phx_ref'] }
    this.#become(update(this.#state, entry, { ...meta, ...refs }))
    return { ok: true, ref }
  }

  untrack(owner: string, topic: string, key: string): void {
    this.#end(findOwn(this.#state, owner, topic, key))
  }

  untrackAll(owner: string): void {
    for (const entry of getByOwner(this.#state, owner)) this.#end(entry)
  }

  /** Tells the others to forget this node at once, rather than wait for it. */
  async goodbye(): Promise<void> {
    await this.#say({ is: 'goodbye', from: this.replica })
  }

  stop(): void {
    for (const stop of this.#stop.splice(0)) stop()
  }

  #end(entry: Entry | undefined): void {
    if (entry) this.#become(leave(this.#state, entry))
  }

  // The version of a replica is its own, and no operation has the same next clock as another.
  #nextRef(): string {
    return `${versionOf(this.replica)}.${nextClock(this.#state).toString(36)}`
  }

  #become({ state, diff }: Changed): void {
    this.#state = state
    if (diff.joins.length === 0 && diff.leaves.length === 0) return
    try {
      this.#parts.onDiff(diff)
    } catch (error) {
      this.#parts.log('error', `Who was told of a change failed: ${reasonOf(error)}`)
    }
  }

  #tickAfter(milliseconds: number): void {
    const { time, timing } = this.#parts
    const cancel = time.after(milliseconds, () => {
      this.#stop.splice(this.#stop.indexOf(cancel), 1)
      this.#tickAfter(timing.broadcastPeriodMs)
      this.#tick()
    })
    this.#stop.push(cancel)
  }

  #tick(): void {
    this.#tell()
    this.#ask()
    this.#turn(looked(this.#roster, this.#now(), this.#memberPeriods()))
  }

  #tell(): void {
    const [delta, state] = takeDelta(this.#state)
    this.#state = state
    this.#keep(delta)
    const { maxSilentPeriods } = this.#parts.timing
    if (isNothing(delta) && this.#silent < maxSilentPeriods) {
      this.#silent++
      return
    }
    this.#silent = 0
    void this.#say({ is: 'heartbeat', from: this.replica, clock: clockOf(state), delta })
  }

  #speakSoon(): void {
    this.#silent = this.#parts.timing.maxSilentPeriods
  }

  #ask(): void {
    this.#periods = (this.#periods + 1) % this.#parts.timing.clockSamplePeriods
    if (this.#periods !== 0) return
    const own = clockOf(this.#state)
    const of = (replica: Replica) => own.has(replica) && replica !== this.replica
    const others = [...this.#clocks]
      .filter(([replica]) => own.has(replica))
      .map(([replica, clock]): [Replica, Clock] => [replica, restricted(clock, of)])
    this.#clocks = new Map()
    for (const replica of worthAsking(own, new Map(others))) {
      void this.#say({ is: 'ask', from: this.replica, clock: own }, replica)
    }
  }

  #receive(message: Message): void {
    try {
      const gossip = fromWire(message)
      if (gossip.from !== this.replica) this.#hear(gossip)
    } catch (error) {
      this.#parts.log('error', `Gossip on "${this.#parts.topic}" made no sense: ${reasonOf(error)}`)
    }
  }

  #hear(gossip: Gossip): void {
    switch (gossip.is) {
      case 'heartbeat':
        if (nameOf(gossip.from) === this.#parts.pubsub.node) return this.#warnOfDouble(gossip.from)
        if (!this.#turn(heard(this.#roster, gossip.from, this.#now()))) return
        this.#keep(gossip.delta)
        this.#become(merge(this.#state, gossip.delta))
        this.#clocks.set(gossip.from, gossip.clock)
        return
      case 'ask':
        return this.#answer(gossip.from, gossip.clock)
      case 'answer':
        if (!gossip.whole) this.#keep(gossip.part)
        this.#become(merge(this.#state, gossip.part))
        return
      case 'goodbye':
        this.#turn(left(this.#roster, gossip.from, this.#now()))
    }
  }

  #keep(part: Part): void {
    if (isNothing(part)) return
    this.#generations = pushed(this.#generations, part, this.#parts.timing.maxDeltaSizes)
  }

  #answer(to: Replica, clock: Clock): void {
    const others = restricted(clock, (replica) => replica !== to)
    const whole = extract(this.#state, others)
    const recent = fitting(this.#generations, whole, this.#state.delta, others)
    const part = recent ? restrictedTo(recent, (replica) => others.has(replica)) : whole
    void this.#say({ is: 'answer', from: this.replica, part, whole: !recent }, to)
  }

  /** @returns whether the one it is about counts. */
  #turn({ roster, turns, counts }: Turned): boolean {
    this.#roster = roster
    for (const { is, replica } of turns) {
      if (is === 'up') {
        // Who is new knows nobody, and waits to hear of us.
        if (!this.#state.seen.has(replica)) this.#speakSoon()
        this.#become(replicaUp(this.#state, replica))
      } else if (is === 'down') this.#become(replicaDown(this.#state, replica))
      else this.#forget(replica)
    }
    return counts
  }

  #forget(replica: Replica): void {
    this.#clocks.delete(replica)
    this.#generations = []
    this.#become(replicaGone(this.#state, replica))
  }

  // An older version is what this node was before it started anew, still on its way.
  #warnOfDouble(other: Replica): void {
    if (other === this.#doubles || versionOf(other) < versionOf(this.replica)) return
    this.#doubles = other
    const name = nameOf(other)
    this.#parts.log('error', `Another node is called "${name}" too: give each a name of its own.`)
  }

  async #say(gossip: Gossip, to?: Replica): Promise<void> {
    const { pubsub, topic, log } = this.#parts
    try {
      if (to) await pubsub.directBroadcast(nameOf(to), topic, toWire(gossip))
      else await pubsub.broadcast(topic, toWire(gossip))
    } catch (error) {
      log('warning', reasonOf(error))
    }
  }

  #now(): number {
    return this.#parts.time.now()
  }

  #memberPeriods() {
    const { downPeriodMs, permdownPeriodMs } = this.#parts.timing
    return { downMs: downPeriodMs, goneMs: permdownPeriodMs }
  }
}
