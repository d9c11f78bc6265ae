import { type FastifyReply, type FastifyRequest } from 'fastify'

/** What a reader may already have, and what it would be by now. */
export interface Validators {
  readonly etag: string
  readonly lastModified?: Date
}

/** Whether what the reader has is still true. An ETag decides where one was sent; the date is for who sent none. */
export function isFresh(request: FastifyRequest, { etag, lastModified }: Validators): boolean {
  const known = request.headers['if-none-match']
  if (known) return known === '*' || known.split(',').some((one) => bare(one) === bare(etag))

  if (!lastModified) return false
  const since = Date.parse(request.headers['if-modified-since'] ?? '')
  return since >= Math.floor(lastModified.getTime() / 1000) * 1000
}

export function sendUnchanged(reply: FastifyReply): FastifyReply {
  return reply.code(304).removeHeader('content-type').send()
}

// A compressed body has an ETag of its own, and proxies weaken them: it is the same document all the same.
function bare(etag: string): string {
  return etag
    .trim()
    .replace(/^W\//, '')
    .replace(/-(br|gzip)"$/, '"')
}
