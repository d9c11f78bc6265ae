import { EPISODE_TYPES } from '@showrunner/domain/episodes'
import { z } from 'zod'

export const SLUG = /^[a-z0-9][a-z0-9_-]*$/

export const Moment = z.iso.datetime().describe('ISO 8601, in UTC.')
export const Seconds = z.number().min(0).describe('In seconds from the beginning of the episode.')
export const Link = z.url()
export const Slug = z.string().max(90).regex(SLUG)

export const EpisodeType = z.enum(EPISODE_TYPES)

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

export const TopicPart = z
  .strictObject({ slug: z.string(), name: z.string(), apiUrl: Link })
  .meta({ id: 'TopicPart', description: 'A topic, in brief.' })

export const PodcastPart = z
  .strictObject({ slug: z.string(), title: z.string(), apiUrl: Link })
  .meta({ id: 'PodcastPart', description: 'A podcast, in brief.' })

export const PodcastPath = z.strictObject({
  podcast: Slug.describe('The slug of a podcast: `local-time`.'),
})

export const EpisodePath = z.strictObject({
  ...PodcastPath.shape,
  episode: Slug.describe('The slug of an episode of it: `42`.'),
})

export const NoPath = z.strictObject({})
