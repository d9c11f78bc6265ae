import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { addresses } from './addresses.ts'
import { sendFailure } from './api/failures.ts'
import { COMMON_HEADERS } from './headers.ts'
import { loggedRequest } from './logged-request.ts'
import { type Parts } from './parts.ts'
import downloads from './plugins/downloads.ts'
import errors from './plugins/errors.ts'
import keptPages from './plugins/kept-pages.ts'
import pages from './plugins/pages.ts'
import sameOrigin from './plugins/same-origin.ts'
import sandbox from './plugins/sandbox.ts'
import session from './plugins/session.ts'
import site from './plugins/site.ts'
import sockets from './plugins/sockets.ts'
import vanityHosts from './plugins/vanity-hosts.ts'
import apiRoutes from './routes/api/index.ts'
import commentRoutes from './routes/comments.ts'
import newsRoutes from './routes/news.ts'
import aboutRoutes from './routes/about.ts'
import archiveRoutes from './routes/archive.ts'
import adminRoutes from './routes/admin/index.ts'
import accountRoutes from './routes/account.ts'
import episodeRoutes from './routes/episodes.ts'
import episodeFileRoutes from './routes/episode-files.ts'
import playerRoutes from './routes/player.ts'
import oembedRoutes from './routes/oembed.ts'
import feedRoutes from './routes/feeds.ts'
import healthRoutes from './routes/health.ts'
import homeRoutes from './routes/home.ts'
import iconRoutes from './routes/icons.ts'
import mailboxRoutes from './routes/mailbox.ts'
import memberfulRoutes from './routes/memberful.ts'
import memberRoutes from './routes/members.ts'
import methodRoutes from './routes/methods.ts'
import personRoutes from './routes/people.ts'
import podcastRoutes from './routes/podcasts.ts'
import requestRoutes from './routes/requests.ts'
import sponsorRoutes from './routes/sponsors.ts'
import topicRoutes from './routes/topics.ts'
import shareImageRoutes from './routes/share-images.ts'
import siteFileRoutes from './routes/site-files.ts'
import searchRoutes from './routes/search.ts'
import slackRoutes from './routes/slack.ts'
import subscriptionRoutes from './routes/subscriptions.ts'
import textRoutes from './routes/texts.ts'
import postRoutes from './routes/posts.ts'
import previewRoutes from './routes/previews.ts'
import uploadRoutes from './routes/uploads.ts'
import waitingJobRoutes from './routes/waiting-jobs.ts'

const ROUTES = [
  healthRoutes,
  uploadRoutes,
  homeRoutes,
  iconRoutes,
  siteFileRoutes,
  shareImageRoutes,
  aboutRoutes,
  apiRoutes,
  personRoutes,
  topicRoutes,
  sponsorRoutes,
  archiveRoutes,
  postRoutes,
  newsRoutes,
  commentRoutes,
  previewRoutes,
  accountRoutes,
  requestRoutes,
  subscriptionRoutes,
  searchRoutes,
  slackRoutes,
  textRoutes,
  adminRoutes,
  mailboxRoutes,
  waitingJobRoutes,
  memberfulRoutes,
  memberRoutes,
  podcastRoutes,
  feedRoutes,
  episodeRoutes,
  episodeFileRoutes,
  playerRoutes,
  oembedRoutes,
  methodRoutes,
]

/** The whole site, ready to `listen` or to `inject`. */
export async function buildApp(parts: Parts): Promise<FastifyInstance> {
  const app = Fastify({
    logger: parts.logger ? { ...parts.logger, serializers: { req: loggedRequest } } : false,
    // Only a proxy of ours may say where a request came from: anybody else could say what they like.
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: unreadableAddress(parts.publicUrl),
  })

  app.decorate('parts', { clock: () => new Date(), ...parts })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    reply.headers({ ...COMMON_HEADERS, ...reply.getHeaders() })
    done()
  })

  if (parts.sandboxes) sandbox(app, parts.sandboxes)
  pages(app)
  keptPages(app)
  site(app)
  vanityHosts(app)
  errors(app)
  downloads(app)
  sameOrigin(app)
  await session(app)
  await parts.assets.serve(app)
  await sockets(app)
  for (const routes of ROUTES) await app.register(routes)
  app.addHook('onClose', () => parts.assets.close())

  return app
}

/** An address Fastify cannot take apart: there is no route yet, and nothing of ours to make a page with. */
function unreadableAddress(publicUrl: string) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    if (request.url.startsWith(`${addresses.api}/`)) {
      sendFailure(publicUrl, error, request, reply)
      return
    }
    reply.raw.writeHead(400, { ...COMMON_HEADERS, 'content-type': 'text/plain; charset=utf-8' })
    reply.raw.end(`${error.message}\n`)
  }
}
