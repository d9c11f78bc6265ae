import { from, NotFoundError, type Loaded, type Repo } from '@showrunner/data'
import {
  type ArchiveYear,
  countYears,
  Episode,
  listed,
  type ListedEpisode,
  newestFirst,
  published,
} from '../episodes/index.ts'
import { type Person } from '../people/index.ts'
import { Podcast } from './podcast.ts'
import { visible } from './scopes.ts'

export const EPISODES_PER_PAGE = 50

type EpisodeWithPeople = ListedEpisode & {
  readonly hosts: readonly Person[]
  readonly guests: readonly Person[]
}

/** What the page of a podcast shows: the podcast with who makes it, and a page of its episodes. */
export interface PodcastPage {
  readonly podcast: Loaded<
    typeof Podcast,
    ['topics', { podcastHosts: ['person'] }, { credits: ['person'] }]
  >
  readonly episodes: readonly EpisodeWithPeople[]
  /** In which it has episodes, the latest first. */
  readonly years: readonly ArchiveYear[]
  /** Which page this is, from 1. */
  readonly page: number
  readonly pages: number
  /** How many episodes there are on all pages. */
  readonly total: number
}

/** @throws NotFoundError when there is no such podcast that anybody may see, or no such page of it. */
export async function getPodcastPage(
  repo: Repo,
  slug: string,
  asOf: Date,
  page = 1,
): Promise<PodcastPage> {
  const found = await repo.getByOrThrow(from(Podcast).pipe(visible), { slug })
  const released = published(from(Episode).where({ podcastId: found.id }), asOf)
  const [podcast, years, episodes] = await Promise.all([
    repo.preload(found, 'topics', { podcastHosts: ['person'] }, { credits: ['person'] }),
    countYears(repo, asOf, found.id),
    repo.all(
      listed(newestFirst(released))
        .limit(EPISODES_PER_PAGE)
        .offset((page - 1) * EPISODES_PER_PAGE)
        .preload('hosts', 'guests'),
    ),
  ])
  const total = years.reduce((sum, { count }) => sum + count, 0)
  const pages = Math.max(1, Math.ceil(total / EPISODES_PER_PAGE))
  if (page > pages) throw new NotFoundError(Episode, `on page ${page} of ${pages} of "${slug}"`)
  return { podcast, episodes, years, page, pages, total }
}
