import { from, type Repo } from '@showrunner/data'
import { type Actor } from '../policies/index.ts'
import { Episode } from './episode.ts'
import { listed } from './listed.ts'
import { newestFirst, ofVisiblePodcasts, published, scheduled, visibleTo } from './scopes.ts'

export type EpisodeOfNetwork = Awaited<ReturnType<typeof listNewest>>[number]

/** The newest episodes of every podcast anybody may see. */
export async function listNewest(repo: Repo, asOf: Date, count: number) {
  const released = published(from(Episode).pipe(ofVisiblePodcasts), asOf)
  return repo.all(listed(newestFirst(released)).limit(count).preload('podcast', 'hosts', 'guests'))
}

/** A released episode of a podcast, by its address. */
export async function findEpisode(
  repo: Repo,
  podcastId: number,
  slug: string,
  asOf: Date,
): Promise<Episode | undefined> {
  return repo.getBy(published(from(Episode), asOf), { podcastId, slug })
}

/** @throws NotFoundError when there is none, or it is not released yet. */
export async function getEpisode(
  repo: Repo,
  podcastId: number,
  slug: string,
  asOf: Date,
): Promise<Episode> {
  return repo.getByOrThrow(published(from(Episode), asOf), { podcastId, slug })
}

export type ScheduledEpisode = Awaited<ReturnType<typeof listScheduled>>[number]

/** What appears by itself on the podcasts somebody works on, the next one first. */
export async function listScheduled(repo: Repo, actor: Actor, asOf: Date, count: number) {
  const theirs = scheduled(visibleTo(actor, from(Episode)), asOf)
  return repo.all(
    listed(theirs.orderBy({ publishedAt: 'asc', id: 'asc' }))
      .limit(count)
      .preload('podcast'),
  )
}
