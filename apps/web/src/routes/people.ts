import * as people from '@showrunner/domain/people'
import { type FastifyInstance } from 'fastify'
import { personPage } from '../presenters/person-page.ts'
import { PERSON } from './slugs.ts'

export default async function personRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock } = app.parts

  app.get<{ Params: { handle: string } }>(PERSON, async (request, reply) => {
    const [site, shown] = await Promise.all([
      app.site(),
      people.getPersonPage(repo, request.params.handle, clock()),
    ])
    return reply.html('person/show', personPage(site, shown))
  })
}
