import { from, type Loaded, type Repo } from '@showrunner/data'
import { type ListOptions, matching, type Paged, paged, sorted } from '../lists/index.ts'
import { Podcast, PODCAST_STATUSES } from './podcast.ts'

export const PODCAST_SORTS = ['position', 'title', '-updatedAt'] as const

/** A page of all podcasts that a repo sees, in the network's order unless another is wanted. */
export async function searchPodcasts(
  repo: Repo,
  { q, sort, page, status }: ListOptions & { readonly status?: string | undefined },
): Promise<Paged<Loaded<typeof Podcast, ['hosts']>>> {
  const known = PODCAST_STATUSES.find((one) => one === status)
  const all = known ? from(Podcast).where({ status: known }) : from(Podcast)
  const found = sorted(matching(all, ['title', 'slug', 'subtitle'], q), PODCAST_SORTS, sort)
  return paged(repo, found.preload('hosts'), page)
}
