import { type FastifyInstance } from 'fastify'

export default async function healthRoutes(app: FastifyInstance): Promise<void> {
  app.get('/healthz', async (_request, reply) => reply.send({ status: 'ok' }))

  app.get('/readyz', async (_request, reply) => {
    const reasons = await app.parts.ready()
    if (reasons.length === 0) return reply.send({ status: 'ok' })

    return reply.code(503).send({ status: 'not ready', reasons })
  })
}
