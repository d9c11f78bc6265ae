import { z } from 'zod'
import { Somebody } from './parts.ts'
import { Link, Moment } from './values.ts'

export const CommentInList = z
  .strictObject({
    id: z.int(),
    parentId: z.int().nullable().describe('Of the comment that it answers.'),
    depth: z.int().describe('How deep it stands: 0 answers none.'),
    author: Somebody.nullable().describe('Null where they are gone, or took it back.'),
    body: z.string().nullable().describe('Markdown without HTML; null where it was taken back.'),
    bodyHtml: z.string().nullable().describe('The same as HTML that is safe to show.'),
    deleted: z.boolean().describe('It was taken back, and stands because others answered it.'),
    writtenAt: Moment,
    editedAt: Moment.nullable(),
    url: Link.describe('Where it stands on its page.'),
    apiUrl: Link,
  })
  .meta({ id: 'CommentInList', description: 'What somebody said, as everybody sees it.' })

export const Comment = z
  .strictObject({
    ...CommentInList.shape,
    about: z
      .strictObject({
        kind: z.enum(['news', 'episode', 'post']),
        title: z.string(),
        url: Link,
        apiUrl: Link,
      })
      .describe('Below what it stands.'),
  })
  .meta({ id: 'Comment', description: 'What somebody said, and about what.' })
