import * as subscriptions from '@showrunner/domain/subscriptions'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { parse } from '../parse.ts'
import { subscriptionsPage } from '../presenters/subscription-pages.ts'
import { refuseMasquerade } from './masquerade.ts'
import { toSignIn } from './to-sign-in.ts'

const Chosen = z.object({ id: z.coerce.number().int().positive() })
const Switch = z.object({ on: z.stringbool().default(false) })

/** What somebody is mailed: all of it, each to be switched off and on. */
export default function ownSubscriptionRoutes(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  app.get(addresses.subscriptions, async (request, reply) => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    if (here.masquerader) return refuseMasquerade(app, reply, here)
    const own = await subscriptions.listSubscriptionsOf(repo, here.person)
    return reply.html(
      'account/subscriptions',
      subscriptionsPage(await app.site(), here.person, own),
    )
  })

  app.post<{ Params: { id: string } }>(
    addresses.switchSubscription(':id'),
    async (request, reply) => {
      const here = await request.session()
      if (!here) return toSignIn(request, reply)
      if (here.masquerader) return refuseMasquerade(app, reply, here)
      const { id } = parse(Chosen, request.params)
      const { on } = parse(Switch, request.body ?? {})
      const own = await subscriptions.findSubscriptionOf(repo, here.person, id)
      if (!own) return reply.redirect(addresses.subscriptions, 303)
      const { podcastId, episodeId, personId } = own
      const wanted = { podcastId, episodeId, personId, context: 'On your account’s page.' }
      if (on) await subscriptions.subscribe(repo, wanted, clock())
      else await subscriptions.unsubscribe(repo, own, clock())
      return reply.redirect(addresses.subscriptions, 303)
    },
  )
}
