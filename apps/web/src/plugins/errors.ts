import { CastError, NotFoundError } from '@showrunner/data'
import { LimitError } from '@showrunner/domain/limits'
import * as podcasts from '@showrunner/domain/podcasts'
import { NotAllowedError } from '@showrunner/domain/policies'
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { addresses } from '../addresses.ts'
import { loggedAddress } from '../logged-request.ts'
import { whatBecameOf } from '../moved-address.ts'
import { missingPage } from '../presenters/missing-page.ts'
import { isOutOfReach } from '../out-of-reach.ts'
import { noticePage } from '../presenters/notice-page.ts'
import { waitingTime } from '../presenters/waiting-time.ts'
import { suggestions, wordsOfAddress } from '../suggestions.ts'

/**
 * Every failure ends here: what is missing gets the 404 page, what somebody may not do a 403, what a visitor did wrong its
 * reason, the rest no detail.
 */
export default function errors(app: FastifyInstance): void {
  const notFound = missing(app)

  app.setNotFoundHandler(async (request, reply) => {
    const bare = withoutSlash(request.url)
    if (bare) return reply.redirect(bare, 301)

    return notFound(request, reply)
  })

  app.setErrorHandler<Failure>(async (error, request, reply) => {
    const broken = (failure: unknown) => crashed(app, failure, request, reply)
    if (error instanceof NotAllowedError) {
      request.log.warn(error.message)
      if (!error.isHidden) return notAllowed(app, error, request, reply).catch(broken)
    }

    // What somebody may not even see is, to them, not there.
    if (error instanceof NotFoundError || error instanceof NotAllowedError) {
      return notFound(request, reply).catch(broken)
    }

    // What no row can be called by, as a text with a NUL, calls none.
    if (error instanceof CastError) {
      request.log.warn(error.message)
      return notFound(request, reply).catch(broken)
    }

    if (error instanceof LimitError) return tooOften(app, error, request, reply).catch(broken)

    const status = error.statusCode ?? 500
    return status >= 400 && status < 500
      ? plain(app, reply.code(status), app.words().problems.didNotWork, error.message)
      : crashed(app, error, request, reply)
  })
}

type Failure = CastError | FastifyError | LimitError | NotAllowedError | NotFoundError

/** Leads on from what is elsewhere now; says of the rest that it is gone, or is not there, and what there is instead. */
function missing(app: FastifyInstance) {
  const suggested = suggestions(app)

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const now = await whatBecameOf(app, request)
    // Whoever keeps a redirect for good would go round in circles once an address is given back.
    if (now && now.status !== 410) {
      return reply.header('cache-control', 'no-cache').redirect(now.target, now.status)
    }
    const [site, shows, meant] = await Promise.all([
      app.site(),
      podcasts.listPodcasts(app.parts.repo),
      suggested(request),
    ])
    const [address = ''] = request.url.split('?')
    const isGone = now !== undefined
    const page = { address, isGone, text: wordsOfAddress(address), shows, meant }
    return reply.code(isGone ? 410 : 404).html('errors/not-found', missingPage(site, page))
  }
}

async function notAllowed(
  app: FastifyInstance,
  { personId }: NotAllowedError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { method, url } = request
  const [address = ''] = url.split('?')
  const signIn = method === 'GET' ? addresses.signInFor(url) : addresses.signedIn

  return reply.code(403).html('errors/not-allowed', {
    ...noticePage(await app.site(), (words) => words.problems.notYours, address),
    signIn: personId === undefined ? signIn : null,
  })
}

async function tooOften(
  app: FastifyInstance,
  { retryAfterMs }: LimitError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const site = await app.site()
  const [address = ''] = request.url.split('?')
  const seconds = Math.ceil(retryAfterMs / 1000)

  return reply
    .code(429)
    .header('retry-after', seconds)
    .html('errors/too-often', {
      ...noticePage(site, (words) => words.problems.tooOftenTitle, address),
      wait: waitingTime(seconds, site.words),
    })
}

function crashed(
  app: FastifyInstance,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  request.log.error({ err: error, address: loggedAddress(request) }, 'the page could not be made')

  const { problems } = app.words()
  return isOutOfReach(error)
    ? plain(app, reply.code(503).header('retry-after', 30), problems.resting, problems.comesBack)
    : plain(app, reply.code(500), problems.broke, problems.written)
}

function plain(
  app: FastifyInstance,
  reply: FastifyReply,
  title: string,
  reason: string,
): Promise<FastifyReply> {
  const { id: requestId } = reply.request
  return reply.html('errors/plain', { title, reason, requestId, assets: app.parts.assets.head })
}

/** The address an address that only ends in a slash was meant to be. */
function withoutSlash(url: string): string | undefined {
  const [path = '', ...query] = url.split('?')
  if (path.length < 2 || !path.endsWith('/')) return undefined

  // More than one slash in front would lead to another host; to a browser a backslash is one.
  const bare = `/${path.replace(/^[/\\]+|\/+$/g, '')}`
  return [bare, ...query].join('?')
}
