import { type Chapter } from '../episodes/index.ts'

/** Where something begins in a video. */
export interface Marker {
  readonly startsMs: number
  readonly title: string
}

type Listed = Pick<Chapter, 'startsMs' | 'title'> & { readonly hidden?: boolean }

/** YouTube takes no chapter that is shorter. */
const SHORTEST_MS = 10_000
const BEGINNING = 'Beginning'

/**
 * Where the chapters begin in a video that begins so much earlier, or later where that is negative. The first begins at
 * 0:00, as YouTube shows none otherwise.
 */
export function shifted(chapters: readonly Listed[], earlierMs: number): readonly Marker[] {
  const moved = chapters
    .filter(({ title, hidden }) => Boolean(title?.trim()) && !hidden)
    .map(({ startsMs, title }) => ({ startsMs: startsMs + earlierMs, title: title?.trim() ?? '' }))
    .toSorted((one, other) => one.startsMs - other.startsMs)
  const running = moved.findLast(({ startsMs }) => startsMs <= 0)
  const later = moved.filter(({ startsMs }) => startsMs > 0)
  if (running) return [{ ...running, startsMs: 0 }, ...later]

  const [first, ...rest] = later
  if (!first) return []
  return first.startsMs < SHORTEST_MS
    ? [{ ...first, startsMs: 0 }, ...rest]
    : [{ startsMs: 0, title: BEGINNING }, first, ...rest]
}
