import * as episodes from '@showrunner/domain/episodes'
import { getFeed } from '@showrunner/domain/feed'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { compress } from '../compress.ts'
import { isFresh, sendUnchanged } from '../conditional.ts'
import { type FeedDocument, feedDocuments } from '../feed-documents.ts'
import { PODCAST } from './slugs.ts'

/** How long a feed may be kept, in seconds, unless something appears sooner. */
const KEPT_SECONDS = 60

const HEADERS = {
  'content-type': 'application/rss+xml; charset=utf-8',
  'access-control-allow-origin': '*',
  vary: 'accept-encoding',
} as const

export default async function feedRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock, publicUrl } = app.parts
  const outside = { publicUrl, paths: addresses }
  const feedDocument = feedDocuments(clock)

  app.get<{ Params: { podcast: string } }>(`${PODCAST}/feed`, async (request, reply) => {
    const { podcast } = request.params
    const feed = await feedDocument(podcast, async () => {
      const asOf = clock()
      const [draft, until] = await Promise.all([
        getFeed(repo, podcast, asOf, outside),
        episodes.nextAppearance(repo, podcast, asOf),
      ])
      return { draft, until }
    })
    reply
      .headers(HEADERS)
      .header('cache-control', `public, max-age=${secondsFresh(feed, clock())}`)
      .header('last-modified', feed.lastModified.toUTCString())
    if (isFresh(request, feed)) return sendUnchanged(reply.header('etag', feed.etag))

    const { body, encoding } = await compress(feed.body, request.headers['accept-encoding'])
    if (!encoding) return reply.header('etag', feed.etag).send(body)

    // Strong means these very bytes, so each encoding has one of its own.
    const etag = feed.etag.replace(/"$/, `-${encoding}"`)
    return reply.header('etag', etag).header('content-encoding', encoding).send(body)
  })
}

function secondsFresh({ until }: FeedDocument, now: Date): number {
  const seconds = until ? Math.floor((until.getTime() - now.getTime()) / 1000) : KEPT_SECONDS
  return Math.min(Math.max(seconds, 0), KEPT_SECONDS)
}
