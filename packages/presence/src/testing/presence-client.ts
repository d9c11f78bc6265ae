import { type PresenceDiff } from '../presence/announcements.ts'
import { presenceMap, type Presences } from '../presence/presences.ts'
import { type Presenting } from '../presence/presence.ts'

/** What the client of Phoenix makes of what it is told (`presence.js`), without its callbacks. */
export function synced(state: Presences, { joins, leaves }: PresenceDiff): Presences {
  const keys = new Map(Object.entries(state))
  for (const [key, joined] of Object.entries(joins)) {
    const refs = refsOf(joined)
    const kept = keys.get(key)?.metas.filter((meta) => !refs.has(meta['phx_ref'])) ?? []
    keys.set(key, { ...joined, metas: [...kept, ...joined.metas] })
  }
  for (const [key, left] of Object.entries(leaves)) {
    const known = keys.get(key)
    if (!known) continue
    const refs = refsOf(left)
    const metas = known.metas.filter((meta) => !refs.has(meta['phx_ref']))
    if (metas.length === 0) keys.delete(key)
    else keys.set(key, { ...known, metas })
  }
  return presenceMap(keys)
}

function refsOf({ metas }: Presenting): Set<unknown> {
  return new Set(metas.map((meta) => meta['phx_ref']))
}
