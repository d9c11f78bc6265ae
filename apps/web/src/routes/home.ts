import { home } from '@showrunner/domain/site'
import { type FastifyInstance } from 'fastify'
import { homePage } from '../presenters/home-page.ts'

export default async function homeRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock } = app.parts

  app.get('/', async (_request, reply) => {
    const [site, shown] = await Promise.all([app.site(), home(repo, clock())])
    return reply.html('home/show', homePage(site, shown))
  })
}
