import * as memberships from '@showrunner/domain/memberships'
import { readEvent, SIGNATURE_HEADER, verifySignature } from '@showrunner/memberful'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { addresses } from '../addresses.ts'

const MOST_BYTES = 1024 * 1024

/**
 * What Memberful sends by itself. It has been seen to say `application/x-www-form-urlencoded` of its JSON: whatever a request
 * says of its body, or does not, the bytes are taken as they are, because the signature is over them.
 */
export default async function memberfulRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock, memberfulSecrets = [] } = app.parts

  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>(
    '*',
    { parseAs: 'buffer', bodyLimit: MOST_BYTES },
    (_request, body, done) => done(null, body),
  )
  // Of what is no media type at all, Fastify would ask no parser.
  app.addHook('onRequest', (request, _reply, done) => {
    request.raw.headers['content-type'] = 'application/octet-stream'
    done()
  })
  // A program reads the answer, if anybody does.
  app.setErrorHandler<Error & { statusCode?: number }>(async (error, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return refuse(reply, status, error.message)
    request.log.error({ err: error }, 'an event could not be kept')
    return refuse(reply, 500, 'This could not be kept. Send it again.')
  })

  app.post(addresses.memberfulWebhook, { bodyLimit: MOST_BYTES }, async (request, reply) => {
    if (memberfulSecrets.length === 0) {
      request.log.error(
        'Memberful has sent an event, and nobody can say whether it did: MEMBERFUL_WEBHOOK_SECRET is not set.',
      )
      return refuse(reply, 503, 'MEMBERFUL_WEBHOOK_SECRET is not set here.')
    }
    const rawBody = request.body instanceof Buffer ? request.body : Buffer.alloc(0)
    if (!verifySignature(rawBody, request.headers[SIGNATURE_HEADER], memberfulSecrets)) {
      request.log.warn('an event for Memberful’s webhook was not signed with a secret of ours')
      return refuse(reply, 401, 'The signature is not right.')
    }
    const event = readEvent(rawBody)
    if (!event) return refuse(reply, 400, 'This is no JSON object.')

    const { isKnown } = await memberships.receiveEvent(repo, rawBody, event, clock())
    return reply.code(202).send({ ok: true, event: event.name, known: isKnown })
  })
}

function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ ok: false, error })
}
