import * as topics from '@showrunner/domain/topics'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { addresses } from '../../addresses.ts'
import { afterSaving } from '../../admin/after-saving.ts'
import { listQuery } from '../../admin/list-query.ts'
import { rebased } from '../../admin/overtaken.ts'
import { versionRoute } from '../../admin/version-route.ts'
import { withId } from '../../admin/with-id.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { withConflict } from '../../presenters/admin/conflict-part.ts'
import { topicForm, topicList } from '../../presenters/admin/topics.ts'

const { admin } = addresses

export default function topicRoutes(app: FastifyInstance): void {
  app.get(admin.topics, async ({ actor, repo, query }, reply) => {
    topics.mayOrThrow(actor, 'list')
    const asked = listQuery(query, topics.TOPIC_SORTS)
    const found = await topics.searchTopics(repo, asked)
    const frame = await reply.adminFrame({ title: 'Topics', section: 'topics' })
    return reply.html('admin/list/show', topicList(frame, actor, asked, found))
  })

  app.get(admin.newTopic, async ({ actor }, reply) => {
    topics.mayOrThrow(actor, 'create')
    const frame = await reply.adminFrame({ title: 'New topic', ...BELOW })
    return reply.html('admin/form/show', topicForm(frame, actor, topics.editTopic()))
  })

  app.post(admin.topics, async ({ actor, repo, body }, reply) => {
    topics.mayOrThrow(actor, 'create')
    const saved = await topics.createTopic(repo, body)
    if (saved.ok) return reply.flash('The topic is there.').redirect(admin.topics, 303)

    const frame = await reply.adminFrame({ title: 'New topic', ...BELOW })
    return reply.code(422).html('admin/form/show', topicForm(frame, actor, saved.changeset))
  })

  editTopic(app)

  app.post(admin.removeTopic(':id'), async (request, reply) => {
    const topic = await topicAt(request, 'delete')
    await topics.deleteTopic(request.repo, topic)
    return reply.flash(`“${topic.name}” is deleted.`).redirect(admin.topics, 303)
  })
}

function editTopic(app: FastifyInstance): void {
  app.get(admin.editTopic(':id'), async (request, reply) => {
    const topic = await topicAt(request, 'show')
    const frame = await reply.adminFrame({ title: topic.name, ...BELOW })
    return reply.html('admin/form/show', topicForm(frame, request.actor, topics.editTopic(topic)))
  })

  versionRoute(app, admin.editTopic(':id'), async (request) => topicAt(request, 'show'))

  app.post(admin.editTopic(':id'), async (request, reply) => {
    const topic = await topicAt(request, 'update')
    const { actor, repo, body } = request
    const saved = await topics.updateTopic(repo, topic, body)
    if (saved.ok) {
      const next = afterSaving(body, admin.editTopic(topic.id), admin.topics)
      return reply.flash('Saved.').redirect(next, 303)
    }

    const { changeset, conflict } = await rebased(repo, topic, saved.changeset, {
      read: () => topics.getTopicById(repo, topic.id),
      propose: topics.topicChangeset,
    })
    const frame = await reply.adminFrame({ title: topic.name, ...BELOW })
    const form = topicForm(frame, actor, changeset)
    return reply.code(422).html('admin/form/show', withConflict(form, conflict, zoneOf(actor)))
  })
}

/** The topic of the address, if whoever asks may do this with it. */
async function topicAt(
  { actor, repo, params }: FastifyRequest,
  action: 'show' | 'update' | 'delete',
): Promise<topics.Topic> {
  const topic = await topics.getTopicById(repo, withId(params))
  topics.mayOrThrow(actor, action, topic)
  return topic
}

const BELOW = {
  section: 'topics',
  crumbs: [{ title: 'Topics', href: admin.topics }],
} as const
