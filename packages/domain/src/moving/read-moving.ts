import { from, sql, type Repo } from '@showrunner/data'
import { type Elsewhere, filesElsewhere, nameOf, summedUp } from './elsewhere.ts'
import { MovedFile, MOVED_STATES, type MovedState } from './moved-file.ts'

export interface Moving {
  /** What lies elsewhere and is not on its way. */
  readonly elsewhere: Elsewhere
  readonly counts: Readonly<Record<MovedState, number>>
  /** Of what is here. */
  readonly bytes: number
  readonly fetching: MovedFile | undefined
  /** The next whose host is left alone for a while, and why. */
  readonly resting: MovedFile | undefined
  /** Those that are not here, and why; not all, where they are many. */
  readonly missing: readonly MovedFile[]
  readonly missingCount: number
  /** The newest of those that are. */
  readonly taken: readonly MovedFile[]
}

const MOST_LISTED = 100

/** How far the files of a podcast are on their way here. */
export async function readMoving(repo: Repo, podcastId: number): Promise<Moving> {
  const files = from(MovedFile).where({ podcastId })
  const [elsewhere, sums, open, over, taken] = await Promise.all([
    filesElsewhere(repo, podcastId),
    repo.run(
      sql<{ state: MovedState; count: number; bytes: string }>`
        select state, count(*)::int as count, sum(bytes)::text as bytes
        from moved_files where podcast_id = ${podcastId} group by state`,
    ),
    repo.all(files.where('state', 'in', ['waiting', 'fetching']).orderBy({ id: 'asc' })),
    repo.all(
      files.where('state', 'in', ['failed', 'stopped']).orderBy({ state: 'asc', id: 'asc' }),
    ),
    repo.all(
      files.where({ state: 'taken' }).orderBy({ updatedAt: 'desc', id: 'desc' }).limit(MOST_LISTED),
    ),
  ])
  const counts = Object.fromEntries(
    MOVED_STATES.map((state) => [state, sums.find((row) => row.state === state)?.count ?? 0]),
  )
  const under = new Set(open.map(nameOf))
  const there = new Set(elsewhere.map(nameOf))
  // What nothing refers to any more nobody misses.
  const missing = over.filter((file) => there.has(nameOf(file)))
  return {
    elsewhere: summedUp(elsewhere.filter((file) => !under.has(nameOf(file)))),
    counts: counts as Readonly<Record<MovedState, number>>,
    bytes: Number(sums.find(({ state }) => state === 'taken')?.bytes ?? 0),
    fetching: open.find(({ state }) => state === 'fetching'),
    resting: open.find(({ state, message }) => state === 'waiting' && message !== null),
    missing: missing.slice(0, MOST_LISTED),
    missingCount: missing.length,
    taken,
  }
}
