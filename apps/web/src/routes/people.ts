import * as people from '@showrunner/domain/people'
import { type FastifyInstance } from 'fastify'
import { personPage } from '../presenters/person-page.ts'
import { PERSON } from './slugs.ts'

export default async function personRoutes(app: FastifyInstance): Promise<void> {
  app.page(PERSON, {
    load: ({ repo, clock, params }) => people.getPersonPage(repo, params.handle, clock()),
    view: 'person/show',
    present: personPage,
  })
}
