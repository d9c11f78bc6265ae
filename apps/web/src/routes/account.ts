import fastifyFormbody from '@fastify/formbody'
import { type FastifyInstance } from 'fastify'
import apiTokenRoutes from './api-tokens.ts'
import githubRoutes from './github.ts'
import masqueradeRoutes from './masquerade.ts'
import memberFeedRoutes from './member-feeds.ts'
import profileRoutes from './profile.ts'
import sessionRoutes from './sessions.ts'
import signInRoutes from './sign-in.ts'
import sponsorReportRoutes from './sponsor-reports.ts'
import visitorRoutes from './visitor.ts'

/** Everything about who somebody is: for one visitor only, and kept by no cache. */
export default async function accountRoutes(app: FastifyInstance): Promise<void> {
  await app.register(fastifyFormbody)
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // An address here may hold a token; without any referrer a browser would not say that a form is from here.
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
    done()
  })

  signInRoutes(app)
  githubRoutes(app)
  profileRoutes(app)
  memberFeedRoutes(app)
  apiTokenRoutes(app)
  sessionRoutes(app)
  sponsorReportRoutes(app)
  masqueradeRoutes(app)
  visitorRoutes(app)
}
