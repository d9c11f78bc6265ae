import { sql, tablesOf } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'

/** Where a row stands in the order of its list: what it is ordered by, and its id. */
export type Place = readonly (string | number)[]

/** Which part of a list is wanted: what follows a place, or what lies so far from the beginning. */
export interface Wanted {
  readonly most: number
  readonly after?: Place | undefined
  readonly offset?: number | undefined
}

export interface Slice<Row> {
  readonly rows: readonly Row[]
  /** After which the next part begins; undefined at the end of the list. */
  readonly next: Place | undefined
}

/** Of one row more than is wanted, those that are, and whether there are others. */
export function sliced<Row>(
  found: readonly Row[],
  { most }: Wanted,
  placeOf: (row: Row) => Place,
): Slice<Row> {
  const rows = found.slice(0, most)
  const last = rows.at(-1)
  return { rows, next: found.length > most && last ? placeOf(last) : undefined }
}

/**
 * What comes after a place in a list that has the newest first. The database counts finer than the place says: where the row
 * still stands there, it is the row that counts.
 */
export function olderThan(table: 'episodes' | 'posts' | 'news_items', [moment, key]: Place) {
  const [at, id] = [new Date(moment ?? ''), Number(key)]
  // All three have these fields, and are read alike.
  const last = `${table as 'episodes'} as last` as const
  const exact = tablesOf([Episode])
    .selectFrom(last)
    .select('last.publishedAt')
    .where('last.id', '=', id)
    .where('last.publishedAt', '>=', at)
    .where('last.publishedAt', '<', new Date(at.getTime() + 1))
  const [when, which] = [sql.id(table, 'published_at'), sql.id(table, 'id')]
  return () => sql<boolean>`(${when}, ${which}) < (coalesce(${exact}, ${at}), ${id})`
}
