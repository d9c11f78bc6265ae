import { type FastifyInstance } from 'fastify'
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
      try {
        done(null, JSON.parse(String(body)))
      } catch (error) {
        const why = body === '' ? 'it is empty' : error instanceof Error ? error.message : ''
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
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
  const byRoute = Map.groupBy(OPERATIONS, ({ path }) => routeOf(path))
  for (const [url, operations] of byRoute) {
    const allowed = operations
      .map(methodOf)
      .flatMap((method) => (method === 'GET' ? (['GET', 'HEAD'] as const) : [method]))
    const others = methods.filter((method) => !allowed.includes(method))
    const handler = async () => {
      const detail = `This address takes ${allowed.join(', ')}.`
      throw new Problem('method-not-allowed', { detail, headers: { allow: allowed.join(', ') } })
    }
    api.register(async (scope) => {
      // Whatever is sent, nobody looks at it.
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
      scope.route({ method: others, url, exposeHeadRoute: false, handler })
    })
  }
  api.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    for (const url of ['/', '/*']) {
      scope.route({
        method: [...methods],
        url,
        exposeHeadRoute: false,
        handler: async () => {
          throw new Problem('not-found', {
            detail: `There is no such address. All there are are at ${api.parts.publicUrl}${addresses.apiPage}.`,
          })
        },
      })
    }
  })
}
