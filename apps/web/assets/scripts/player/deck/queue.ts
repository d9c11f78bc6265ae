import { asTrack, type Track } from '../track.ts'

/** What is played when the present one is over, the next one first; each but once. */
export type Queue = readonly Track[]

/** Longer than anybody listens ahead, and small enough for any browser to keep. */
export const MOST_QUEUED = 100

export function asQueue(given: unknown): Queue {
  const tracks = Array.isArray(given) ? given.flatMap((one) => asTrack(one) ?? []) : []

  return tracks.reduce<Queue>(withTrack, [])
}

export function holds(queue: Queue, episode: string): boolean {
  return queue.some((track) => track.episode === episode)
}

/** The same with this one last, unless it is there already or there are enough. */
export function withTrack(queue: Queue, track: Track): Queue {
  return holds(queue, track.episode) || queue.length >= MOST_QUEUED ? queue : [...queue, track]
}

export function without(queue: Queue, episode: string): Queue {
  return queue.filter((track) => track.episode !== episode)
}

/** The same with one earlier (-1) or later (1), by as many places as there are. */
export function moved(queue: Queue, episode: string, by: number): Queue {
  const from = queue.findIndex((track) => track.episode === episode)
  const track = queue[from]
  if (!track) return queue
  const others = without(queue, episode)
  const to = Math.min(others.length, Math.max(0, from + by))

  return [...others.slice(0, to), track, ...others.slice(to)]
}
