import * as community from '@showrunner/domain/community'
import { readSlackEvent, verifySlackRequest } from '@showrunner/slack'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { addresses } from '../addresses.ts'

const MOST_BYTES = 256 * 1024

/** What Slack tells by itself. The signature is over the bytes, so these are taken as they are. */
export default async function slackRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock, slackSigningSecret } = app.parts

  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>(
    '*',
    { parseAs: 'buffer', bodyLimit: MOST_BYTES },
    (_request, body, done) => done(null, body),
  )
  // A program reads the answer, if anybody does.
  app.setErrorHandler<Error & { statusCode?: number }>(async (error, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return refuse(reply, status, error.message)
    request.log.error({ err: error }, 'an event of Slack could not be kept')
    return refuse(reply, 500, 'This could not be kept. Send it again.')
  })

  app.post(addresses.slackWebhook, { bodyLimit: MOST_BYTES }, async (request, reply) => {
    if (slackSigningSecret === undefined) {
      request.log.error(
        'Slack sent an event that nobody can verify: SLACK_SIGNING_SECRET is not set',
      )
      return refuse(reply, 503, 'SLACK_SIGNING_SECRET is not set here.')
    }
    const rawBody = request.body instanceof Buffer ? request.body : Buffer.alloc(0)
    const [timestamp, signature] = [
      header(request, 'x-slack-request-timestamp'),
      header(request, 'x-slack-signature'),
    ]
    if (!verifySlackRequest(rawBody, timestamp, signature, slackSigningSecret, clock())) {
      request.log.warn('an event for Slack’s webhook was not signed by Slack, or is too old')
      return refuse(reply, 401, 'The signature is not right, or more than five minutes old.')
    }
    const event = readSlackEvent(jsonOf(rawBody))
    if (!event) return refuse(reply, 400, 'This is no event.')
    if (event.type === 'url_verification') return reply.send({ challenge: event.challenge })

    await community.takeSlackEvent(repo, event)
    return reply.send({ ok: true })
  })
}

function header({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ ok: false, error })
}
