import * as people from '@showrunner/domain/people'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { peoplePage } from '../presenters/people-page.ts'
import { personPage } from '../presenters/person-page.ts'
import { personPartPage } from '../presenters/person-part-page.ts'
import { PageQuery } from './page-query.ts'
import { PERSON } from './slugs.ts'

export default async function personRoutes(app: FastifyInstance): Promise<void> {
  app.page(addresses.people, {
    query: PageQuery,
    load: ({ repo, clock, query: { page } }) => people.getPeoplePage(repo, { asOf: clock(), page }),
    view: 'people/index',
    present: peoplePage,
  })

  app.page(PERSON, {
    load: ({ repo, clock, params }) => people.getPersonPage(repo, params.handle, clock()),
    view: 'person/show',
    present: personPage,
  })

  for (const part of people.PERSON_PARTS) {
    app.page(`${PERSON}/${part}`, {
      query: PageQuery,
      async load({ repo, clock, params: { handle }, query: { page } }) {
        const asked = { asOf: clock(), page }
        return { part, shown: await people.getPersonPart(repo, handle, part, asked) }
      },
      view: 'lines/show',
      present: personPartPage,
    })
  }
}
