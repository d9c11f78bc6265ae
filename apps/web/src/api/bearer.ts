import * as apiTokens from '@showrunner/domain/api-tokens'
import * as limits from '@showrunner/domain/limits'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { visitorAt } from '../visitor.ts'
import { Problem } from './problem.ts'

/** Of wrong ones: whoever guesses is stopped long before it is worth it. */
const TOKENS_TRIED: limits.Limit = { name: 'API tokens tried', most: 30, perMs: 10 * 60_000 }

const BEARER = /^Bearer +([\w-]{20,200}) *$/i

/** Who asks, by the token they show. @throws Problem where there is none, or none that is good. */
export async function bearerOf(
  { parts: { repo, clock } }: FastifyInstance,
  { headers, ip }: FastifyRequest,
): Promise<apiTokens.Bearer> {
  const said = headers.authorization
  if (said === undefined)
    throw unauthorized('Send a token as `Authorization: Bearer showrunner_…`.')
  const [, secret] = BEARER.exec(said) ?? []
  const bearer =
    secret === undefined ? undefined : await apiTokens.findBearer(repo, secret, clock())
  if (!bearer) {
    await limits.spend(repo, TOKENS_TRIED, visitorAt(ip), clock())
    throw unauthorized('This is no token of ours, or it was taken back.', 'invalid_token')
  }
  if (apiTokens.isExpired(bearer.token, clock())) {
    throw unauthorized('This token has expired. Make another one at /~/tokens.', 'invalid_token')
  }
  return bearer
}

/** @throws Problem that names what is missing. */
export function needScope({ token }: apiTokens.Bearer, scope: apiTokens.Scope | null): void {
  if (scope === null || token.scopes.includes(scope)) return
  const has = token.scopes.join(', ')
  throw new Problem('forbidden', {
    detail: `The token “${token.name}” may not do this: it needs the scope ${scope}, and has ${has}.`,
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
  })
}

function unauthorized(detail: string, error?: 'invalid_token'): Problem {
  const challenge = error ? `Bearer realm="API", error="${error}"` : 'Bearer realm="API"'
  return new Problem('unauthorized', { detail, headers: { 'www-authenticate': challenge } })
}
