import { KINDS } from '@showrunner/domain/search'
import { z } from 'zod'
import { PodcastPart } from './parts.ts'
import { Link, Moment, Seconds } from './values.ts'

export const Passage = z
  .strictObject({
    startSeconds: Seconds.nullable().describe('Null where nobody noted when it was said.'),
    speaker: z.string().nullable(),
    text: z.string(),
    url: Link.describe('Of the page of the episode, from that moment on.'),
  })
  .meta({ id: 'Passage', description: 'What is said in an episode of what was looked for.' })

export const Hit = z
  .strictObject({
    kind: z.enum(KINDS),
    title: z.string(),
    excerpt: z.string().nullable(),
    publishedAt: Moment.nullable(),
    podcast: PodcastPart.nullable().describe('Of an episode.'),
    coverUrl: Link.nullable(),
    passages: z.array(Passage).describe('The first of them.'),
    passageCount: z.int().describe('In how many passages of it all of it is said.'),
    url: Link,
    apiUrl: Link,
  })
  .meta({ id: 'Hit', description: 'What was found.' })
