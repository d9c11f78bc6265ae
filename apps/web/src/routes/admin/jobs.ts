import * as admin from '@showrunner/domain/admin'
import { SCHEDULE } from '@showrunner/domain/jobs'
import {
  countJobs,
  JOB_STATES,
  listJobs,
  listSchedule,
  removeJob,
  retryJob,
} from '@showrunner/jobs'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../addresses.ts'
import { parse } from '../../parse.ts'
import { jobsPage, MOST_JOBS } from '../../presenters/admin/jobs.ts'

const to = addresses.admin
const Chosen = z.object({ state: z.enum(JOB_STATES).optional() })
const Id = z.object({ id: z.string().regex(/^\d{1,18}$/) })

export default function jobRoutes(app: FastifyInstance): void {
  const { clock, live } = app.parts

  app.get(to.jobs, async ({ actor, repo, query }, reply) => {
    admin.mayOrThrow(actor, 'watchJobs')
    const { state } = parse(Chosen, query)
    const states = state === undefined ? JOB_STATES : [state]
    const [jobs, counts, schedule, frame] = await Promise.all([
      listJobs(repo, { states, limit: MOST_JOBS }),
      countJobs(repo),
      listSchedule(repo, SCHEDULE, clock()),
      reply.adminFrame({ title: 'Jobs', section: 'jobs', desk: 'jobs' }),
    ])
    return reply.html('admin/jobs/index', jobsPage(frame, { jobs, counts, schedule, live, state }))
  })

  app.post<{ Params: { id: string } }>(to.retryJob(':id'), async (request, reply) => {
    admin.mayOrThrow(request.actor, 'watchJobs')
    const { id } = parse(Id, request.params)
    const isAgain = await retryJob(request.repo, id)
    return back(reply, isAgain, 'The job is tried again at once.')
  })

  app.post<{ Params: { id: string } }>(to.removeJob(':id'), async (request, reply) => {
    admin.mayOrThrow(request.actor, 'watchJobs')
    const { id } = parse(Id, request.params)
    const isGone = await removeJob(request.repo, id)
    return back(reply, isGone, 'The job is removed. It was not done.')
  })
}

function back(reply: FastifyReply, isDone: boolean, words: string): FastifyReply {
  const flashed = isDone
    ? reply.flash(words)
    : reply.flash('That job is running, or no longer there.', 'failed')
  return flashed.redirect(to.jobs, 303)
}
