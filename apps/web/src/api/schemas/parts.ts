import { z } from 'zod'
import { Link } from './values.ts'

/** What others are, as far as something that names them says it. */
export const PersonPart = z
  .strictObject({
    handle: z.string().describe('By which they are known here.'),
    name: z.string(),
    part: z.enum(['host', 'guest', 'credit']),
    role: z.string().describe('What they do there, in words: `guest`, `audio engineer`.'),
    avatarUrl: Link.nullable(),
    apiUrl: Link,
  })
  .meta({ id: 'PersonPart', description: 'Somebody, and their part in it.' })

export const Author = z
  .strictObject({
    handle: z.string(),
    name: z.string(),
    avatarUrl: Link.nullable(),
    apiUrl: Link,
  })
  .meta({ id: 'Author', description: 'Who wrote it.' })

export const Somebody = z
  .strictObject({
    name: z.string(),
    handle: z.string().nullable().describe('Null where they have no page here.'),
    avatarUrl: Link.nullable(),
    apiUrl: Link.nullable(),
  })
  .meta({ id: 'Somebody', description: 'Somebody, who may have no page here.' })

export const TopicPart = z
  .strictObject({ slug: z.string(), name: z.string(), apiUrl: Link })
  .meta({ id: 'TopicPart', description: 'A topic, in brief.' })

export const PodcastPart = z
  .strictObject({ slug: z.string(), title: z.string(), apiUrl: Link })
  .meta({ id: 'PodcastPart', description: 'A podcast, in brief.' })
