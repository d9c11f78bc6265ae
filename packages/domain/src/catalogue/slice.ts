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
