import { type FastifyRequest } from 'fastify'

/** What a log says of a request. */
export function loggedRequest(request: FastifyRequest) {
  const { method, host, ip } = request

  return { method, url: loggedAddress(request), host, remoteAddress: ip }
}

/** A sign-in link signs in whoever reads it first, and so does what GitHub sends along; logs have many readers. */
export function loggedAddress({ url }: Pick<FastifyRequest, 'url'>): string {
  return url
    .replace(/^\/in\/[^/?]+/, '/in/***')
    .replaceAll(/([?&](?:code|state|token)=)[^&]*/g, '$1***')
}
