import { type NewsIssue } from '@showrunner/domain/issues'
import { type ShownNewsItem } from '@showrunner/domain/news'
import { type z } from 'zod'
import { addresses } from '../../addresses.ts'
import { type Outside } from '../outside.ts'
import { type IssueInList, type NewsItem } from '../schemas/news.ts'
import { episodePath } from './episode.ts'
import { podcastPart, somebody, topicParts } from './parts.ts'
import { postPath } from './post.ts'

/** `known` are those who have a page here. */
export function newsAnswer(
  outside: Outside,
  item: ShownNewsItem,
  known: ReadonlySet<number>,
): z.output<typeof NewsItem> {
  const { id, kind, headline, story, storyHtml, pinned, publishedAt, source } = item
  if (!publishedAt) throw new Error(`news item ${id} has no date: it is not out`)
  return {
    id,
    kind,
    headline,
    story,
    storyHtml,
    pinned,
    linkUrl: item.url,
    imageUrl: outside.maybeAt(item.imageUrl),
    publishedAt: publishedAt.toISOString(),
    source: source && sourcePart(outside, source),
    author: somebody(outside, item.author, known),
    submitter: somebody(outside, item.submitter, known),
    episode: item.episode ? episodePart(outside, item.episode) : null,
    post: item.post ? postPart(outside, item.post) : null,
    topics: topicParts(outside, item.topics),
    url: outside.at(addresses.newsItem(item)),
    apiUrl: outside.api(newsPath(id)),
    commentsUrl: outside.api(`${newsPath(id)}/comments`),
  }
}

export function issueInList(outside: Outside, issue: NewsIssue): z.output<typeof IssueInList> {
  const { number, slug, teaser, publishedAt } = issue
  if (!publishedAt) throw new Error(`issue "${slug}" has no date: it is not out`)
  return {
    number,
    slug,
    teaser,
    publishedAt: publishedAt.toISOString(),
    url: outside.at(addresses.newsIssue(slug)),
    apiUrl: outside.api(`/issues/${slug}`),
  }
}

export function newsPath(id: number): string {
  return `/news/${id}`
}

function sourcePart(outside: Outside, source: NonNullable<ShownNewsItem['source']>) {
  const { slug, name, websiteUrl } = source
  return { slug, name, websiteUrl, url: outside.at(addresses.newsSource(slug)) }
}

function episodePart(outside: Outside, episode: NonNullable<ShownNewsItem['episode']>) {
  const { slug, title, podcast } = episode
  return {
    slug,
    title,
    podcast: podcastPart(outside, podcast),
    url: outside.at(addresses.episode(podcast.slug, slug)),
    apiUrl: outside.api(episodePath(podcast.slug, slug)),
  }
}

function postPart(
  outside: Outside,
  { slug, title }: { readonly slug: string; readonly title: string },
) {
  const url = outside.at(addresses.post(slug))
  return { slug, title, url, apiUrl: outside.api(postPath(slug)) }
}
