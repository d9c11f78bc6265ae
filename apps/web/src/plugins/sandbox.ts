import { OwnershipError } from '@showrunner/data'
import { asOwnerOf, decodeTokens, type Sandboxes } from '@showrunner/data/sandboxes'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parse } from '../parse.ts'

/** A visit with a browser takes its time on a busy machine, and is closed when it is over. */
const LONGEST_VISIT_MS = 10 * 60_000

const Asked = z.object({ name: z.string().default('the test of this token') })

/**
 * For tests only: a request that names a sandbox is answered from it. A test in another process opens
 * one with `POST /sandbox`, sends the text it gets as the header of its requests, and closes it with `DELETE`.
 */
export default function sandbox(app: FastifyInstance, sandboxes: Sandboxes): void {
  const enter = (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const tokens = decodeTokens(request.headers)
    if (tokens === undefined) return done()

    try {
      asOwnerOf([sandboxes], tokens, done)
    } catch (error) {
      if (!(error instanceof OwnershipError)) throw error
      void gone(reply, error.message)
    }
  }
  app.addHook('onRequest', enter)
  // Reading a body leaves the context in which the request began.
  app.addHook('preValidation', enter)

  app.post('/sandbox', async (request, reply) => {
    const { name } = parse(Asked, request.query)
    const { token } = await sandboxes.open({ name, timeoutMs: LONGEST_VISIT_MS })

    return reply.type('text/plain').send(token)
  })

  app.delete('/sandbox', async (request, reply) => {
    const closed = await sandboxes.closeToken(decodeTokens(request.headers) ?? '')

    return closed ? reply.code(204).send() : gone(reply, 'There is no such sandbox.')
  })
}

function gone(reply: FastifyReply, why: string): FastifyReply {
  return reply.code(410).type('text/plain; charset=utf-8').send(`${why}\n`)
}
