import { z } from 'zod'
import { Link } from './values.ts'

export const Person = z
  .strictObject({
    handle: z.string().describe('By which they are known here.'),
    name: z.string(),
    bio: z.string().nullable().describe('Markdown.'),
    bioHtml: z.string().nullable().describe('The same as HTML that is safe to show.'),
    location: z.string().nullable(),
    avatarUrl: Link.nullable(),
    websiteUrl: z.string().nullable(),
    githubHandle: z.string().nullable(),
    mastodonHandle: z.string().nullable(),
    blueskyHandle: z.string().nullable(),
    linkedinHandle: z.string().nullable(),
    url: Link.describe('Their page.'),
    apiUrl: Link,
    episodesUrl: Link,
  })
  .meta({ id: 'Person', description: 'Somebody who is named on the site.' })

export const Topic = z
  .strictObject({
    slug: z.string(),
    name: z.string(),
    description: z.string().nullable().describe('Markdown.'),
    descriptionHtml: z.string().nullable().describe('The same as HTML that is safe to show.'),
    websiteUrl: z.string().nullable(),
    logoUrl: Link.nullable(),
    url: Link.describe('Its page.'),
    apiUrl: Link,
    episodesUrl: Link,
  })
  .meta({ id: 'Topic', description: 'What episodes and posts are about.' })
