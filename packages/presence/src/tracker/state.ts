import { type Clock } from './clock.ts'
import { contiguous, dot, union, type Dots } from './dots.ts'
import { draftOf } from './draft.ts'
import { NO_DIFF, type Diff, type Entry, type Meta } from './entry.ts'
import {
  heldOf,
  NO_HELD,
  NOTHING,
  restrictedTo,
  seenOf,
  undone,
  unheard,
  type Held,
  type Part,
} from './part.ts'
import { PersistentMap } from './persistent-map.ts'
import { type Replica } from './replica.ts'

/** By key, and in no order for one key. */
export type Topic = PersistentMap<string, readonly Entry[]>

/**
 * Who is where, as far as one replica knows: an observed-remove set without tombstones. It is a value. It knows no time, no
 * timer and no network: it is given what others know, and says what that changes.
 *
 * The replicas in `seen` are those that are known, down ones too. Of any other nothing is taken in, whoever tells it.
 */
export interface State extends Part {
  readonly replica: Replica
  readonly down: ReadonlySet<Replica>
  /** All that is held but not shadowed, of replicas that are down too. */
  readonly topics: PersistentMap<string, Topic>
  /** What this replica itself holds, by owner. */
  readonly owners: PersistentMap<string, Held>
  /**
   * What is held although the same owner holds the same key by a later operation: a sign that the end of the earlier one has
   * not been heard yet. The later one is what counts, whichever came first.
   */
  readonly shadowed: readonly Entry[]
  /** What this replica did since it last told the others. */
  readonly delta: Part
}

export interface Changed {
  readonly state: State
  readonly diff: Diff
}

export function newState(replica: Replica): State {
  return {
    replica,
    seen: new Map([[replica, []]]),
    held: new Map(),
    down: new Set(),
    topics: PersistentMap.empty(),
    owners: PersistentMap.empty(),
    shadowed: [],
    delta: NOTHING,
  }
}

export interface Joining {
  readonly topic: string
  readonly key: string
  readonly owner: string
  readonly meta: Meta
}

export function nextClock(state: State): number {
  return contiguous(seenOf(state, state.replica)) + 1
}

export function join(state: State, joining: Joining): Changed {
  return operated(state, { ...joining, replica: state.replica, clock: nextClock(state) })
}

export function leave(state: State, entry: Entry): Changed {
  return operated(state, undefined, entry)
}

/** In one step: nobody sees the key without either meta. */
export function update(state: State, entry: Entry, meta: Meta): Changed {
  return operated(state, { ...entry, meta, clock: nextClock(state) + 1 }, entry)
}

/**
 * An operation of this replica. To end something takes a clock that holds nothing, also when something else begins with
 * the next: otherwise nobody who missed it would see by the clock that they did. The clock of what began will not do, as it
 * is told again when that ends: whoever hears only this would take the update for heard, and keep what it ended.
 */
function operated(state: State, begun: Entry | undefined, ended?: Entry): Changed {
  const { replica } = state
  const clock: Dots = [nextClock(state), begun?.clock ?? nextClock(state)]
  const draft = draftOf(state)
  if (begun) draft.add(begun)
  if (ended) draft.remove(ended)

  let own = heldOf(state.delta, replica)
  if (begun) own = own.set(begun.clock, begun)
  if (ended) own = own.delete(ended.clock)
  const told = union(seenOf(state.delta, replica), clock)
  const delta: Part = {
    seen: new Map([[replica, ended ? union(told, dot(ended.clock)) : told]]),
    held: new Map([[replica, own]]),
  }
  const seen = new Map(state.seen).set(replica, union(seenOf(state, replica), clock))
  return draft.done({ seen, delta })
}

/** Takes in what another replica knows. Of this replica itself nobody knows better, so that is left out. */
export function merge(state: State, part: Part): Changed {
  const seen = new Map(state.seen)
  const draft = draftOf(state)
  const added: Entry[] = []
  const removed: Entry[] = []
  for (const [replica, dots] of part.seen) {
    const known = state.seen.get(replica)
    if (replica === state.replica || known === undefined) continue
    added.push(...unheard(heldOf(part, replica), state, replica))
    removed.push(...undone(heldOf(state, replica), part, replica))
    seen.set(replica, union(known, dots))
  }
  // The latest first, and what they replace after: so nothing shows that does not stay.
  for (const entry of added.sort((one, other) => other.clock - one.clock)) draft.add(entry)
  for (const entry of removed) draft.remove(entry)
  return draft.done({ seen })
}

/** What this replica has to tell the others, and the state after it did. */
export function takeDelta(state: State): readonly [Part, State] {
  return [state.delta, { ...state, delta: NOTHING }]
}

/** All that is known, as far as it is of any use to somebody who knows these replicas. */
export function extract(state: State, known: Clock): Part {
  return restrictedTo(state, (replica) => known.has(replica))
}

/** Without replicas that are down: of those nobody is to be asked, as long as they are. */
export function clockOf(state: State): Clock {
  return new Map(
    [...state.seen]
      .filter(([replica]) => !state.down.has(replica))
      .map(([replica, dots]) => [replica, contiguous(dots)]),
  )
}

export function replicaUp(state: State, replica: Replica): Changed {
  if (!state.seen.has(replica)) {
    return { state: { ...state, seen: new Map(state.seen).set(replica, []) }, diff: NO_DIFF }
  }
  if (!state.down.has(replica)) return { state, diff: NO_DIFF }
  const down = new Set(state.down)
  down.delete(replica)
  return { state: { ...state, down }, diff: { joins: shownOf(state, replica), leaves: [] } }
}

/** What it holds is kept, and hidden. */
export function replicaDown(state: State, replica: Replica): Changed {
  if (!state.seen.has(replica) || state.down.has(replica)) return { state, diff: NO_DIFF }
  const down = new Set(state.down).add(replica)
  return { state: { ...state, down }, diff: { joins: [], leaves: shownOf(state, replica) } }
}

/** Forgets it. Nothing of it is taken in again, unless it is there again itself. */
export function replicaGone(state: State, replica: Replica): Changed {
  if (replica === state.replica) return { state, diff: NO_DIFF }
  const leaves = state.down.has(replica) ? [] : shownOf(state, replica)
  const draft = draftOf({
    ...state,
    shadowed: state.shadowed.filter((entry) => entry.replica !== replica),
  })
  for (const entry of shownOf(state, replica)) draft.remove(entry)
  const seen = new Map(state.seen)
  const down = new Set(state.down)
  seen.delete(replica)
  down.delete(replica)
  const { state: rest } = draft.done({ seen })
  const held = new Map(rest.held)
  held.delete(replica)
  return { state: { ...rest, held, down }, diff: { joins: [], leaves } }
}

function shownOf(state: State, replica: Replica): Entry[] {
  return heldOf(state, replica)
    .values()
    .filter((entry) => !state.shadowed.includes(entry))
}

export function list(state: State, topic: string): Entry[] {
  const keys = state.topics.get(topic)
  if (!keys) return []
  const found: Entry[] = []
  keys.forEach((entries) => found.push(...shown(state, entries)))
  return found
}

export function getByKey(state: State, topic: string, key: string): readonly Entry[] {
  return shown(state, state.topics.get(topic)?.get(key) ?? [])
}

function shown(state: State, entries: readonly Entry[]): readonly Entry[] {
  if (state.down.size === 0) return entries
  return entries.filter(({ replica }) => !state.down.has(replica))
}

export function getByOwner(state: State, owner: string): Entry[] {
  return (state.owners.get(owner) ?? NO_HELD).values()
}

/** What an owner of this replica tracks as this key. */
export function findOwn(
  state: State,
  owner: string,
  topic: string,
  key: string,
): Entry | undefined {
  return state.topics
    .get(topic)
    ?.get(key)
    ?.find((entry) => entry.owner === owner && entry.replica === state.replica)
}
