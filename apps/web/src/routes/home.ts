import { home } from '@showrunner/domain/site'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { homePage } from '../presenters/home-page.ts'

export default async function homeRoutes(app: FastifyInstance): Promise<void> {
  app.page(addresses.home, {
    load: ({ repo, clock }) => home(repo, clock()),
    view: 'home/show',
    present: homePage,
  })
}
