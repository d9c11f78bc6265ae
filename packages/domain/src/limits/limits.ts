import { createHash } from 'node:crypto'
import { sql, type Repo } from '@showrunner/data'
import { LimitError } from './errors.ts'

/** So many at once, and as many again within the time: one after the other, not all at its end. */
export interface Limit {
  readonly name: string
  readonly most: number
  readonly perMs: number
}

/**
 * Uses one of the allowance of `who`, on whichever node they ask. Of two who take the last one at the same moment one gets it.
 *
 * @throws LimitError when nothing is left; asking then costs nothing.
 */
export async function spend(
  repo: Repo,
  { name, most, perMs }: Limit,
  who: string,
  asOf: Date,
): Promise<void> {
  const key = createHash('sha256').update(`${name}\n${who}`).digest('base64url')
  const [now, one] = [sql`${asOf.toISOString()}::timestamptz`, milliseconds(perMs / most)]
  const spent = await repo.unscoped().run(sql`
    insert into rate_limits (key, free_at) values (${key}, ${now} + ${one})
    on conflict (key) do update set free_at = greatest(rate_limits.free_at, ${now}) + ${one}
    where greatest(rate_limits.free_at, ${now}) + ${one} <= ${now} + ${milliseconds(perMs)}
    returning key`)
  if (spent.length > 0) return

  const [used] = await repo
    .unscoped()
    .run(sql<{ freeAt: Date }>`select free_at from rate_limits where key = ${key}`)
  const freeAt = used?.freeAt.getTime() ?? asOf.getTime()
  throw new LimitError(name, Math.max(1, freeAt + perMs / most - perMs - asOf.getTime()))
}

function milliseconds(count: number) {
  return sql`${count}::float8 * interval '1 millisecond'`
}
