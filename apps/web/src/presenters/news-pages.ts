import { type Discussion } from '@showrunner/domain/comments'
import {
  type CountedSource,
  NEWS_PER_PAGE,
  type NewsPage as ShownNews,
  type ShownNewsItem,
  type SourcePage as ShownSource,
} from '@showrunner/domain/news'
import { addresses } from '../addresses.ts'
import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { type DiscussionPart, discussionPart } from './discussion.ts'
import { fact, type Fact, momentFact } from './facts.ts'
import { excerpt } from './excerpts.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { type FiledUnder } from './episode-page.ts'
import { type NewsLine, newsLine } from './news-line.ts'
import { type Paging, pagingOf } from './paging.ts'
import { titledCard } from './share-card.ts'
import { newsletterForm, type SubscribeForm } from './subscribe-form.ts'
import { titleSize, type TitleSize } from './title-size.ts'

export interface NewsPage {
  readonly frame: Frame
  readonly lines: readonly NewsLine[]
  readonly paging: Paging
  readonly hasIssues: boolean
  readonly byMail: SubscribeForm | null
  readonly hasSources: boolean
}

export interface ShownNewsPage {
  readonly page: ShownNews
  /** By `news-42`. */
  readonly counts: ReadonlyMap<string, number>
  readonly hasIssues: boolean
}

export function newsPage(site: Site, { page: shown, counts, hasIssues }: ShownNewsPage): NewsPage {
  const { page, items } = shown
  const { words } = site
  const paging = pagingOf({ ...shown, perPage: NEWS_PER_PAGE }, words, addresses.newsPage)
  const title = words.frame.news
  return {
    frame: frame(site, {
      title: page > 1 ? words.lists.page(title, page) : title,
      description: words.news.newest(site.title),
      address: addresses.newsPage(page),
      paging,
      feeds: [{ title: words.news.feed(site.title), href: addresses.newsFeed }],
      section: 'news',
    }),
    lines: lines(items, counts, site),
    paging,
    hasIssues,
    byMail: hasIssues ? newsletterForm(words) : null,
    hasSources: items.some(({ source }) => source !== null),
  }
}

function lines(
  items: readonly ShownNewsItem[],
  counts: ReadonlyMap<string, number>,
  { words }: Site,
): readonly NewsLine[] {
  return items.map((item) => newsLine(item, counts.get(`news-${item.id}`) ?? 0, words))
}

export interface NewsItemPage {
  readonly frame: Frame
  readonly banner: string | null
  readonly item: NewsLine
  readonly size: TitleSize
  readonly topics: readonly FiledUnder[]
  readonly facts: readonly Fact[]
  readonly discussion: DiscussionPart | null
}

interface WithDiscussion {
  readonly item: ShownNewsItem
  readonly discussion: Discussion
}

export function newsItemPage(site: Site, { item, discussion }: WithDiscussion): NewsItemPage {
  const { words } = site
  return {
    ...itemPage(site, item, discussion.count),
    discussion: discussionPart(discussion, words),
  }
}

/** The page of an item as it will be, for who works on it. */
export function newsItemPreview(site: Site, item: ShownNewsItem): NewsItemPage {
  const page = itemPage(site, item, 0)
  const { title, description } = page.frame
  const address = addresses.admin.previewNewsItem(item.id)
  return {
    ...page,
    banner: site.words.news.preview,
    frame: frame(site, { title, description, address, unlisted: true }),
  }
}

function itemPage(site: Site, item: ShownNewsItem, comments: number): NewsItemPage {
  const { words } = site
  const line = newsLine(item, comments, words)
  const description = item.storyHtml && excerpt(item.storyHtml.replaceAll(/<[^>]*>/g, ' '), 200)
  return {
    frame: frame(site, {
      title: item.headline,
      description,
      address: line.href,
      image: item.imageUrl,
      type: 'article',
      card: titledCard(site, { above: words.frame.news, title: item.headline }, item.imageUrl),
      published: item.publishedAt,
      modified: item.updatedAt,
      topics: item.topics.map(({ name }) => name),
      crumbs: [{ title: words.frame.news, href: addresses.news }],
      feeds: [{ title: words.news.feed(site.title), href: addresses.newsFeed }],
      section: 'news',
    }),
    banner: null,
    item: line,
    size: titleSize(item.headline, { short: 30, long: 65 }),
    topics: item.topics.map(({ name, slug }) => ({ title: name, href: addresses.topic(slug) })),
    facts: factsOf(item, line, site),
    discussion: null,
  }
}

function factsOf(item: ShownNewsItem, { when, source }: NewsLine, { words }: Site): Fact[] {
  const { news, episode } = words
  return [
    ...(when ? [momentFact(episode.published, when)] : []),
    ...(source ? [fact(news.source, source.name, source.href)] : []),
    ...(item.author ? [fact(news.by, item.author.name)] : []),
    ...(item.submitter ? [fact(news.sentBy, item.submitter.name)] : []),
  ]
}

export interface SourcesPage {
  readonly frame: Frame
  readonly lead: string
  readonly sources: readonly {
    readonly name: string
    readonly href: string
    readonly iconUrl: string | null
    readonly count: string
  }[]
}

export function sourcesPage(site: Site, sources: readonly CountedSource[]): SourcesPage {
  const { news } = site.words
  const lead = news.sourcesLead(site.title)
  return {
    frame: frame(site, {
      title: news.sources,
      description: lead,
      address: addresses.newsSources,
      section: 'news',
    }),
    lead,
    sources: sources.map(({ source: { name, slug, iconUrl }, count }) => ({
      name,
      href: addresses.newsSource(slug),
      iconUrl,
      count: news.items(count),
    })),
  }
}

export interface SourcePage {
  readonly frame: Frame
  readonly name: string
  readonly iconUrl: string | null
  readonly websiteUrl: string
  readonly descriptionHtml: SafeHtml | null
  readonly lines: readonly NewsLine[]
  readonly paging: Paging
}

export interface ShownSourcePage {
  readonly shown: ShownSource
  readonly counts: ReadonlyMap<string, number>
}

export function sourcePage(site: Site, { shown, counts }: ShownSourcePage): SourcePage {
  const { source, page } = shown
  const { words } = site
  const { name, slug, websiteUrl, descriptionHtml, iconUrl } = source
  const address = (at: number) => addresses.newsSource(slug, at)
  const paging = pagingOf({ ...shown, perPage: NEWS_PER_PAGE }, words, address)
  return {
    frame: frame(site, {
      title: page > 1 ? words.lists.page(name, page) : name,
      description: words.news.sourceIs(name),
      address: address(page),
      paging,
      crumbs: [{ title: words.news.sources, href: addresses.newsSources }],
      section: 'news',
    }),
    name,
    iconUrl,
    websiteUrl,
    descriptionHtml: descriptionHtml === null ? null : safeHtml(descriptionHtml),
    lines: lines(shown.items, counts, site),
    paging,
  }
}
