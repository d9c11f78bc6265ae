import { getFeed } from '@showrunner/domain/feed'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { compress } from '../compress.ts'
import { isFresh, sendUnchanged } from '../conditional.ts'
import { feedDocuments } from '../feed-documents.ts'
import { PODCAST } from './slugs.ts'

const HEADERS = {
  'content-type': 'application/rss+xml; charset=utf-8',
  'access-control-allow-origin': '*',
  'cache-control': 'public, max-age=60',
  vary: 'accept-encoding',
} as const

export default async function feedRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock, publicUrl } = app.parts
  const outside = { publicUrl, paths: addresses }
  const feedDocument = feedDocuments(clock)

  app.get<{ Params: { podcast: string } }>(`${PODCAST}/feed`, async (request, reply) => {
    const { podcast } = request.params
    const feed = await feedDocument(podcast, () => getFeed(repo, podcast, clock(), outside))
    reply.headers(HEADERS).header('last-modified', feed.lastModified.toUTCString())
    if (isFresh(request, feed)) return sendUnchanged(reply.header('etag', feed.etag))

    const { body, encoding } = await compress(feed.body, request.headers['accept-encoding'])
    if (!encoding) return reply.header('etag', feed.etag).send(body)

    // Strong means these very bytes, so each encoding has one of its own.
    const etag = feed.etag.replace(/"$/, `-${encoding}"`)
    return reply.header('etag', etag).header('content-encoding', encoding).send(body)
  })
}
