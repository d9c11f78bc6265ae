import * as topics from '@showrunner/domain/topics'
import { type FastifyInstance } from 'fastify'
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

  app.post<Id>(admin.removeTopic(':id'), async ({ actor, repo, params }, reply) => {
    const topic = await topics.getTopicById(repo, withId(params))
    topics.mayOrThrow(actor, 'delete', topic)
    await topics.deleteTopic(repo, topic)
    return reply.flash(`“${topic.name}” is deleted.`).redirect(admin.topics, 303)
  })
}

function editTopic(app: FastifyInstance): void {
  app.get<Id>(admin.editTopic(':id'), async ({ actor, repo, params }, reply) => {
    const topic = await topics.getTopicById(repo, withId(params))
    topics.mayOrThrow(actor, 'show', topic)
    const frame = await reply.adminFrame({ title: topic.name, ...BELOW })
    return reply.html('admin/form/show', topicForm(frame, actor, topics.editTopic(topic)))
  })

  versionRoute<Id>(app, admin.editTopic(':id'), async ({ actor, repo, params }) => {
    const topic = await topics.getTopicById(repo, withId(params))
    topics.mayOrThrow(actor, 'show', topic)
    return topic
  })

  app.post<Id>(admin.editTopic(':id'), async ({ actor, repo, params, body }, reply) => {
    const topic = await topics.getTopicById(repo, withId(params))
    topics.mayOrThrow(actor, 'update', topic)
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

const BELOW = {
  section: 'topics',
  crumbs: [{ title: 'Topics', href: admin.topics }],
} as const

interface Id {
  Params: { id: string }
}
