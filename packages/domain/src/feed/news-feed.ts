import { from, type Repo } from '@showrunner/data'
import { type FeedDraft, type ItemDraft } from '@showrunner/feeds'
import { withFullAddresses } from '../markup/index.ts'
import { listNewsForFeed, NewsItem, out, type ShownNewsItem } from '../news/index.ts'
import { getSettings, hubsOf } from '../settings/index.ts'
import { inFull, type Outside } from './addresses.ts'
import { feedPage, pageLinks } from './paging.ts'

const ON_A_PAGE = 50

/** What is news, the newest first, with all that is said of it. @throws NotFoundError when there is no such page. */
export async function getNewsFeed(
  repo: Repo,
  asOf: Date,
  outside: Outside,
  page = 1,
): Promise<FeedDraft> {
  const { publicUrl, paths } = outside
  const settings = await getSettings(repo)
  const { title, tagline, language, coverUrl } = settings
  const part = feedPage(page, await repo.count(out(from(NewsItem), asOf)), ON_A_PAGE)
  const items = await listNewsForFeed(repo, asOf, { page, perPage: ON_A_PAGE })
  return {
    title: `${title}: news`,
    description: tagline ?? `What ${title} has found worth your time.`,
    link: inFull(publicUrl, paths.news),
    ...pageLinks(inFull(publicUrl, paths.newsFeed), part),
    hubUrls: hubsOf(settings),
    language,
    author: title,
    generator: 'Showrunner',
    imageUrl: coverUrl === null ? null : inFull(publicUrl, coverUrl),
    publishedAt: items[0]?.publishedAt ?? null,
    items: items.map((item) => newsFeedItem(item, outside)),
  }
}

function newsFeedItem(item: ShownNewsItem, { publicUrl, paths }: Outside): ItemDraft {
  const { id, headline, storyHtml, url, imageUrl, source, topics, publishedAt } = item
  const link = inFull(publicUrl, paths.newsItem(item))
  const story = storyHtml === null ? '' : withFullAddresses(storyHtml, publicUrl)
  // Readers open the page here, where it is discussed; what it points to is the first thing said.
  const pointer = url === null ? '' : `<p><a href="${escaped(url)}">${escaped(headline)}</a></p>\n`
  return {
    guid: `news-item-${id}`,
    guidIsPermaLink: false,
    title: headline,
    contentHtml: pointer + story || null,
    link,
    publishedAt,
    categories: topics.map(({ name }) => name),
    imageUrl: imageUrl === null ? null : inFull(publicUrl, imageUrl),
    author: source?.name ?? null,
  }
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
