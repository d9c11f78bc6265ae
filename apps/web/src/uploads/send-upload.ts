import { type ByteRange, type Stored } from '@showrunner/storage'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { UPLOAD_HEADERS } from '../headers.ts'
import { isFresh, sendUnchanged } from '../conditional.ts'
import { rangeAsked } from './range-asked.ts'
import { uploadHeaders } from './upload-headers.ts'

/** Sends what is under a key: whole, in part, or only what is to be said of it. */
export async function sendUpload(
  app: FastifyInstance,
  key: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const stored = await app.parts.storage.head(key)
  if (!stored) {
    reply.callNotFound()
    return reply
  }

  if (isFresh(request, { etag: `"${stored.etag}"`, lastModified: stored.modifiedAt })) {
    return sendUnchanged(reply.headers(uploadHeaders(stored)))
  }

  if (request.method === 'HEAD') return described(reply, stored).send()
  const range = isForThis(request, stored)
    ? rangeAsked(request.headers.range, stored.bytes)
    : undefined
  if (range === 'not there') return notThere(reply, stored)

  return sendBytes(app, { stored, range }, request, reply)
}

async function sendBytes(
  app: FastifyInstance,
  { stored, range }: { stored: Stored; range: ByteRange | undefined },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const opened = await app.parts.storage.open(stored.key, range)
  // Somebody removed the file since it was looked up, or put another in its place.
  if (opened?.stored.etag !== stored.etag) {
    opened?.stream.destroy()
    return sendUpload(app, stored.key, request, reply)
  }

  if (!opened.range) return described(reply, stored).send(opened.stream)
  const { start, end } = opened.range
  return described(reply, stored)
    .code(206)
    .headers({
      'content-range': `bytes ${start}-${end}/${stored.bytes}`,
      'content-length': end - start + 1,
    })
    .send(opened.stream)
}

// Said last, when nothing can fail any more: a failure is kept by nobody.
function described(reply: FastifyReply, stored: Stored): FastifyReply {
  return reply.headers({
    ...uploadHeaders(stored),
    'content-type': stored.type,
    'content-length': stored.bytes,
  })
}

function notThere(reply: FastifyReply, { bytes }: Stored): FastifyReply {
  return reply
    .code(416)
    .headers({
      ...UPLOAD_HEADERS,
      'content-range': `bytes */${bytes}`,
      'cache-control': 'no-cache',
    })
    .type('text/plain; charset=utf-8')
    .send(`This file has ${bytes} bytes, and none of those asked for.\n`)
}

/** Who has a part wants the rest of the same file only; of another one, the whole. */
function isForThis(request: FastifyRequest, { etag, modifiedAt }: Stored): boolean {
  const known = request.headers['if-range']
  if (typeof known !== 'string') return true

  return known === `"${etag}"` || known === modifiedAt.toUTCString()
}
