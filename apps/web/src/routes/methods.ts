import { type FastifyInstance } from 'fastify'

/** Of what may be read from other sites: which that is, each answer says itself. */
const PREFLIGHT = {
  allow: 'GET, HEAD',
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': 'If-None-Match, If-Modified-Since, Range',
  'access-control-max-age': '86400',
} as const

/** Whatever is not a form of ours can only be read. */
export default async function methodRoutes(app: FastifyInstance): Promise<void> {
  // Browsers ask first where a player of another site sends more than a form could.
  app.options('/*', async (_request, reply) => reply.code(204).headers(PREFLIGHT).send())
  app.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/*',
    handler: async (_request, reply) =>
      reply.code(405).header('allow', 'GET, HEAD').type('text/plain').send('Only GET and HEAD.\n'),
  })
}
