import * as catalogue from '@showrunner/domain/catalogue'
import { getTopic as findTopic } from '@showrunner/domain/topics'
import { z } from 'zod'
import { readList, readOne } from '../operation.ts'
import { topicAnswer } from '../present/person.ts'
import { NoPath } from '../schemas/paths.ts'
import { Topic } from '../schemas/person.ts'
import { Slug } from '../schemas/values.ts'

export const listTopics = readList({
  id: 'listTopics',
  path: '/topics',
  tag: 'Topics',
  summary: 'Every topic, by name',
  params: NoPath,
  filters: {},
  item: Topic,
  place: ['text', 'number'],
  example: '/topics?fields=name,slug',
  async load({ repo, outside, query: { limit: most, ...rest } }) {
    const { rows, next } = await catalogue.listTopics(repo, { most, ...rest })
    return { rows: rows.map((topic) => topicAnswer(outside, topic)), next }
  },
})

export const getTopic = readOne({
  id: 'getTopic',
  path: '/topics/{topic}',
  tag: 'Topics',
  summary: 'One topic',
  params: z.strictObject({ topic: Slug.describe('The slug of a topic: `tides`.') }),
  answer: Topic,
  example: '/topics/tides',
  load: async ({ repo, outside, params }) =>
    topicAnswer(outside, await findTopic(repo, params.topic)),
})
