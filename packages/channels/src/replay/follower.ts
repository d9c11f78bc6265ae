import { Broadcast } from '../socket/broadcast.ts'
import {
  dominates,
  covers,
  readId,
  together,
  writeId,
  type ReplayId,
  type Vector,
} from './replay-id.ts'
import { type SharedRing } from './shared-ring.ts'

/** What a client is told when it is known what it missed. */
export interface CatchUp {
  readonly complete: boolean
  readonly missed: readonly Broadcast[]
  /** What it has seen when it has been told so, and nothing yet of what it missed. */
  readonly id: string
}

/** A client that wants to miss nothing, in one topic at one node. */
export class Follower {
  readonly #topic: string
  readonly #ring: SharedRing
  /** The last id it has seen. One that was given none wants to miss nothing from now on. */
  #since: ReplayId | undefined
  #isComplete: boolean
  #isCaughtUp = false
  #isRestarted = false
  /** What it was told when it came, here or elsewhere. */
  #seen: Vector = new Map()
  /** It has seen something that has not come to this node, so its ids are its own. */
  #isAhead = false

  /** @param asked What it joined with: the last id it has seen, or null. */
  constructor(topic: string, ring: SharedRing, asked: unknown) {
    this.#topic = topic
    this.#ring = ring
    this.#since = readId(asked)
    this.#isComplete = asked === null || this.#since !== undefined
  }

  /** Whether what comes has to wait until it has been told what it missed. */
  get waits(): boolean {
    return this.#since !== undefined && !this.#isCaughtUp
  }

  /** Whether it is told ids. Until then it is as any other client. */
  get isCaughtUp(): boolean {
    return this.#isCaughtUp
  }

  /** Whether it thinks that it missed nothing: from the time it was told so, or told that it did. */
  get isSure(): boolean {
    return this.#isCaughtUp || this.#isRestarted
  }

  /** When it is known what it missed; undefined when it is known already. A topic that is new here takes a moment. */
  get ready(): Promise<void> | undefined {
    return this.#ring.isSettled ? undefined : this.#ring.settled
  }

  /** @param early What came to this node since the client did, and was not told it. */
  catchUp(early: readonly Broadcast[]): CatchUp {
    this.#isCaughtUp = true
    const since = this.#since
    const missed = since && this.#ring.since(since)
    if (!since || !missed) {
      const complete = this.#isComplete && since === undefined
      return { complete, missed: early.filter(isNotKept), id: this.#ring.id }
    }
    let { seen } = since
    const told = missed.map(({ event, payload, ...place }) => {
      seen = together(seen, new Map([[place.origin, place.number]]))
      return new Broadcast(this.#topic, { event, payload, place }, writeId({ ...since, seen }))
    })
    this.#seen = seen
    this.#isAhead = !dominates(this.#ring.seen, seen)
    return { complete: true, missed: [...told, ...early.filter(isNotKept)], id: writeId(since) }
  }

  /** The broadcast as this client is told it; undefined when it has seen it. */
  tell(broadcast: Broadcast): Broadcast | undefined {
    const { place, id } = broadcast
    if (!place || id === null) return broadcast
    if (covers(this.#seen, place.origin, place.number)) return undefined
    if (!this.#isAhead) return broadcast
    const here = readId(id)
    if (!here || dominates(here.seen, this.#seen)) {
      this.#isAhead = false
      return broadcast
    }
    return broadcast.withId(writeId({ ...here, seen: together(here.seen, this.#seen) }))
  }

  /**
   * It missed something, and nobody knows what. From here on it is as one who has just come; the id it is given stands for
   * nothing, so that it asks for nothing with the one it had.
   */
  restart(): string {
    this.#since = undefined
    this.#isComplete = true
    this.#isCaughtUp = false
    this.#isRestarted = true
    this.#seen = new Map()
    this.#isAhead = false
    return NOTHING
  }
}

const NOTHING = writeId({ era: '0-lost', seen: new Map() })

const isNotKept = ({ place }: Broadcast): boolean => place === undefined

/** Whether a client that joins wants to miss nothing, and since when: null is from now on. Most clients do not say. */
export function askedReplay(params: unknown): unknown {
  return hasReplay(params) ? params.replay : undefined
}

/** The params as they are declared. */
export function withoutReplay(params: unknown): unknown {
  if (!hasReplay(params)) return params
  const { replay: _asked, ...declared } = params
  return declared
}

function hasReplay(params: unknown): params is { readonly replay: unknown } {
  return typeof params === 'object' && params !== null && 'replay' in params
}
