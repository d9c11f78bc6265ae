import { from, type Repo } from '@showrunner/data'
import { Episode, EpisodeCredit, EpisodeGuest, EpisodeHost, published } from '../episodes/index.ts'
import { Podcast, PodcastCredit, PodcastHost, visible } from '../podcasts/index.ts'
import { Post, publishedPosts } from '../posts/index.ts'

/**
 * Those of these people who are named where anybody may see it, as `listPeople` has them. It is asked of their own rows
 * step by step: a page that shows who has a page is not made anew by everything that is saved elsewhere.
 */
export async function listNamedAmong(
  repo: Repo,
  ids: readonly number[],
  asOf: Date,
): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set()
  const people = [...new Set(ids)]
  const [hosting, crediting, ...appearances] = await Promise.all([
    repo.all(from(PodcastHost).where('personId', 'in', people).where({ retired: false })),
    repo.all(from(PodcastCredit).where('personId', 'in', people)),
    repo.all(from(EpisodeHost).where('personId', 'in', people)),
    repo.all(from(EpisodeGuest).where('personId', 'in', people)),
    repo.all(from(EpisodeCredit).where('personId', 'in', people)),
  ])
  const inEpisodes = appearances.flat()
  const episodeIds = inEpisodes.map(({ episodeId }) => episodeId)
  const [episodes, posts] = await Promise.all([
    repo.all(
      published(from(Episode), asOf).where('id', 'in', episodeIds).select('id', 'podcastId'),
    ),
    repo.all(publishedPosts(from(Post), asOf).where('authorId', 'in', people).select('authorId')),
  ])
  const inPodcasts = [...hosting, ...crediting]
  const podcastIds = [...inPodcasts, ...episodes].map(({ podcastId }) => podcastId)
  const podcasts = await repo.all(
    from(Podcast).pipe(visible).where('id', 'in', podcastIds).select('id'),
  )
  const [seen, out] = [new Set(podcasts.map(({ id }) => id)), new Set<number>()]
  for (const { id, podcastId } of episodes) if (seen.has(podcastId)) out.add(id)
  return new Set([
    ...inPodcasts.flatMap(({ personId, podcastId }) => (seen.has(podcastId) ? [personId] : [])),
    ...inEpisodes.flatMap(({ personId, episodeId }) => (out.has(episodeId) ? [personId] : [])),
    ...posts.flatMap(({ authorId }) => authorId ?? []),
  ])
}
