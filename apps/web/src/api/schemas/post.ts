import { z } from 'zod'
import { Author, TopicPart } from './parts.ts'
import { Link, Moment } from './values.ts'

export const PostInList = z
  .strictObject({
    slug: z.string(),
    title: z.string(),
    subtitle: z.string().nullable(),
    tldr: z.string().nullable().describe('What it says, in a sentence or two of plain text.'),
    publishedAt: Moment,
    author: Author,
    topics: z.array(TopicPart),
    coverUrl: Link.nullable(),
    url: Link.describe('Its page.'),
    apiUrl: Link,
  })
  .meta({ id: 'PostInList', description: 'A post, as lists have it.' })

export const Post = z
  .strictObject({
    ...PostInList.shape,
    body: z.string().nullable().describe('Markdown in which HTML may stand.'),
    bodyHtml: z.string().nullable().describe('The same as HTML that is safe to show.'),
    commentsUrl: Link.describe('Of what is said below it, in this API.'),
    canonicalUrl: z.string().nullable().describe('Where it appeared first, if that is elsewhere.'),
  })
  .meta({ id: 'Post', description: 'A text of the network itself.' })
