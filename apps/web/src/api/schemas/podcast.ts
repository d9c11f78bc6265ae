import { PODCAST_KINDS, PUBLIC_STATUSES } from '@showrunner/domain/podcasts'
import { z } from 'zod'
import { PersonPart, TopicPart } from './parts.ts'
import { Link } from './values.ts'

export const Podcast = z
  .strictObject({
    slug: z.string(),
    guid: z.string().describe('For good, wherever the podcast is: `podcast:guid`.'),
    title: z.string(),
    subtitle: z.string().nullable(),
    description: z.string().nullable().describe('Markdown.'),
    descriptionHtml: z.string().nullable().describe('The same as HTML that is safe to show.'),
    author: z.string().nullable(),
    language: z.string().describe('As BCP 47 writes it.'),
    status: z.enum(PUBLIC_STATUSES).describe('`inactive`: nothing new is to be expected.'),
    kind: z.enum(PODCAST_KINDS),
    explicit: z.boolean(),
    categories: z.array(z.strictObject({ name: z.string(), subcategory: z.string().nullable() })),
    coverUrl: Link.nullable(),
    colour: z
      .string()
      .regex(/^#[0-9a-f]{6}$/)
      .nullable(),
    websiteUrl: z.string().nullable(),
    appleUrl: z.string().nullable(),
    spotifyUrl: z.string().nullable(),
    youtubeUrl: z.string().nullable(),
    people: z
      .array(PersonPart)
      .describe('Those who host it today, then those who help to make it.'),
    topics: z.array(TopicPart),
    url: Link.describe('Its page.'),
    feedUrl: Link,
    apiUrl: Link,
    episodesUrl: Link,
  })
  .meta({ id: 'Podcast', description: 'A show.' })
