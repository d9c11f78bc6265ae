import { from, type Loaded, NotFoundError, type Query, type Repo } from '@showrunner/data'
import { type OnePage, pageOf } from '../lists/index.ts'
import { getPodcast, type Podcast } from '../podcasts/index.ts'
import { Episode } from './episode.ts'
import { listed, type ListedEpisode } from './listed.ts'
import { newestFirst, ofVisiblePodcasts, published, releasedIn } from './scopes.ts'

/** A year in which something appeared, and how much. */
export interface ArchiveYear {
  readonly year: number
  readonly count: number
}

type WithPeople = Pick<Loaded<typeof Episode, ['hosts', 'guests']>, 'hosts' | 'guests'>

export interface PodcastYear {
  readonly podcast: Podcast
  readonly years: readonly ArchiveYear[]
  readonly episodes: OnePage<ListedEpisode & WithPeople>
}

export interface NetworkYear {
  readonly years: readonly ArchiveYear[]
  readonly episodes: OnePage<ListedEpisode & WithPeople & { readonly podcast: Podcast }>
}

/** The years of a podcast, or of the whole network, the latest first. */
export async function countYears(
  repo: Repo,
  asOf: Date,
  podcastId?: number,
): Promise<readonly ArchiveYear[]> {
  const all = from(Episode)
  const of = podcastId === undefined ? all.pipe(ofVisiblePodcasts) : all.where({ podcastId })
  return yearsIn(repo, published(of, asOf))
}

/** @throws NotFoundError when there is no such podcast that anybody may see, or nothing of it appeared in that year. */
export async function getPodcastYear(
  repo: Repo,
  slug: string,
  year: number,
  { asOf, page }: { readonly asOf: Date; readonly page: number },
): Promise<PodcastYear> {
  const podcast = await getPodcast(repo, slug)
  const released = published(from(Episode).where({ podcastId: podcast.id }), asOf)
  const [years, episodes] = await Promise.all([
    yearsIn(repo, released),
    pageOf(repo, listed(newestFirst(releasedIn(released, year))).preload('hosts', 'guests'), page),
  ])
  if (episodes.total === 0) throw new NotFoundError(Episode, `of "${slug}" in ${year}`)
  return { podcast, years, episodes }
}

/** @throws NotFoundError when nothing appeared in that year. */
export async function getNetworkYear(
  repo: Repo,
  year: number,
  { asOf, page }: { readonly asOf: Date; readonly page: number },
): Promise<NetworkYear> {
  const released = published(from(Episode).pipe(ofVisiblePodcasts), asOf)
  const ofYear = listed(newestFirst(releasedIn(released, year)))
  const [years, episodes] = await Promise.all([
    yearsIn(repo, released),
    pageOf(repo, ofYear.preload('podcast', 'hosts', 'guests'), page),
  ])
  if (episodes.total === 0) throw new NotFoundError(Episode, `in ${year}`)
  return { years, episodes }
}

// Grouped here and not by the database: a query of moments tells a page that is kept when it will be another.
async function yearsIn(
  repo: Repo,
  released: Query<typeof Episode>,
): Promise<readonly ArchiveYear[]> {
  const rows = await repo.all(released.select('publishedAt'))
  const byYear = Map.groupBy(rows, ({ publishedAt }) => publishedAt?.getUTCFullYear() ?? 0)
  return [...byYear]
    .map(([year, { length }]) => ({ year, count: length }))
    .toSorted((one, other) => other.year - one.year)
}
