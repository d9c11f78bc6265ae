import * as podcasts from '@showrunner/domain/podcasts'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { podcastPage } from '../presenters/podcast-page.ts'
import { podcastsPage } from '../presenters/podcasts-page.ts'
import { parse } from '../parse.ts'
import { PODCAST } from './slugs.ts'

const Query = z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) })

export default async function podcastRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock } = app.parts

  app.get('/podcasts', async (_request, reply) => {
    const [site, shown] = await Promise.all([app.site(), podcasts.listPodcasts(repo)])
    return reply.html('podcasts/index', podcastsPage(site, shown))
  })

  app.get<{ Params: { podcast: string } }>(PODCAST, async (request, reply) => {
    const { page } = parse(Query, request.query)
    const [site, shown] = await Promise.all([
      app.site(),
      podcasts.getPodcastPage(repo, request.params.podcast, clock(), page),
    ])
    return reply.html('podcast/show', podcastPage(site, shown))
  })
}
