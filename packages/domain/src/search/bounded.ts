import { type Repo, sql } from '@showrunner/data'
import { SearchBusyError } from './errors.ts'

const LONGEST_MS = 3000
/** How alike a part of a title has to be for `<%`: two letters swapped make more of a difference than one would think. */
const ALIKE = 0.4
const CANCELLED = '57014'

/**
 * Runs what looks for something: no statement of it takes longer than it may. None is compiled or spread over processes, which
 * takes longer than what they save; and none reads a whole table, as PostgreSQL would where a word is frequent: it does not know
 * how long it takes to unpack the words of every row.
 *
 * @throws SearchBusyError
 */
export async function bounded<T>(
  repo: Repo,
  work: (repo: Repo) => Promise<T>,
  longestMs = LONGEST_MS,
): Promise<T> {
  const every = repo.unscoped()
  try {
    return await every.transaction(async () => {
      const [before] = await every.run(
        sql<{ timeout: string }>`
          select current_setting('statement_timeout') as timeout, set_config('statement_timeout', ${String(longestMs)}, true),
            set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true), set_config('pg_trgm.word_similarity_threshold', ${String(ALIKE)}, true), set_config('max_parallel_workers_per_gather', '0', true)`,
      )
      const done = await work(every)
      // Somebody else's transaction goes on after this.
      await every.run(sql`select set_config('statement_timeout', ${before?.timeout ?? '0'}, true)`)
      return done
    })
  } catch (error) {
    if (isCancelled(error)) throw new SearchBusyError({ cause: error })
    throw error
  }
}

function isCancelled(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return Reflect.get(error, 'code') === CANCELLED || isCancelled(error.cause)
}
