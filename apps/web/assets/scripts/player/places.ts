/** Where a listener left off, by episode, the one heard last at the end. */
export type Places = readonly (readonly [episode: string, seconds: number])[]

/** Nobody has begun more than this and remembers it. */
const MOST = 200

/** Closer to its end than this an episode counts as heard, and begins anew. */
const HEARD = 15

/** Nobody asked for less than this, and who stops so early need not be brought back. */
const BEGUN = 5

export function asPlaces(given: unknown): Places {
  return Array.isArray(given) ? given.filter(isPlace).slice(-MOST) : []
}

export function placeIn(places: Places, episode: string): number {
  return places.findLast(([known]) => known === episode)?.[1] ?? 0
}

/** The same with this one last; without it where it was only just begun, or heard to its end. */
export function withPlace(
  places: Places,
  episode: string,
  { seconds, of }: { readonly seconds: number; readonly of: number },
): Places {
  const others = places.filter(([known]) => known !== episode)
  if (seconds < BEGUN || (of > 0 && of - seconds < HEARD)) return others

  return [...others, [episode, Math.floor(seconds)] as const].slice(-MOST)
}

function isPlace(given: unknown): given is readonly [string, number] {
  if (!Array.isArray(given)) return false
  const [episode, seconds] = given as unknown[]

  return typeof episode === 'string' && typeof seconds === 'number' && seconds >= 0
}
