import * as comments from '@showrunner/domain/comments'
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
const Kind = Switch.extend({ why: z.enum(comments.MAILED_FOR) })

/** What somebody is mailed: all of it, each to be switched off and on. */
export default function ownSubscriptionRoutes(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  app.get(addresses.subscriptions, async (request, reply) => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    if (here.masquerader) return refuseMasquerade(app, reply, here)
    const [own, unwanted] = await Promise.all([
      subscriptions.listSubscriptionsOf(repo, here.person),
      comments.listUnwanted(repo, here.person.id),
    ])
    return reply.html(
      'account/subscriptions',
      subscriptionsPage(await app.site(), here.person, own, unwanted),
    )
  })

  app.post(addresses.switchCommentMails, async (request, reply) => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    if (here.masquerader) return refuseMasquerade(app, reply, here)
    const { why, on } = parse(Kind, request.body ?? {})
    await comments.setWanted(repo, here.person.id, [why], on)
    return reply.redirect(addresses.commentMails, 303)
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
      const wanted = { podcastId, episodeId, personId, context: 'account' } as const
      if (on) await subscriptions.subscribe(repo, wanted, clock())
      else await subscriptions.unsubscribe(repo, own, clock())
      return reply.redirect(addresses.subscriptions, 303)
    },
  )
}
