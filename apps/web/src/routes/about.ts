import * as podcasts from '@showrunner/domain/podcasts'
import * as settings from '@showrunner/domain/settings'
import { type FastifyInstance } from 'fastify'
import { aboutPage } from '../presenters/about-page.ts'

export default async function aboutRoutes(app: FastifyInstance): Promise<void> {
  const { repo } = app.parts

  app.get('/about', async (_request, reply) => {
    const [site, network, shows] = await Promise.all([
      app.site(),
      settings.getSettings(repo),
      podcasts.listPodcasts(repo),
    ])
    return reply.html('about/show', aboutPage(site, network, shows))
  })
}
