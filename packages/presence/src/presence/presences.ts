import { type Entry } from '../tracker/entry.ts'
import { type Presenting } from './presence.ts'

/** By key. It has no prototype: a user may be called `__proto__`. */
export type Presences = { readonly [key: string]: Presenting }

export function presenceMap(entries: Iterable<readonly [string, Presenting]>): Presences {
  const presences = Object.create(null) as Record<string, Presenting>
  for (const [key, presenting] of entries) presences[key] = presenting
  return presences
}

/** The metas of a key are in one order on all nodes: by replica, and as they came. */
export function grouped(entries: readonly Entry[]): Presences {
  const keys = new Map<string, Entry[]>()
  for (const entry of entries) {
    const others = keys.get(entry.key)
    if (others) others.push(entry)
    else keys.set(entry.key, [entry])
  }
  return presenceMap(
    [...keys].map(([key, own]) => [key, { metas: own.sort(inOrder).map(({ meta }) => meta) }]),
  )
}

function inOrder(one: Entry, other: Entry): number {
  if (one.replica !== other.replica) return one.replica < other.replica ? -1 : 1
  return one.clock - other.clock
}
