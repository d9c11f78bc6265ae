import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { addresses } from '../../addresses.ts'
import { allowance, REQUESTS_A_MINUTE } from '../../api/allowance.ts'
import { answerReads, routeOf } from '../../api/answer-reads.ts'
import { answerWrites, JSON_TYPES } from '../../api/answer-writes.ts'
import { sendFailure } from '../../api/failures.ts'
import { methodOf } from '../../api/openapi.ts'
import { OPERATIONS, READS, WRITES } from '../../api/operations.ts'
import { Problem } from '../../api/problem.ts'
import pageRoutes from './page.ts'

const MINUTE_MS = 60_000

const LARGEST_JSON = 2 * 1024 * 1024

/** What other programs ask, in a room of its own: it knows no cookie, and fails in documents of its own. */
export default async function apiRoutes(app: FastifyInstance): Promise<void> {
  pageRoutes(app)

  await app.register(
    async (api) => {
      const { publicUrl } = api.parts
      api.setErrorHandler((error, request, reply) => sendFailure(publicUrl, error, request, reply))
      answerReads(api, READS, allowance(REQUESTS_A_MINUTE, MINUTE_MS))
      await api.register(withJson)
      await api.register(withRawBodies)
      preflights(api)
      nothingElse(api)
    },
    { prefix: addresses.api },
  )
}

async function withJson(api: FastifyInstance): Promise<void> {
  api.removeAllContentTypeParsers()
  api.addContentTypeParser(
    [...JSON_TYPES],
    { parseAs: 'string', bodyLimit: LARGEST_JSON },
    (_request, body, done) => {
      // Whoever answers says what is to be sent instead of nothing.
      if (String(body).trim() === '') {
        done(null)
        return
      }
      try {
        done(null, JSON.parse(String(body)))
      } catch (error) {
        const why = error instanceof Error ? error.message : ''
        done(new Problem('bad-request', { detail: `The body is no JSON: ${why}.` }))
      }
    },
  )
  answerWrites(
    api,
    WRITES.filter(({ raw }) => raw === null),
  )
}

/** Bodies that are read by whoever answers, as they come. */
async function withRawBodies(api: FastifyInstance): Promise<void> {
  api.removeAllContentTypeParsers()
  api.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  answerWrites(
    api,
    WRITES.filter(({ raw }) => raw !== null),
  )
}

/** Browsers of other sites may read, and ask first where they send more than a form could. */
function preflights(api: FastifyInstance): void {
  api.options('/*', async (_request, reply) =>
    reply
      .code(204)
      .headers({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, HEAD',
        'access-control-allow-headers': 'If-None-Match, If-Modified-Since',
        'access-control-max-age': '86400',
      })
      .send(),
  )
}

/** What is not there, and what is there for other methods. */
function nothingElse(api: FastifyInstance): void {
  // Whatever is sent, nobody looks at it.
  api.removeAllContentTypeParsers()
  api.addContentTypeParser('*', (_request, _payload, done) => done(null))

  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
  const takes = addressesTaken()
  const refuse = async ({ url: asked, method }: FastifyRequest) => {
    const [path = ''] = asked.slice(addresses.api.length).split('?')
    const taken: readonly string[] = takes.find(({ pattern }) => pattern.test(path))?.allowed ?? []
    // A part of it that is longer than any is brings one here by the right method.
    if (taken.length > 0 && !taken.includes(method)) {
      const allow = taken.join(', ')
      const detail = `This address takes ${allow}.`
      throw new Problem('method-not-allowed', { detail, headers: { allow } })
    }
    throw new Problem('not-found', {
      detail: `There is no such address. All there are are at ${api.parts.publicUrl}${addresses.apiPage}.`,
    })
  }
  for (const { url, allowed } of takes) {
    const others = methods.filter((method) => !allowed.includes(method))
    api.route({ method: others, url, exposeHeadRoute: false, handler: refuse })
  }
  for (const url of ['/', '/*']) {
    api.route({ method: [...methods], url, exposeHeadRoute: false, handler: refuse })
  }
  // Of methods that there is no route for anywhere: TRACE, PROPFIND.
  api.setNotFoundHandler(refuse)
}

function addressesTaken() {
  const byRoute = Map.groupBy(OPERATIONS, ({ path }) => routeOf(path))
  return [...byRoute].map(([url, operations]) => ({
    url,
    pattern: new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`),
    allowed: operations
      .map(methodOf)
      .flatMap((method) => (method === 'GET' ? (['GET', 'HEAD'] as const) : [method])),
  }))
}
