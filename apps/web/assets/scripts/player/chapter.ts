/** A part of an episode, as the player knows it. */
export interface Chapter {
  /** In seconds. */
  readonly at: number
  readonly title: string
  readonly link: string
  readonly imageUrl: string
  /** Others only bring another picture. */
  readonly listed: boolean
}

/** Sound does not begin exactly where it was asked to. */
const SLACK = 0.25

/** The last one that has begun, of many in order; asked four times a second. */
export function lastBegun(starts: readonly number[], place: number): number {
  let [low, high] = [0, starts.length]

  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= place + SLACK) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The chapter one is in. */
export function chapterAt(chapters: readonly Chapter[], place: number): Chapter | undefined {
  return lastOf(
    chapters.filter(({ listed }) => listed),
    place,
  )
}

/** The picture that was last brought, by a chapter of the list or between them. */
export function pictureAt(chapters: readonly Chapter[], place: number): string {
  return lastOf(chapters, place)?.imageUrl ?? ''
}

function lastOf(chapters: readonly Chapter[], place: number): Chapter | undefined {
  const starts = chapters.map(({ at }) => at)

  return chapters[lastBegun(starts, place)]
}
