import { from, type Loaded, type Repo } from '@showrunner/data'
import { getPodcast } from '../podcasts/index.ts'
import { Episode } from './episode.ts'
import { type Neighbours, neighboursOf } from './neighbours.ts'
import { relatedTo, type RelatedEpisode } from './related.ts'
import { published } from './scopes.ts'

/** Everything the page of an episode shows of it. */
const WHOLE = [
  'podcast',
  'hosts',
  'guests',
  { episodeHosts: ['person'] },
  { episodeGuests: ['person'] },
  { episodeSponsors: ['sponsor'] },
  { credits: ['person'] },
  'topics',
  'links',
  'chapters',
  { transcripts: [{ cues: ['person'] }] },
] as const

export type WholeEpisode = Loaded<typeof Episode, typeof WHOLE>

export interface EpisodePage extends Neighbours {
  readonly episode: WholeEpisode
  /** With the same topics and people. */
  readonly related: readonly RelatedEpisode[]
}

/**
 * An episode with all that belongs to it, and its neighbours in the podcast, the branches side by side.
 *
 * @throws NotFoundError when there is no such podcast that anybody may see, or no such episode of it released by then.
 */
export async function getEpisodePage(
  repo: Repo,
  podcastSlug: string,
  slug: string,
  asOf: Date,
): Promise<EpisodePage> {
  const podcast = await getPodcast(repo, podcastSlug)
  const released = published(from(Episode), asOf)
  return whole(repo, await repo.getByOrThrow(released, { podcastId: podcast.id, slug }), asOf)
}

/** The same, where something else may be at the address: undefined when no such episode is released by then. */
export async function findEpisodePage(
  repo: Repo,
  podcastId: number,
  slug: string,
  asOf: Date,
): Promise<EpisodePage | undefined> {
  const found = await repo.getBy(published(from(Episode), asOf), { podcastId, slug })
  return found && whole(repo, found, asOf)
}

async function whole(repo: Repo, found: Episode, asOf: Date): Promise<EpisodePage> {
  const [episode, neighbours] = await Promise.all([
    repo.preload(found, ...WHOLE),
    neighboursOf(repo, published(from(Episode), asOf), found),
  ])
  return { episode, ...neighbours, related: await relatedBeside(repo, episode, neighbours, asOf) }
}

/** Those before and after it have a place of their own. */
async function relatedBeside(
  repo: Repo,
  episode: WholeEpisode,
  { previous, next }: Neighbours,
  asOf: Date,
): Promise<readonly RelatedEpisode[]> {
  return relatedTo(
    repo,
    episode,
    asOf,
    [previous, next].flatMap((neighbour) => neighbour?.id ?? []),
  )
}

/**
 * What the page of an episode will show once it is out, whoever may see it: that is for the policy, or a preview link, to
 * say. Its neighbours are those that it would have now.
 *
 * @throws NotFoundError
 */
export async function getEpisodePreview(
  repo: Repo,
  episodeId: number,
  asOf: Date,
): Promise<EpisodePage> {
  const found = await repo.getOrThrow(Episode, episodeId)
  const { id, podcastId, publishedAt } = found
  const [episode, neighbours] = await Promise.all([
    repo.preload(found, ...WHOLE),
    neighboursOf(repo, published(from(Episode), asOf), {
      id,
      podcastId,
      publishedAt: publishedAt ?? asOf,
    }),
  ])
  return { episode, ...neighbours, related: [] }
}
