import * as topics from '@showrunner/domain/topics'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { topicPage, topicPostsPage, topicsPage } from '../presenters/topic-pages.ts'
import { PageQuery } from './page-query.ts'
import { TOPIC } from './slugs.ts'

export default async function topicRoutes(app: FastifyInstance): Promise<void> {
  app.page(addresses.topics, {
    load: ({ repo, clock }) => topics.listPublicTopics(repo, clock()),
    view: 'subject/index',
    present: topicsPage,
  })

  app.page(TOPIC, {
    query: PageQuery,
    load: ({ repo, clock, params, query: { page } }) =>
      topics.getTopicPage(repo, params.topic, { asOf: clock(), page }),
    view: 'subject/show',
    present: topicPage,
  })

  app.page(`${TOPIC}/posts`, {
    query: PageQuery,
    load: ({ repo, clock, params, query: { page } }) =>
      topics.getTopicPosts(repo, params.topic, { asOf: clock(), page }),
    view: 'lines/show',
    present: topicPostsPage,
  })
}
