import * as downloads from '@showrunner/domain/downloads'
import * as episodes from '@showrunner/domain/episodes'
import * as live from '@showrunner/domain/live'
import * as podcasts from '@showrunner/domain/podcasts'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { popularPage, recommendedPage } from '../presenters/choice-pages.ts'
import { podcastPage } from '../presenters/podcast-page.ts'
import { podcastsPage } from '../presenters/podcasts-page.ts'
import { PODCAST, POPULAR, RECOMMENDED } from './slugs.ts'

const MOST_UPCOMING = 3

const Query = z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) })

export default async function podcastRoutes(app: FastifyInstance): Promise<void> {
  app.page(addresses.podcasts, {
    load: ({ repo }) => podcasts.listPodcasts(repo),
    view: 'podcasts/index',
    present: podcastsPage,
  })

  app.page(PODCAST, {
    query: Query,
    load: async ({ repo, clock, params, query }) => {
      const shown = await podcasts.getPodcastPage(repo, params.podcast, clock(), query.page)
      const upcoming = await live.listUpcoming(repo, clock(), MOST_UPCOMING, shown.podcast.id)
      return { shown, upcoming }
    },
    view: 'podcast/show',
    present: podcastPage,
  })

  app.page(POPULAR, {
    load: ({ repo, clock, params }) => downloads.getPopular(repo, params.podcast, clock()),
    view: 'lines/show',
    present: popularPage,
  })

  app.page(RECOMMENDED, {
    query: Query,
    load: ({ repo, clock, params, query: { page } }) =>
      episodes.getRecommended(repo, params.podcast, { asOf: clock(), page }),
    view: 'lines/show',
    present: recommendedPage,
  })
}
