import { getFeed } from '@showrunner/domain/feed'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { writeFeed } from '../write-feed.ts'
import { PODCAST } from './slugs.ts'

export default async function feedRoutes(app: FastifyInstance): Promise<void> {
  const outside = { publicUrl: app.parts.publicUrl, paths: addresses }

  app.document(`${PODCAST}/feed`, {
    load: ({ repo, clock, params }) => getFeed(repo, params.podcast, clock(), outside),
    type: 'application/rss+xml; charset=utf-8',
    headers: { 'access-control-allow-origin': '*' },
    write: writeFeed,
  })
}
