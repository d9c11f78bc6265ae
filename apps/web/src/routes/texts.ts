import { NotFoundError } from '@showrunner/data'
import * as settings from '@showrunner/domain/settings'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { textPage } from '../presenters/text-page.ts'

const LEGAL = [
  { field: 'imprint', address: addresses.imprint },
  { field: 'privacy', address: addresses.privacy },
  { field: 'terms', address: addresses.terms },
] as const

/** The network's own texts: for guests, and those that the law wants. One that was not written is not there. */
export default async function textRoutes(app: FastifyInstance): Promise<void> {
  app.page(addresses.guest, {
    load: ({ repo }) => settings.getSettings(repo),
    view: 'guest/show',
    present: (site, { guestGuideHtml: html }) =>
      textPage(site, { title: site.words.frame.forGuests, address: addresses.guest, html }),
  })

  for (const { field, address } of LEGAL) {
    app.page(address, {
      async load({ repo }) {
        const html = (await settings.getSettings(repo))[`${field}Html`]
        if (html === null) throw new NotFoundError(settings.Settings, `with ${field}`)
        return html
      },
      view: 'text/show',
      present: (site, html) => textPage(site, { title: site.words.frame[field], address, html }),
    })
  }
}
