import { type FastifyInstance } from 'fastify'
import * as settings from '@showrunner/domain/settings'
import { addresses } from '../../addresses.ts'
import { openApi } from '../../api/openapi.ts'
import { OPERATIONS } from '../../api/operations.ts'
import { apiPage } from '../../presenters/api-page.ts'

/** What says how the API is asked: for people, and for programs. */
export default function pageRoutes(app: FastifyInstance): void {
  const { publicUrl } = app.parts

  app.page(addresses.apiPage, {
    load: async ({ repo }) => {
      const { title } = await settings.getSettings(repo)
      return openApi(OPERATIONS, { title, publicUrl })
    },
    view: 'api/show',
    present: apiPage,
  })

  app.document(addresses.openApi, {
    load: ({ repo }) => settings.getSettings(repo),
    type: 'application/vnd.oai.openapi+json; version=3.1; charset=utf-8',
    headers: { 'access-control-allow-origin': '*' },
    write: ({ title }) => JSON.stringify(openApi(OPERATIONS, { title, publicUrl }), null, 2),
  })
}
