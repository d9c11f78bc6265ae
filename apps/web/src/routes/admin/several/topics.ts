import * as topics from '@showrunner/domain/topics'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { markedRows } from '../../../admin/marked-rows.ts'
import { parse } from '../../../parse.ts'
import {
  deleteTopicsPage,
  mergeTopicsPage,
  TOPICS_ACTION_LABELS,
  TOPICS_ACTIONS,
  type TopicsAction,
} from '../../../presenters/admin/several-topics.ts'
import { counted } from '../../../presenters/names.ts'
import { noneMarked } from './none-marked.ts'

const { admin } = addresses

const Wanted = z.object({ action: z.enum(TOPICS_ACTIONS) })
const Sent = Wanted.extend({ topic: z.string().max(255).default('') })

/** Several topics made one, or deleted where nothing is about them. */
export default function severalTopicsRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  // Who goes back to what was confirmed has sent nothing.
  app.get(admin.severalTopics, async ({ actor }, reply) => {
    topics.mayOrThrow(actor, 'delete')
    return reply.redirect(admin.topics, 303)
  })

  app.post(admin.severalTopics, async ({ actor, body }, reply) => {
    topics.mayOrThrow(actor, 'delete')
    return confirm(reply, parse(Wanted, body))
  })

  app.post(admin.changeSeveralTopics, async ({ actor, repo, body }, reply) => {
    topics.mayOrThrow(actor, 'delete')
    const { action, topic } = parse(Sent, body)
    const { ids, back } = markedRows(body, admin.topics)
    if (action === 'delete') {
      const deleted = await topics.deleteUnusedTopics(repo, ids)
      return reply
        .flash(`${counted(deleted, 'topic is', 'topics are')} deleted.`)
        .redirect(back, 303)
    }
    const into = topic.trim()
    const keptId = (await topics.knownTopics(repo)([into])).get(into)
    const wrong = whyNotInto(ids, keptId)
    if (keptId === undefined || wrong !== undefined) {
      return confirm(reply.code(422), { action, value: topic, error: wrong ?? UNKNOWN })
    }
    const gone = await topics.mergeTopics(repo, actor, { ids, keptId }, clock())
    return reply
      .flash(`${counted(gone, 'topic is', 'topics are')} merged into “${nameIn(into)}”.`)
      .redirect(back, 303)
  })
}

const UNKNOWN = 'is not known here: choose from the list'

function whyNotInto(ids: readonly number[], keptId: number | undefined): string | undefined {
  return ids.every((id) => id === keptId) ? 'must be another topic than the one marked' : undefined
}

/** `Privacy (privacy)` is called `Privacy`. */
function nameIn(text: string): string {
  return text.replace(/\s*\([^()]*\)$/, '')
}

interface Asked {
  readonly action: TopicsAction
  readonly value?: string
  readonly error?: string
}

async function confirm(reply: FastifyReply, { action, ...typed }: Asked): Promise<FastifyReply> {
  const { repo, body } = reply.request
  const { ids, back } = markedRows(body, admin.topics)
  const found = await topics.listTopicsOf(repo, ids)
  if (found.length === 0) return noneMarked(reply, back)
  const frame = await reply.adminFrame({
    title: TOPICS_ACTION_LABELS[action],
    section: 'topics',
    crumbs: [{ title: 'Topics', href: admin.topics }],
  })
  const pageOf = action === 'merge' ? mergeTopicsPage : deleteTopicsPage
  return reply.html('admin/list/several', pageOf(frame, { found, back, ...typed }))
}
