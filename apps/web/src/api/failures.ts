import { NotFoundError } from '@showrunner/data'
import { KeyUsedError } from '@showrunner/domain/api-tokens'
import { LimitError } from '@showrunner/domain/limits'
import { NotAllowedError } from '@showrunner/domain/policies'
import { SearchBusyError } from '@showrunner/domain/search'
import { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import { COMMON_HEADERS } from '../headers.ts'
import { sayLeft } from './allowance.ts'
import { OPEN_HEADERS } from './open-headers.ts'
import { loggedAddress } from '../logged-request.ts'
import { Problem, problemDocument, type ProblemCode, PROBLEMS } from './problem.ts'
import { unsupportedType } from './unsupported-type.ts'

/** Every failure of the API ends here, as a document that says what is wrong. */
export function sendFailure(
  publicUrl: string,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemOf(error, request)
  if (problem.code === 'broken') {
    request.log.error({ err: error, address: loggedAddress(request) }, 'the API could not answer')
  }
  if (error instanceof LimitError) sayLeft(reply, error.left)
  const [status] = PROBLEMS[problem.code]
  return reply
    .code(status)
    .headers({
      ...COMMON_HEADERS,
      ...problem.headers,
      ...OPEN_HEADERS,
      'cache-control': 'no-store',
      'content-type': 'application/problem+json; charset=utf-8',
    })
    .send(JSON.stringify(problemDocument(problem, { publicUrl, url: request.url })))
}

const NOT_THERE =
  'Nothing is at this address, or nothing that may be seen by who asks. It may be a draft, or not be out yet.'

function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error
  if (error instanceof NotFoundError) return new Problem('not-found', { detail: NOT_THERE })
  if (error instanceof NotAllowedError) {
    return error.isHidden
      ? new Problem('not-found', { detail: NOT_THERE })
      : new Problem('forbidden', { detail: 'Whose token this is may not do that.' })
  }
  if (error instanceof KeyUsedError) {
    const detail = `${error.message} Choose a new Idempotency-Key for each episode.`
    return new Problem('conflict', { detail })
  }
  if (error instanceof SearchBusyError) {
    return new Problem('busy', { detail: error.message, headers: { 'retry-after': '5' } })
  }
  if (error instanceof LimitError) return tooOften(error.retryAfterMs)
  const { accepts } = request.routeOptions.config
  const { statusCode } = Object(error) as Partial<FastifyError>
  return statusCode === 415 && accepts ? unsupportedType(request, accepts) : ofStatus(error)
}

export function tooOften(retryMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(retryMs / 1000))
  return new Problem('too-often', {
    detail: `Try again in ${seconds} s. Ask for more at once with \`limit\`, and keep what did not change: an ETag costs little.`,
    headers: { 'retry-after': String(seconds) },
  })
}

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'bad-request',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-type',
}

/** What the server itself refuses says why; of what broke nobody is told more than that. */
function ofStatus(error: unknown): Problem {
  const { statusCode = 500, message } = Object(error) as Partial<FastifyError>
  const code =
    BY_STATUS[statusCode] ?? (statusCode >= 400 && statusCode < 500 ? 'bad-request' : 'broken')
  if (code !== 'broken' && message !== undefined) return new Problem(code, { detail: message })
  return new Problem('broken', {
    detail: 'It has been written down. Please try again in a moment.',
  })
}
