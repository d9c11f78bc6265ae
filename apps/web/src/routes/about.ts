import * as issues from '@showrunner/domain/issues'
import * as podcasts from '@showrunner/domain/podcasts'
import * as settings from '@showrunner/domain/settings'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { aboutPage } from '../presenters/about-page.ts'

export default async function aboutRoutes(app: FastifyInstance): Promise<void> {
  app.page(addresses.about, {
    load: ({ repo, clock }) =>
      Promise.all([
        settings.getSettings(repo),
        podcasts.listPodcasts(repo),
        issues.hasIssues(repo, clock()),
      ]),
    view: 'about/show',
    present: (site, [network, shows, hasIssues]) => aboutPage(site, network, shows, hasIssues),
  })
}
