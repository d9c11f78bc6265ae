import * as sponsors from '@showrunner/domain/sponsors'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { sponsorPage, sponsorsPage } from '../presenters/sponsor-pages.ts'
import { PageQuery } from './page-query.ts'
import { SPONSOR } from './slugs.ts'

export default async function sponsorRoutes(app: FastifyInstance): Promise<void> {
  app.page(addresses.sponsors, {
    load: ({ repo, clock }) => sponsors.listPublicSponsors(repo, clock()),
    view: 'subject/index',
    present: sponsorsPage,
  })

  app.page(SPONSOR, {
    query: PageQuery,
    load: ({ repo, clock, params, query: { page } }) =>
      sponsors.getSponsorPage(repo, params.sponsor, { asOf: clock(), page }),
    view: 'subject/show',
    present: sponsorPage,
  })
}
