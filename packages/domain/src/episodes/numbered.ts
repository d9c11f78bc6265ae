import { from, type Repo } from '@showrunner/data'
import { Episode } from './episode.ts'
import { newestFirst, ofVisiblePodcasts, published } from './scopes.ts'

/**
 * The episode of a number that anybody may hear, of a podcast or of whichever comes first in the network: an address of a
 * number alone says no more.
 */
export async function findNumbered(
  repo: Repo,
  number: number,
  asOf: Date,
  podcastId?: number,
): Promise<{ readonly podcast: string; readonly slug: string } | undefined> {
  const numbered = published(from(Episode).where({ number }).pipe(ofVisiblePodcasts), asOf)
  const of = podcastId === undefined ? numbered : numbered.where({ podcastId })
  const found = await repo.all(of.pipe(newestFirst).preload('podcast'))
  const [first] = found.toSorted((a, b) => a.podcast.position - b.podcast.position)
  return first && { podcast: first.podcast.slug, slug: first.slug }
}

/** Where the video of an episode is that anybody may hear. */
export async function findVideo(
  repo: Repo,
  { podcast, episode }: { readonly podcast: string; readonly episode: string },
  asOf: Date,
): Promise<string | undefined> {
  const released = published(from(Episode).where({ slug: episode }).pipe(ofVisiblePodcasts), asOf)
  const found = await repo.all(released.preload('podcast'))
  return found.find((one) => one.podcast.slug === podcast)?.youtubeUrl ?? undefined
}
