import { createHash } from 'node:crypto'
import { sql, type Repo } from '@showrunner/data'
import { LimitError } from './errors.ts'
import { type Left } from './left.ts'

/** So many at once, and as many again within the time: one after the other, not all at its end. */
export interface Limit {
  readonly name: string
  readonly most: number
  readonly perMs: number
}

/**
 * Uses one of the allowance of `who`, on whichever node they ask. Of two who take the last one at the same moment one gets it.
 *
 * @returns What is left then.
 * @throws LimitError when nothing is left; asking then costs nothing.
 */
export async function spend(repo: Repo, limit: Limit, who: string, asOf: Date): Promise<Left> {
  const { name, most, perMs } = limit
  const key = createHash('sha256').update(`${name}\n${who}`).digest('base64url')
  const [now, one] = [sql`${asOf.toISOString()}::timestamptz`, milliseconds(perMs / most)]
  const [spent] = await repo.unscoped().run(sql<{ freeAt: Date }>`
    insert into rate_limits (key, free_at) values (${key}, ${now} + ${one})
    on conflict (key) do update set free_at = greatest(rate_limits.free_at, ${now}) + ${one}
    where greatest(rate_limits.free_at, ${now}) + ${one} <= ${now} + ${milliseconds(perMs)}
    returning free_at`)
  if (spent) return leftOf(limit, spent.freeAt, asOf)

  const [used] = await repo
    .unscoped()
    .run(sql<{ freeAt: Date }>`select free_at from rate_limits where key = ${key}`)
  const freeAt = used?.freeAt ?? asOf
  const retryAfterMs = freeAt.getTime() + perMs / most - perMs - asOf.getTime()
  throw new LimitError(name, Math.max(1, retryAfterMs), leftOf(limit, freeAt, asOf))
}

function leftOf({ most, perMs }: Limit, freeAt: Date, asOf: Date): Left {
  const resetMs = Math.max(0, freeAt.getTime() - asOf.getTime())
  const remaining = Math.floor(((perMs - resetMs) / perMs) * most + 1e-3)
  return { limit: most, remaining: Math.max(0, remaining), resetMs }
}

function milliseconds(count: number) {
  return sql`${count}::float8 * interval '1 millisecond'`
}
