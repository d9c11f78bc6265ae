import { countDots, eachDot, hasDot, includes, NO_DOTS, union, upTo, type Dots } from './dots.ts'
import { type Clock } from './clock.ts'
import { type Entry } from './entry.ts'
import { PersistentMap } from './persistent-map.ts'
import { type Replica } from './replica.ts'

export type Held = PersistentMap<number, Entry>

/**
 * A piece of knowledge: which operations it knows of, and of those what still stands. An operation that is seen and
 * not held was undone, or held nothing. A whole state is such a piece, and so is what changed since a moment.
 */
export interface Part {
  readonly seen: ReadonlyMap<Replica, Dots>
  /** By the clock of the entry. Every clock in here is in `seen`. */
  readonly held: ReadonlyMap<Replica, Held>
}

export const NO_HELD: Held = PersistentMap.empty()
export const NOTHING: Part = { seen: new Map(), held: new Map() }

export function isNothing(part: Part): boolean {
  return part.seen.size === 0
}

export function seenOf(part: Part, replica: Replica): Dots {
  return part.seen.get(replica) ?? NO_DOTS
}

export function heldOf(part: Part, replica: Replica): Held {
  return part.held.get(replica) ?? NO_HELD
}

export function restrictedTo(part: Part, replicas: (replica: Replica) => boolean): Part {
  return {
    seen: new Map([...part.seen].filter(([replica]) => replicas(replica))),
    held: new Map([...part.held].filter(([replica]) => replicas(replica))),
  }
}

/** How much there is to send. */
export function sizeOf(part: Part): number {
  let size = 0
  for (const dots of part.seen.values()) size += dots.length / 2
  for (const held of part.held.values()) size += held.size
  return size
}

/** What of the one the other knows to be undone. */
export function undone(held: Held, by: Part, replica: Replica): readonly Entry[] {
  const seen = seenOf(by, replica)
  const standing = heldOf(by, replica)
  const found: Entry[] = []
  const look = (entry: Entry | undefined) => {
    if (entry && !standing.get(entry.clock)) found.push(entry)
  }
  // Whichever is shorter: what was seen, or what is held.
  if (countDots(seen) < held.size) for (const clock of eachDot(seen)) look(held.get(clock))
  else held.forEach((entry, clock) => hasDot(seen, clock) && look(entry))
  return found
}

/** What of the one the other has not heard of. */
export function unheard(held: Held, by: Part, replica: Replica): readonly Entry[] {
  const seen = seenOf(by, replica)
  return held.values().filter(({ clock }) => !hasDot(seen, clock))
}

/** Both in one: what either holds and the other does not know to be undone. */
export function mergedParts(left: Part, right: Part): Part {
  const seen = new Map(left.seen)
  const held = new Map(left.held)
  for (const [replica, dots] of right.seen) {
    const edit = {}
    let own = heldOf(left, replica)
    for (const { clock } of undone(own, right, replica)) own = own.delete(clock, edit)
    for (const entry of unheard(heldOf(right, replica), left, replica)) {
      own = own.set(entry.clock, entry, edit)
    }
    seen.set(replica, union(seenOf(left, replica), dots))
    held.set(replica, own)
  }
  return { seen, held }
}

/** Whether somebody who knows this much knows with the part all that `whole` knows of the replicas they know. */
export function bringsUp(part: Part, whole: Part, known: Clock): boolean {
  return [...known].every(([replica, clock]) =>
    includes(union(upTo(clock), seenOf(part, replica)), seenOf(whole, replica)),
  )
}
