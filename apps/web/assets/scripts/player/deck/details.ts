import { type Chapter } from '../chapter.ts'
import { asTrack, type Track } from '../track.ts'

/** What the site tells a player of an episode. */
interface Details {
  readonly track: Track
  readonly chapters: readonly Chapter[]
}

const known = new Map<string, Promise<Details | undefined>>()

/** Undefined where there is no such episode (any more), or no way to it. */
export function detailsOf(episode: string): Promise<Details | undefined> {
  const asked = known.get(episode) ?? fetchDetails(episode)
  known.set(episode, asked)
  void asked.then((details) => details ?? known.delete(episode))
  return asked
}

async function fetchDetails(episode: string): Promise<Details | undefined> {
  try {
    const response = await fetch(`${episode}/play.json`)
    if (!response.ok) return undefined
    const given = (await response.json()) as { readonly chapters: readonly Chapter[] }
    const track = asTrack(given)
    return track && { track, chapters: given.chapters }
  } catch {
    return undefined
  }
}
