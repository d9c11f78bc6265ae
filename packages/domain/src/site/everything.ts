import { from, type Repo } from '@showrunner/data'
import { listPeople } from '../catalogue/index.ts'
import {
  countYears,
  Episode,
  newestFirst,
  ofVisiblePodcasts,
  published,
} from '../episodes/index.ts'
import { listUpcoming } from '../live/index.ts'
import { NewsIssue } from '../issues/index.ts'
import { listSources, NewsItem, out as newsOut } from '../news/index.ts'
import { inOrder, Podcast, visible } from '../podcasts/index.ts'
import { Post, publishedPosts } from '../posts/index.ts'
import { listAskable } from '../requests/index.ts'
import { getSettings } from '../settings/index.ts'
import { listPublicSponsors } from '../sponsors/index.ts'
import { listPublicTopics } from '../topics/index.ts'

/** Something with a page of its own, and when that last changed. */
export interface Listed {
  readonly slug: string
  readonly changedAt: Date
}

/** What anybody may see, by kind: whatever has a page of its own. */
export interface Everything {
  readonly podcasts: readonly Listed[]
  readonly episodes: readonly (Listed & { readonly podcast: string })[]
  /** Announced and yet to come: at the addresses of their episodes. */
  readonly liveShows: readonly (Listed & { readonly podcast: string })[]
  /** Podcasts of which something can be heard, and of which something is recommended. */
  readonly withPopular: readonly string[]
  readonly withRecommended: readonly string[]
  /** In which episodes of a podcast came out. */
  readonly podcastYears: readonly { readonly podcast: string; readonly year: number }[]
  readonly people: readonly Listed[]
  readonly topics: readonly Listed[]
  readonly sponsors: readonly Listed[]
  readonly posts: readonly Listed[]
  readonly news: readonly (Listed & { readonly id: number })[]
  readonly newsIssues: readonly Listed[]
  readonly newsSources: readonly Listed[]
  /** In which something appeared. */
  readonly years: readonly number[]
  /** Which of the network's own texts are written. */
  readonly texts: readonly ('imprint' | 'privacy' | 'terms')[]
  readonly takesRequests: boolean
}

// More than that are not counted: a sitemap has an end.
const MOST_PEOPLE = 200_000
const MOST_SHOWS = 100

export async function listEverything(repo: Repo, asOf: Date): Promise<Everything> {
  const [podcasts, episodes, people, topics, sponsors, posts, years, news, rest] =
    await Promise.all([
      repo.all(from(Podcast).pipe(visible, inOrder).select('id', 'slug', 'updatedAt')),
      listEpisodes(repo, asOf),
      listPeople(repo, { most: MOST_PEOPLE }, asOf),
      listPublicTopics(repo, asOf),
      listPublicSponsors(repo, asOf),
      repo.all(
        publishedPosts(from(Post), asOf)
          .select('slug', 'publishedAt', 'updatedAt')
          .orderBy({ publishedAt: 'desc', id: 'desc' }),
      ),
      countYears(repo, asOf),
      listNews(repo, asOf),
      listRest(repo, asOf),
    ])
  const slugs = new Map(podcasts.map(({ id, slug }) => [id, slug]))
  const known = episodes.flatMap((episode) => {
    const podcast = slugs.get(episode.podcastId)
    return podcast === undefined ? [] : [{ episode, podcast }]
  })
  return {
    podcasts: podcasts.map(listed),
    episodes: known.map(({ episode, podcast }) => ({ ...listed(episode), podcast })),
    podcastYears: yearsOf(known),
    withPopular: podcastsWith(known, ({ audioUrl }) => audioUrl !== null),
    withRecommended: podcastsWith(known, ({ featured }) => featured),
    ...rest,
    people: people.rows.map(({ handle, updatedAt }) => ({ slug: handle, changedAt: updatedAt })),
    topics: topics.map(listed),
    sponsors: sponsors.map(listed),
    posts: posts.map(listed),
    ...news,
    years: years.map(({ year }) => year),
  }
}

async function listEpisodes(repo: Repo, asOf: Date) {
  return repo.all(
    newestFirst(published(from(Episode).pipe(ofVisiblePodcasts), asOf)).select(
      'slug',
      'audioUrl',
      'featured',
      'podcastId',
      'publishedAt',
      'updatedAt',
    ),
  )
}

function yearsOf(
  known: readonly { readonly episode: Pick<Episode, 'publishedAt'>; readonly podcast: string }[],
): Everything['podcastYears'] {
  const years = Map.groupBy(known, ({ podcast }) => podcast)
  return [...years].flatMap(([podcast, all]) =>
    [...new Set(all.flatMap(({ episode }) => episode.publishedAt?.getUTCFullYear() ?? []))].map(
      (year) => ({ podcast, year }),
    ),
  )
}

interface Known {
  readonly episode: Pick<Episode, 'audioUrl' | 'featured'>
  readonly podcast: string
}

function podcastsWith(
  known: readonly Known[],
  is: (episode: Known['episode']) => boolean,
): readonly string[] {
  return [...new Set(known.flatMap(({ episode, podcast }) => (is(episode) ? [podcast] : [])))]
}

async function listRest(repo: Repo, asOf: Date) {
  const [shows, askable, settings] = await Promise.all([
    listUpcoming(repo, asOf, MOST_SHOWS),
    listAskable(repo),
    getSettings(repo),
  ])
  return {
    liveShows: shows.map(({ episode, updatedAt }) => ({
      slug: episode.slug,
      podcast: episode.podcast.slug,
      changedAt: updatedAt,
    })),
    takesRequests: askable.length > 0,
    texts: (['imprint', 'privacy', 'terms'] as const).filter((text) => settings[text] !== null),
  }
}

async function listNews(repo: Repo, asOf: Date) {
  const [items, issues, sources] = await Promise.all([
    repo.all(
      newsOut(from(NewsItem), asOf)
        .select('id', 'slug', 'publishedAt', 'updatedAt')
        .orderBy({ publishedAt: 'desc', id: 'desc' }),
    ),
    repo.all(
      from(NewsIssue)
        .where('publishedAt', '<=', asOf)
        .select('slug', 'publishedAt', 'updatedAt')
        .orderBy({ number: 'desc' }),
    ),
    listSources(repo, asOf),
  ])
  return {
    news: items.map((item) => ({ ...listed(item), id: item.id })),
    newsIssues: issues.map(listed),
    newsSources: sources.map(({ source }) => listed(source)),
  }
}

/** What was written before it was out changed when it came out. */
function listed(row: {
  readonly slug: string
  readonly updatedAt: Date
  readonly publishedAt?: Date | null
}): Listed {
  const { slug, updatedAt, publishedAt } = row
  return { slug, changedAt: publishedAt && publishedAt > updatedAt ? publishedAt : updatedAt }
}
