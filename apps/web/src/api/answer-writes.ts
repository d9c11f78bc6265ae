import * as limits from '@showrunner/domain/limits'
import { repoFor } from '@showrunner/domain/policies'
import { type FastifyInstance } from 'fastify'
import { COMMON_HEADERS } from '../headers.ts'
import { sayLeft, TOKEN_REQUESTS } from './allowance.ts'
import { bearerOf, needScope } from './bearer.ts'
import { routeOf } from './answer-reads.ts'
import { type Write } from './operation.ts'
import { outsideOf } from './outside.ts'
import { Problem } from './problem.ts'
import { readPart } from './read-request.ts'

/** What is taken where nothing else is said. */
export const JSON_TYPES = ['application/json', 'application/merge-patch+json'] as const

/** Answers programs with a token. No cookie is looked at, so no page can make a browser send anything here. */
export function answerWrites(app: FastifyInstance, writes: readonly Write[]): void {
  const { repo, clock, publicUrl } = app.parts
  const outside = outsideOf(publicUrl)

  for (const operation of writes) {
    app.route({
      method: operation.method,
      url: routeOf(operation.path),
      exposeHeadRoute: operation.method === 'GET',
      config: { accepts: operation.raw?.types ?? JSON_TYPES },
      ...(operation.raw && { bodyLimit: operation.raw.mostBytes }),
      handler: async (request, reply) => {
        const bearer = await bearerOf(app, request)
        sayLeft(reply, await limits.spend(repo, TOKEN_REQUESTS, String(bearer.token.id), clock()))
        needScope(bearer, operation.scope)
        const params = operation.params.safeParse(request.params)
        if (!params.success) {
          throw new Problem('not-found', { detail: 'Nothing can be at this address.' })
        }
        const query = readPart('query', operation.query, request.query)
        readHeaders(operation, request.headers)
        const body = bodyOf(operation, request.body)
        const {
          status,
          body: answer,
          headers,
        } = await operation.perform({
          app,
          request,
          repo: repoFor(bearer.actor, repo),
          ...bearer,
          asOf: clock(),
          outside,
          // What the operation's own schemas made of them.
          params: params.data as never,
          query: query as never,
          body: body as never,
        })
        return reply
          .code(status)
          .headers({
            ...COMMON_HEADERS,
            'access-control-allow-origin': '*',
            'cache-control': 'no-store',
            'content-type': 'application/json; charset=utf-8',
            ...headers,
          })
          .send(JSON.stringify(answer))
      },
    })
  }
}

/** @throws Problem for one that is not as it has to be, and for none where there has to be one. */
function bodyOf({ body: schema, toSend }: Write, sent: unknown): unknown {
  if (!schema) return sent
  if (sent !== undefined) return readPart('body', schema, sent)
  const detail = `is missing: send ${toSend}, with Content-Type: ${JSON_TYPES[0]}`
  throw new Problem('invalid', {
    detail: `The body ${detail}.`,
    faults: [{ in: 'body', name: '', detail }],
  })
}

/** Only those that the operation knows: a request has others that are nobody's business. */
function readHeaders(
  { headers: known }: Write,
  sent: Readonly<Record<string, string | string[] | undefined>>,
): void {
  const named = Object.keys(known.shape)
  readPart(
    'header',
    known,
    Object.fromEntries(named.flatMap((name) => (name in sent ? [[name, sent[name]]] : []))),
  )
}
