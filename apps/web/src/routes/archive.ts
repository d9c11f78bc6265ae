import * as episodes from '@showrunner/domain/episodes'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { archivePage, networkYearPage, podcastYearPage } from '../presenters/archive-pages.ts'
import { PageQuery } from './page-query.ts'
import { ARCHIVE_YEAR, PODCAST_YEAR } from './slugs.ts'

/** Everything there is, by the year it appeared in. */
export default async function archiveRoutes(app: FastifyInstance): Promise<void> {
  app.page(addresses.archive, {
    load: ({ repo, clock }) => episodes.countYears(repo, clock()),
    view: 'archive/index',
    present: archivePage,
  })

  app.page(ARCHIVE_YEAR, {
    query: PageQuery,
    async load({ repo, clock, params, query: { page } }) {
      const year = Number(params.year)
      return { year, shown: await episodes.getNetworkYear(repo, year, { asOf: clock(), page }) }
    },
    view: 'lines/show',
    present: networkYearPage,
  })

  app.page(PODCAST_YEAR, {
    query: PageQuery,
    async load({ repo, clock, params, query: { page } }) {
      const year = Number(params.year)
      const asked = { asOf: clock(), page }
      return { year, shown: await episodes.getPodcastYear(repo, params.podcast, year, asked) }
    },
    view: 'lines/show',
    present: podcastYearPage,
  })
}
