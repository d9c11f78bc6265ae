import { from, type Repo } from '@showrunner/data'
import { Episode, EpisodeSlug, published } from '../episodes/index.ts'
import { findPodcast, type Podcast, PodcastSlug } from '../podcasts/index.ts'

/** What a podcast, and an episode of it, are called in an address. */
export interface Named {
  readonly podcast: string
  readonly episode?: string | undefined
}

/**
 * What an address that leads nowhere is called now, when what was called so is there for anybody to see. Undefined
 * where nothing was.
 */
export async function movedTo(
  repo: Repo,
  { podcast: slug, episode }: Named,
  asOf: Date,
): Promise<Named | undefined> {
  const podcast = (await findPodcast(repo, slug)) ?? (await movedPodcast(repo, slug))
  if (!podcast) return undefined
  const moved = episode && (await movedEpisode(repo, podcast, episode, asOf))
  if (podcast.slug === slug && !moved) return undefined
  return { podcast: podcast.slug, episode: moved ?? episode }
}

async function movedPodcast(repo: Repo, slug: string): Promise<Podcast | undefined> {
  const old = await repo.getBy(from(PodcastSlug).preload('podcast'), { slug })
  return old && findPodcast(repo, old.podcast.slug)
}

async function movedEpisode(
  repo: Repo,
  { id: podcastId }: Podcast,
  slug: string,
  asOf: Date,
): Promise<string | undefined> {
  const old = await repo.getBy(EpisodeSlug, { podcastId, slug })
  if (!old) return undefined
  return (await repo.getBy(published(from(Episode), asOf), { id: old.episodeId }))?.slug
}
