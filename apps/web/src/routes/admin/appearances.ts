import * as sponsors from '@showrunner/domain/sponsors'
import * as topics from '@showrunner/domain/topics'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../../addresses.ts'
import { listQuery } from '../../admin/list-query.ts'
import { withId } from '../../admin/with-id.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { sponsorPage, topicPage } from '../../presenters/admin/appearances-page.ts'

const { admin } = addresses

/** Where a sponsor or a topic stands. */
export default function appearanceRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get<Id>(admin.sponsor(':id'), async ({ actor, repo, params, query }, reply) => {
    const sponsor = await sponsors.getSponsorById(repo, withId(params))
    sponsors.mayOrThrow(actor, 'show', sponsor)
    const { page } = listQuery(query, ['-publishedAt'])
    const found = await sponsors.listAppearances(repo, sponsor, page)
    const frame = await reply.adminFrame({
      title: sponsor.name,
      section: 'sponsors',
      crumbs: [{ title: 'Sponsors', href: admin.sponsors }],
    })
    const at = { zone: zoneOf(actor), asOf: clock(), page }
    return reply.html('admin/appearances/show', sponsorPage(frame, sponsor, found, at))
  })

  app.get<Id>(admin.topic(':id'), async ({ actor, repo, params, query }, reply) => {
    const topic = await topics.getTopicById(repo, withId(params))
    topics.mayOrThrow(actor, 'show', topic)
    const { page } = listQuery(query, ['-publishedAt'])
    const [found, others, frame] = await Promise.all([
      topics.listEpisodesAbout(repo, topic, page),
      topics.listOthersAbout(repo, topic),
      reply.adminFrame({
        title: topic.name,
        section: 'topics',
        crumbs: [{ title: 'Topics', href: admin.topics }],
      }),
    ])
    const at = { zone: zoneOf(actor), asOf: clock(), page }
    return reply.html('admin/appearances/show', topicPage(frame, topic, { found, others }, at))
  })
}

interface Id {
  Params: { id: string }
}
