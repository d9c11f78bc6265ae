import { type FastifyRequest } from 'fastify'

/** What a log says of a request. */
export function loggedRequest(request: FastifyRequest) {
  const { method, host, ip } = request

  return { method, url: loggedAddress(request), host, remoteAddress: ip }
}

/** A sign-in link signs in whoever reads it first, and logs have many readers. */
export function loggedAddress({ url }: Pick<FastifyRequest, 'url'>): string {
  return url.replace(/^\/in\/[^/?]+/, '/in/***')
}
