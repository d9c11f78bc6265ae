import { NEWS_KINDS } from '@showrunner/domain/news'
import { z } from 'zod'
import { PodcastPart, Somebody, TopicPart } from './parts.ts'
import { Link, Moment } from './values.ts'

const NewsSource = z
  .strictObject({ slug: z.string(), name: z.string(), websiteUrl: z.string(), url: Link })
  .meta({ id: 'NewsSource', description: 'Who reported it, and the page of all that they did.' })

const EpisodePart = z
  .strictObject({
    slug: z.string(),
    title: z.string(),
    podcast: PodcastPart,
    url: Link,
    apiUrl: Link,
  })
  .meta({ id: 'EpisodePart', description: 'An episode, in brief.' })

const PostPart = z
  .strictObject({ slug: z.string(), title: z.string(), url: Link, apiUrl: Link })
  .meta({ id: 'PostPart', description: 'A post, in brief.' })

export const NewsKind = z.enum(NEWS_KINDS)

export const NewsItem = z
  .strictObject({
    id: z.int().describe('For good: the headline may change.'),
    kind: NewsKind,
    headline: z.string(),
    story: z.string().nullable().describe('Markdown in which HTML may stand.'),
    storyHtml: z.string().nullable().describe('The same as HTML that is safe to show.'),
    linkUrl: z.string().nullable().describe('What it points to elsewhere.'),
    imageUrl: Link.nullable(),
    pinned: z.boolean().describe('The site shows it before what is newer.'),
    publishedAt: Moment,
    source: NewsSource.nullable(),
    author: Somebody.nullable().describe('Who wrote what it points to.'),
    submitter: Somebody.nullable().describe('Who sent it in.'),
    episode: EpisodePart.nullable().describe('Of ours, where it is about one that is out.'),
    post: PostPart.nullable().describe('Of ours, where it is about one that is out.'),
    topics: z.array(TopicPart),
    url: Link.describe('Its page.'),
    apiUrl: Link,
    commentsUrl: Link.describe('Of what is said below it, in this API.'),
  })
  .meta({ id: 'NewsItem', description: 'What the network points to, or says in a few words.' })

export const IssueInList = z
  .strictObject({
    number: z.int(),
    slug: z.string(),
    teaser: z.string().nullable().describe('What is in it, in a sentence.'),
    publishedAt: Moment,
    url: Link.describe('Its page.'),
    apiUrl: Link,
  })
  .meta({ id: 'IssueInList', description: 'An issue of the newsletter, as lists have it.' })

export const Issue = z
  .strictObject({
    ...IssueInList.shape,
    note: z.string().nullable().describe('What stands before the items: Markdown.'),
    noteHtml: z.string().nullable().describe('The same as HTML that is safe to show.'),
    items: z.array(NewsItem).describe('Those that are out, in its order.'),
  })
  .meta({ id: 'Issue', description: 'An issue of the newsletter, with what it is about.' })
