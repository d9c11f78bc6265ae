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
  const people = [...new Set(ids)]
  if (people.length === 0) return new Set()
  const known = new Set(await inPodcastsOrPosts(repo, people, asOf))
  // Hosts have hundreds of episodes: those are for whom nothing shorter names.
  const others = people.filter((id) => !known.has(id))
  if (others.length === 0) return known
  return new Set([...known, ...(await inEpisodes(repo, others, asOf))])
}

async function inPodcastsOrPosts(
  repo: Repo,
  people: readonly number[],
  asOf: Date,
): Promise<readonly number[]> {
  const [hosts, credits, posts] = await Promise.all([
    repo.all(from(PodcastHost).where('personId', 'in', people).where({ retired: false })),
    repo.all(from(PodcastCredit).where('personId', 'in', people)),
    repo.all(publishedPosts(from(Post), asOf).where('authorId', 'in', people).select('authorId')),
  ])
  const named = [...hosts, ...credits]
  const seen = await visibleAmong(repo, named)
  return [
    ...named.flatMap(({ personId, podcastId }) => (seen.has(podcastId) ? [personId] : [])),
    ...posts.flatMap(({ authorId }) => authorId ?? []),
  ]
}

async function inEpisodes(
  repo: Repo,
  people: readonly number[],
  asOf: Date,
): Promise<ReadonlySet<number>> {
  const parts = await Promise.all([
    repo.all(from(EpisodeHost).where('personId', 'in', people)),
    repo.all(from(EpisodeGuest).where('personId', 'in', people)),
    repo.all(from(EpisodeCredit).where('personId', 'in', people)),
  ])
  const named = parts.flat()
  const ids = named.map(({ episodeId }) => episodeId)
  const [episodes, seen] = await Promise.all([
    repo.all(published(from(Episode), asOf).where('id', 'in', ids).select('id')),
    visibleAmong(repo, named),
  ])
  const out = new Set(episodes.map(({ id }) => id))
  const shown = named.filter((one) => out.has(one.episodeId) && seen.has(one.podcastId))
  return new Set(shown.map(({ personId }) => personId))
}

async function visibleAmong(
  repo: Repo,
  named: readonly { readonly podcastId: number }[],
): Promise<ReadonlySet<number>> {
  const ids = [...new Set(named.map(({ podcastId }) => podcastId))]
  const podcasts = await repo.all(from(Podcast).pipe(visible).where('id', 'in', ids).select('id'))
  return new Set(podcasts.map(({ id }) => id))
}
