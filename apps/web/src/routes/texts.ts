import * as settings from '@showrunner/domain/settings'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { textPage } from '../presenters/text-page.ts'

const LEGAL = [
  { field: 'imprint', title: 'Imprint', address: addresses.imprint },
  { field: 'privacy', title: 'Privacy', address: addresses.privacy },
  { field: 'terms', title: 'Terms', address: addresses.terms },
] as const

/** The network's own texts: for guests, and those that the law wants. One that was not written is not there. */
export default async function textRoutes(app: FastifyInstance): Promise<void> {
  const { repo } = app.parts

  app.get(addresses.guest, async (_request, reply) => {
    const [site, network] = await Promise.all([app.site(), settings.getSettings(repo)])
    const about = { title: 'For guests', address: addresses.guest, html: network.guestGuideHtml }
    return reply.html('guest/show', textPage(site, about))
  })

  for (const { field, title, address } of LEGAL) {
    app.get(address, async (_request, reply) => {
      const [site, network] = await Promise.all([app.site(), settings.getSettings(repo)])
      const html = network[`${field}Html`]
      if (html === null) return reply.callNotFound()

      return reply.html('text/show', textPage(site, { title, address, html }))
    })
  }
}
