import { type Podcast } from '../podcasts/index.ts'
import { type FeedEpisode } from './read-items.ts'

/** Guids are of one podcast each: where two have the same, in one feed an app would take them for one. */
export function withGuidsOfTheirOwn<P extends Pick<Podcast, 'id' | 'guid'>>(
  found: readonly FeedEpisode<P>[],
): readonly FeedEpisode<P>[] {
  const first = new Map<string, number>()
  for (const { episode, podcast } of found) {
    first.set(episode.guid, Math.min(first.get(episode.guid) ?? Infinity, podcast.id))
  }
  return found.map((one) => {
    const { episode, podcast, item } = one
    if (first.get(episode.guid) === podcast.id) return one
    const guid = `${podcast.guid}/${episode.guid}`
    return { ...one, item: { ...item, guid, guidIsPermaLink: false } }
  })
}
