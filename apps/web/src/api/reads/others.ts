import * as catalogue from '@showrunner/domain/catalogue'
import { getTopic as findTopic } from '@showrunner/domain/topics'
import { z } from 'zod'
import { readList, readOne } from '../operation.ts'
import { personAnswer, postAnswer, postInList, topicAnswer } from '../present/others.ts'
import { NoPath } from '../schemas/paths.ts'
import { Person, Topic } from '../schemas/person.ts'
import { Post, PostInList } from '../schemas/post.ts'
import { Slug } from '../schemas/values.ts'

export const listPeople = readList({
  id: 'listPeople',
  path: '/people',
  tag: 'People',
  summary: 'Everybody who is named on the site, by name',
  params: NoPath,
  filters: {},
  item: Person,
  place: ['text', 'number'],
  example: '/people?limit=5&fields=name,handle,url',
  async load({ repo, asOf, outside, query: { limit: most, ...rest } }) {
    const { rows, next } = await catalogue.listPeople(repo, { most, ...rest }, asOf)
    return { rows: rows.map((person) => personAnswer(outside, person)), next }
  },
})

export const getPerson = readOne({
  id: 'getPerson',
  path: '/people/{handle}',
  tag: 'People',
  summary: 'One person',
  params: z.strictObject({ handle: Slug.describe('The handle of a person: `ada`.') }),
  answer: Person,
  example: '/people/maud-ferrier',
  load: async ({ repo, asOf, outside, params }) =>
    personAnswer(outside, await catalogue.getNamedPerson(repo, params.handle, asOf)),
})

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

export const listPosts = readList({
  id: 'listPosts',
  path: '/posts',
  tag: 'Posts',
  summary: 'Every post, the newest first',
  params: NoPath,
  filters: {},
  item: PostInList,
  place: ['moment', 'number'],
  example: '/posts?limit=3&fields=title,author.name,url',
  async load({ repo, asOf, outside, query: { limit: most, ...rest } }) {
    const { rows, next } = await catalogue.listPosts(repo, { most, ...rest }, asOf)
    return { rows: rows.map((post) => postInList(outside, post)), next }
  },
})

export const getPost = readOne({
  id: 'getPost',
  path: '/posts/{post}',
  tag: 'Posts',
  summary: 'One post, with its text',
  params: z.strictObject({ post: Slug.describe('The slug of a post.') }),
  answer: Post,
  example: '/posts/how-long-is-a-minute',
  load: async ({ repo, asOf, outside, params }) =>
    postAnswer(outside, await catalogue.getWholePost(repo, params.post, asOf)),
})
