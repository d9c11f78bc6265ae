import { from, type Repo } from '@showrunner/data'
import { type FeedDraft, type ListedFeed, type FeedList } from '@showrunner/feeds'
import { plainText } from '../markup/index.ts'
import { inOrder, Podcast, visible } from '../podcasts/index.ts'
import { hasPosts } from '../posts/index.ts'
import { getSettings } from '../settings/index.ts'
import { inFull, type Outside } from './addresses.ts'
import { coverAgain } from './pictures.ts'

/** What the network says of itself as the publisher of its shows: no episodes, but all the shows it has. */
export async function getPublisherFeed(repo: Repo, outside: Outside): Promise<FeedDraft> {
  const settings = await getSettings(repo)
  const { publicUrl, paths } = outside
  const shows = await repo.all(from(Podcast).pipe(visible, inOrder).where({ blocked: false }))
  const { title, tagline, language, coverUrl, ownerName, ownerEmail, descriptionHtml } = settings
  const imageUrl = coverUrl === null ? null : inFull(publicUrl, coverUrl)
  return {
    title,
    description: plainText(descriptionHtml ?? '') || (tagline ?? `The shows of ${title}.`),
    link: inFull(publicUrl, paths.home),
    selfUrl: inFull(publicUrl, paths.publisherFeed),
    language,
    author: title,
    owner: { name: ownerName ?? title, email: ownerEmail },
    generator: 'Showrunner',
    imageUrl,
    images: imageUrl === null ? [] : [coverAgain(imageUrl)],
    explicit: false,
    guid: settings.publisherGuid,
    medium: 'publisher',
    remoteItems: shows.map((show) => ({
      feedGuid: show.guid,
      feedUrl: feedAddress(show, outside),
      itemGuid: null,
      medium: show.medium,
      title: show.title,
    })),
    items: [],
  }
}

/** Every show there is, for podcast apps that take in many at once. */
export async function getFeedList(repo: Repo, outside: Outside): Promise<FeedList> {
  const { title, ownerName } = await getSettings(repo)
  const shows = await repo.all(from(Podcast).pipe(visible, inOrder))
  return { title, ownerName, feeds: shows.map((show) => listed(show, outside)) }
}

function listed(show: Podcast, outside: Outside): ListedFeed {
  const { title, slug, subtitle, language } = show
  return {
    title,
    feedUrl: feedAddress(show, outside),
    link: inFull(outside.publicUrl, outside.paths.podcast(slug)),
    description: subtitle,
    language,
  }
}

/** Where its feed is: here, unless it has moved away. */
function feedAddress(
  { slug, feedRedirects, newFeedUrl }: Podcast,
  { publicUrl, paths }: Outside,
): string {
  return feedRedirects && newFeedUrl ? newFeedUrl : inFull(publicUrl, paths.feed(slug))
}

export interface Feeds {
  readonly podcasts: readonly Podcast[]
  readonly hasPosts: boolean
}

/** What has a feed that people look for. */
export async function listFeeds(repo: Repo, asOf: Date): Promise<Feeds> {
  const [podcasts, written] = await Promise.all([
    repo.all(from(Podcast).pipe(visible, inOrder)),
    hasPosts(repo, asOf),
  ])
  return { podcasts, hasPosts: written }
}
