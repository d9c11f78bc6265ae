import { type FastifyInstance } from 'fastify'

/** Notes what fetches the feeds of podcasts, in memory: a feed that is kept is sent as fast as before. */
export function countFetches(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { podcast } = request.params as { readonly podcast?: string }
    if (podcast !== undefined && request.method === 'GET') {
      app.downloads.fetched(podcast, request.headers['user-agent'] ?? '')
    }
    done()
  })
}
