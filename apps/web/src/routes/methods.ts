import { type FastifyInstance } from 'fastify'

/** Whatever is not a form of ours can only be read. */
export default async function methodRoutes(app: FastifyInstance): Promise<void> {
  app.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/*',
    handler: async (_request, reply) =>
      reply.code(405).header('allow', 'GET, HEAD').type('text/plain').send('Only GET and HEAD.\n'),
  })
}
