import { type FastifyRequest } from 'fastify'

/** What a log says of a request. */
export function loggedRequest(request: FastifyRequest) {
  const { method, host, ip } = request

  return { method, url: loggedAddress(request), host, remoteAddress: ip }
}

/**
 * Whoever reads a sign-in link first is signed in, as by what GitHub sends along; a preview link shows a draft, that of a request
 * speaks for who asked, that of a member’s feed plays what they pay for: however it was typed. Where somebody is led after signing in may be one of them.
 */
export function loggedAddress({ url }: Pick<FastifyRequest, 'url'>): string {
  return url
    .replace(
      /^\/+(in|preview|request|subscribe|unsubscribe|unfollow|members|~\/email)\/+[^/?]+/i,
      '/$1/***',
    )
    .replaceAll(/([?&](?:code|state|token|next)=)[^&]*/g, '$1***')
}
