import * as podcasts from '@showrunner/domain/podcasts'
import * as requests from '@showrunner/domain/requests'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../addresses.ts'
import { listQuery } from '../../admin/list-query.ts'
import { withId } from '../../admin/with-id.ts'
import { parse } from '../../parse.ts'
import { requestDesk, requestList } from '../../presenters/admin/requests.ts'

const { admin } = addresses

const Chosen = z.object({
  status: z.enum([...requests.REQUEST_STATES, 'all']).default('fresh'),
  podcast: z.coerce.number().int().positive().optional(),
})

const Form = z.object({
  status: z.enum(['', ...requests.ANSWERS]).default(''),
  body: z.string().max(20_000).default(''),
  episodeId: z.string().max(20).default(''),
  lockVersion: z.string().max(20).default(''),
})

export default function requestRoutes(app: FastifyInstance): void {
  list(app)
  desk(app)
}

function list(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.requests, async ({ actor, repo, query }, reply) => {
    podcasts.mayOrThrow(actor, 'list')
    const asked = listQuery(query, ['-insertedAt'])
    const { status, podcast: podcastId } = parse(Chosen, asked.chosen)
    const state = status === 'all' ? undefined : status
    const [page, counts, shows, frame] = await Promise.all([
      requests.listRequests(repo, { ...asked, state, podcastId }, clock()),
      requests.countRequests(repo, { podcastId }, clock()),
      requests.listAnswered(repo, actor),
      reply.adminFrame({ title: 'Requests', section: 'requests' }),
    ])
    const found = { page, counts, podcasts: shows, state }
    return reply.html('admin/list/show', requestList(frame, asked, found, clock()))
  })
}

function desk(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get<Id>(admin.request(':id'), async (asked, reply) => {
    const request = await requests.getRequest(asked.repo, withId(asked.params))
    requests.mayOrThrow(asked.actor, 'show', request)
    return showDesk(asked, reply, request)
  })

  app.post<Id>(admin.answerRequest(':id'), async (asked, reply) => {
    const { actor, repo } = asked
    const request = await requests.getRequest(repo, withId(asked.params))
    const form = parse(Form, asked.body ?? {})
    requests.mayOrThrow(actor, ACTIONS[form.status], request)
    const answered = await requests.answerRequest(repo, request, form, actor.person, clock())
    if (!answered.ok) {
      const now = await requests.getRequest(repo, request.id)
      return showDesk(asked, reply.code(422), now, answered.changeset)
    }
    const { episode } = answered
    const next = episode ? admin.editEpisode(request.podcastId, episode.id) : null
    return reply.flash(done(form)).redirect(next ?? admin.request(request.id), 303)
  })

  app.post<Id>(admin.removeRequest(':id'), async ({ actor, repo, params }, reply) => {
    const request = await requests.getRequest(repo, withId(params))
    requests.mayOrThrow(actor, 'delete', request)
    await requests.deleteRequest(repo, request)
    return reply.flash('The request is deleted.').redirect(admin.requests, 303)
  })

  async function showDesk(
    { actor, repo }: FastifyRequest<Id>,
    reply: FastifyReply,
    request: requests.WholeRequest,
    changeset?: Extract<requests.Answered, { ok: false }>['changeset'],
  ): Promise<FastifyReply> {
    const [linkable, frame] = await Promise.all([
      requests.listLinkable(repo, request),
      reply.adminFrame({
        title: `Request for ${request.podcast.title}`,
        section: 'requests',
        crumbs: [{ title: 'Requests', href: admin.requests }],
      }),
    ])
    const onDesk = { request, linkable, ...(changeset && { changeset }) }
    return reply.html('admin/requests/show', requestDesk(frame, actor, onDesk, clock()))
  }
}

const ACTIONS = {
  '': 'message',
  accepted: 'accept',
  pending: 'pend',
  declined: 'decline',
  failed: 'fail',
} as const

function done({ status, body }: z.output<typeof Form>): string {
  const told = body.trim() === '' ? 'Nobody was told.' : 'The message is on its way.'
  return status === '' ? 'The message is on its way.' : `${WORDS[status]} ${told}`
}

const WORDS: Readonly<Record<requests.AnswerStatus, string>> = {
  accepted: 'Accepted: this is its episode.',
  pending: 'Kept for later.',
  declined: 'Declined.',
  failed: 'It could not be made.',
}

interface Id {
  Params: { id: string }
}
