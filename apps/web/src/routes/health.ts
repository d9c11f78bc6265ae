import { type FastifyInstance } from 'fastify'

export default async function healthRoutes(app: FastifyInstance): Promise<void> {
  const { live } = app.parts

  // What became of the pages that are kept is a matter of this node, and asked of it.
  app.get('/healthz', async (_request, reply) =>
    reply.send({
      status: 'ok',
      ...(live && { pages: { listening: live.pages.isListening, ...live.pages.counters } }),
    }),
  )

  app.get('/readyz', async (_request, reply) => {
    const reasons = await app.parts.ready()
    if (reasons.length === 0) return reply.send({ status: 'ok' })

    return reply.code(503).send({ status: 'not ready', reasons })
  })
}
