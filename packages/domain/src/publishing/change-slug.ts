import { build, check, from, type Params, type Repo, type Saved } from '@showrunner/data'
import {
  type Episode,
  EpisodeSlug,
  episodeSlugChangeset,
  firstPublishedBy,
  keepsOldAddresses,
} from '../episodes/index.ts'
import {
  keepsOldPodcastAddresses,
  Podcast,
  PodcastSlug,
  podcastSlugChangeset,
} from '../podcasts/index.ts'
import { lockEpisode } from './checked-episode.ts'

/** Gives an episode another address. If it is or was out, the old one leads to the new from now on. */
export async function changeSlug(
  repo: Repo,
  { id }: Pick<Episode, 'id'>,
  params: Params,
  asOf: Date,
): Promise<Saved<typeof Episode>> {
  return repo.transaction(async () => {
    const episode = await lockEpisode(repo, id)
    const changeset = check(episodeSlugChangeset(episode, params), keepsOldAddresses(repo))
    const saved = await repo.update(changeset)
    if (!saved.ok || saved.value.slug === episode.slug) return saved

    const { podcastId } = episode
    await repo.deleteAll(from(EpisodeSlug).where({ episodeId: id, slug: saved.value.slug }))
    if (firstPublishedBy(episode, asOf)) {
      const old = { podcastId, episodeId: id, slug: episode.slug }
      await repo.insertOrThrow(build(EpisodeSlug, old))
    }
    return saved
  })
}

/** Gives a podcast another address. If anybody may have seen it, the old one and all beneath it lead to the new. */
export async function changePodcastSlug(
  repo: Repo,
  { id }: Pick<Podcast, 'id'>,
  params: Params,
): Promise<Saved<typeof Podcast>> {
  return repo.transaction(async () => {
    const podcast = await repo.getOrThrow(from(Podcast).lock('for update'), id)
    const changeset = check(podcastSlugChangeset(podcast, params), keepsOldPodcastAddresses(repo))
    const saved = await repo.update(changeset)
    if (!saved.ok || saved.value.slug === podcast.slug) return saved

    await repo.deleteAll(from(PodcastSlug).where({ podcastId: id, slug: saved.value.slug }))
    if (podcast.status !== 'draft') {
      await repo.insertOrThrow(build(PodcastSlug, { podcastId: id, slug: podcast.slug }))
    }
    return saved
  })
}
