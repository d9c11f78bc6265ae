import * as admin from '@showrunner/domain/admin'
import { getDashboard } from '@showrunner/domain/dashboard'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../../addresses.ts'
import { dashboardPage } from '../../presenters/admin/dashboard.ts'

export default function dashboardRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(addresses.admin.dashboard, async ({ actor, repo }, reply) => {
    admin.mayOrThrow(actor, 'enter')
    const [dashboard, frame] = await Promise.all([
      getDashboard(repo, actor, clock()),
      reply.adminFrame({ title: 'Today', section: 'dashboard', desk: 'today' }),
    ])
    return reply.html('admin/dashboard/show', dashboardPage(frame, actor, dashboard, clock()))
  })
}
