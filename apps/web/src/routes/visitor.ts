import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { concealVisitor } from '../visitor-cookie.ts'
import { hasWork } from './after-sign-in.ts'

/** What differs by visitor on a page that is the same for everybody: who they are, and where they work. Fetched after it. */
export default function visitorRoutes(app: FastifyInstance): void {
  const { repo } = app.parts

  app.get(addresses.visitor, async (request, reply) => {
    const here = await request.session()
    if (!here) return concealVisitor(reply).code(204).send()

    const admin = (await hasWork(repo, here.person)) ? addresses.admin.dashboard : null
    return reply.html('parts/_visitor', {
      name: here.person.name,
      account: addresses.account,
      admin,
    })
  })
}
