import { type Encoding, type Kept } from '@showrunner/live'
import { type FastifyReply, type FastifyRequest } from 'fastify'
import { encodingFor } from './compress.ts'
import { isFresh } from './conditional.ts'

/** How long a document may be kept by others, in seconds, unless it changes by itself sooner. */
const KEPT_SECONDS = 60

export interface SendOptions {
  /** What every answer of this page carries. */
  readonly headers: Readonly<Record<string, string>>
  readonly isDocument: boolean
  readonly clock: () => Date
  /** What a document that was made says in its `Link` header. */
  readonly linkOf?: (body: Buffer) => string | undefined
}

/** Headers as Node writes them, names and values in turn: worked out once for a page, and not for each who asks. */
interface Prepared {
  readonly whole: Partial<Record<Encoding | 'plain', readonly string[]>>
  readonly unchanged: readonly string[]
}

/**
 * Sends a page from memory. What stands between the two on Fastify's way out, hooks and serialisation, has nothing to do for
 * bytes that are ready, and costs a third of the answers.
 */
export function sendKept(
  kept: Kept,
  request: FastifyRequest,
  reply: FastifyReply,
  options: SendOptions,
): void | Promise<void> {
  const { etag, lastModified } = kept
  const validators = options.isDocument ? { etag, lastModified } : { etag }
  if (isFresh(request, validators)) {
    return write(
      reply,
      304,
      [...preparedOf(kept, options).unchanged, ...keptFor(kept, options)],
      '',
    )
  }
  const encoding = encodingFor(request.headers['accept-encoding'], kept.body.length)
  const body = encoding ? kept.encoded(encoding) : kept.body
  const send = (bytes: Buffer): void => {
    const headers = headersOf(kept, options, encoding, bytes.length)
    return write(
      reply,
      200,
      options.isDocument ? [...headers, ...keptFor(kept, options)] : headers,
      bytes,
    )
  }
  return Buffer.isBuffer(body) ? send(body) : body.then(send)
}

function write(
  reply: FastifyReply,
  status: number,
  headers: readonly string[],
  body: Buffer | string,
): void {
  reply.hijack()
  reply.raw.writeHead(status, headers as string[])
  reply.raw.end(body)
}

function headersOf(
  kept: Kept,
  options: SendOptions,
  encoding: Encoding | undefined,
  bytes: number,
): readonly string[] {
  const { whole } = preparedOf(kept, options)
  return (whole[encoding ?? 'plain'] ??= [
    ...flat(options.headers),
    ...linkOf(kept, options),
    ...validatorsOf(kept, options, encoding),
    ...(encoding ? ['content-encoding', encoding] : []),
    'content-length',
    String(bytes),
  ])
}

function preparedOf(kept: Kept, options: SendOptions): Prepared {
  if (!kept.prepared) {
    const { 'content-type': _type, ...headers } = options.headers
    const unchanged = [
      ...flat(headers),
      ...linkOf(kept, options),
      ...validatorsOf(kept, options, undefined),
    ]
    kept.prepared = { whole: {}, unchanged } satisfies Prepared
  }
  // Nobody else prepares anything for a page.
  return kept.prepared as Prepared
}

function validatorsOf(
  { etag, lastModified }: Kept,
  { isDocument }: SendOptions,
  encoding: Encoding | undefined,
): readonly string[] {
  // Strong means these very bytes, so each encoding has one of its own.
  const own = encoding ? etag.replace(/"$/, `-${encoding}"`) : etag
  const dated = isDocument ? ['last-modified', lastModified.toUTCString()] : []
  return ['etag', own, 'vary', 'accept-encoding', ...dated]
}

function keptFor({ until }: Kept, { isDocument, clock }: SendOptions): readonly string[] {
  if (!isDocument) return []
  const left = until ? Math.floor((until.getTime() - clock().getTime()) / 1000) : KEPT_SECONDS
  return ['cache-control', `public, max-age=${Math.min(Math.max(left, 0), KEPT_SECONDS)}`]
}

function linkOf({ body }: Kept, options: SendOptions): readonly string[] {
  const link = options.linkOf?.(body)
  return link === undefined ? [] : ['link', link]
}

function flat(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).flat()
}
