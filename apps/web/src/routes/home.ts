import { type FastifyInstance } from 'fastify'

export default async function homeRoutes(app: FastifyInstance): Promise<void> {
  app.get('/', async (_request, reply) => {
    return reply.html('home/show', { head: app.parts.assets.head, title: 'Showrunner' })
  })
}
