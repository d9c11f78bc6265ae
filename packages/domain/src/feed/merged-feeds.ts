import { from, type Query, type Repo } from '@showrunner/data'
import { type FeedDraft, type ItemDraft, podcastGuid } from '@showrunner/feeds'
import { Episode, episodesAboutTopic, episodesWith, published } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { inOrder, Podcast, visible } from '../podcasts/index.ts'
import { getSettings, hubsOf, type Settings } from '../settings/index.ts'
import { Topic } from '../topics/index.ts'
import { inFull, type Outside } from './addresses.ts'
import { withGuidsOfTheirOwn } from './own-guids.ts'
import { feedPage, pageLinks } from './paging.ts'
import { coverAgain } from './pictures.ts'
import { type FeedEpisode, readItems } from './read-items.ts'

/** Of several podcasts there are many episodes: so many are in one document. */
const ON_A_PAGE = 200

interface Asked {
  readonly settings: Settings
  readonly asOf: Date
  readonly outside: Outside
  readonly page: number
}

type Chosen = (episodes: Query<typeof Episode>) => Query<typeof Episode>

/**
 * Every show of the network in one feed, but those that are to be kept out of directories.
 *
 * @throws NotFoundError when there is no such page.
 */
export async function getNetworkFeed(
  repo: Repo,
  asOf: Date,
  outside: Outside,
  page = 1,
): Promise<FeedDraft> {
  const settings = await getSettings(repo)
  const { publicUrl, paths } = outside
  const asked = { settings, asOf, outside, page }
  return {
    ...(await merged(repo, asked, paths.networkFeed, (episodes) => episodes)),
    title: settings.title,
    description: settings.tagline ?? `Every show of ${settings.title}.`,
    link: inFull(publicUrl, paths.podcasts),
    guid: settings.feedGuid,
    hubUrls: hubsOf(settings),
    publisher: {
      feedGuid: settings.publisherGuid,
      feedUrl: inFull(publicUrl, paths.publisherFeed),
      itemGuid: null,
      medium: 'publisher',
      title: null,
    },
  }
}

/**
 * Every episode somebody is heard in or helped to make.
 *
 * @throws NotFoundError when nobody has the handle, or there is no such page.
 */
export async function getPersonFeed(
  repo: Repo,
  handle: string,
  asOf: Date,
  outside: Outside,
  page = 1,
): Promise<FeedDraft> {
  const settings = await getSettings(repo)
  const { id, name, avatarUrl } = await repo.getByOrThrow(Person, { handle })
  const { publicUrl, paths } = outside
  const feed = await merged(
    repo,
    { settings, asOf, outside, page },
    paths.personFeed(handle),
    (episodes) => episodesWith(episodes, id),
  )
  const picture = avatarUrl === null ? null : inFull(publicUrl, avatarUrl)
  return {
    ...feed,
    ...(picture !== null && { imageUrl: picture, images: [coverAgain(picture)] }),
    title: `${name} on ${settings.title}`,
    description: `Every episode of ${settings.title} with ${name}.`,
    link: inFull(publicUrl, paths.person(handle)),
    guid: podcastGuid(`${settings.feedGuid}/people/${id}`),
  }
}

/** Every episode about a topic. @throws NotFoundError when there is no such topic, or no such page. */
export async function getTopicFeed(
  repo: Repo,
  slug: string,
  asOf: Date,
  outside: Outside,
  page = 1,
): Promise<FeedDraft> {
  const settings = await getSettings(repo)
  const { id, name } = await repo.getByOrThrow(Topic, { slug })
  const { publicUrl, paths } = outside
  const feed = await merged(
    repo,
    { settings, asOf, outside, page },
    paths.topicFeed(slug),
    (episodes) => episodesAboutTopic(episodes, id),
  )
  return {
    ...feed,
    title: `${name} on ${settings.title}`,
    description: `Every episode of ${settings.title} about ${name}.`,
    link: inFull(publicUrl, paths.topic(slug)),
    guid: podcastGuid(`${settings.feedGuid}/topics/${id}`),
  }
}

async function merged(
  repo: Repo,
  { settings, asOf, outside, page }: Asked,
  path: string,
  chosen: Chosen,
): Promise<Omit<FeedDraft, 'title'>> {
  const podcasts = await repo.all(from(Podcast).pipe(visible, inOrder).where({ blocked: false }))
  const heard: Chosen = (episodes) =>
    chosen(published(episodes, asOf).where('audioUrl', 'is not', null))
  const ids = podcasts.map(({ id }) => id)
  const total = await repo.count(heard(from(Episode).where('podcastId', 'in', ids)))
  const part = feedPage(page, total, ON_A_PAGE)
  const found = await readItems(repo, podcasts, outside, {
    among: (episodes) =>
      heard(episodes)
        .limit(ON_A_PAGE)
        .offset((page - 1) * ON_A_PAGE),
  })
  const items = withGuidsOfTheirOwn(found).map((one) => ofShow(one, outside))
  return {
    ...channelOfNetwork(settings, podcasts, outside),
    ...pageLinks(inFull(outside.publicUrl, path), part),
    publishedAt: items[0]?.publishedAt ?? null,
    items,
  }
}

function channelOfNetwork(
  { title, language, coverUrl, ownerName, ownerEmail }: Settings,
  podcasts: readonly Podcast[],
  { publicUrl }: Outside,
): Partial<FeedDraft> {
  const cover = coverUrl ?? podcasts.find((one) => one.coverUrl)?.coverUrl ?? null
  const imageUrl = cover === null ? null : inFull(publicUrl, cover)
  const [category] = podcasts.flatMap(({ categories }) => categories)
  return {
    language,
    author: title,
    owner: { name: ownerName ?? title, email: ownerEmail },
    generator: 'Showrunner',
    imageUrl,
    images: imageUrl === null ? [] : [coverAgain(imageUrl)],
    categories: category ? [category] : [],
    explicit: podcasts.some(({ explicit }) => explicit),
    type: 'episodic',
    medium: 'podcast',
    // Their shows have feeds of their own: it is for listeners, and not to be taken elsewhere.
    locked: true,
  }
}

/** An episode among those of other shows: whose it is stands beside its title. */
function ofShow(
  { episode, podcast, item }: FeedEpisode<Podcast>,
  { publicUrl }: Outside,
): ItemDraft {
  const cover = episode.coverUrl ?? podcast.coverUrl
  return {
    ...item,
    title: `${item.title} (${podcast.title})`,
    itunesTitle: item.title,
    author: podcast.author ?? podcast.title,
    imageUrl: cover === null ? null : inFull(publicUrl, cover),
  }
}
