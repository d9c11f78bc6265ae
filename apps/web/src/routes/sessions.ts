import * as accounts from '@showrunner/domain/accounts'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { parse } from '../parse.ts'
import { sessionsPage } from '../presenters/sessions-page.ts'
import { refuseMasquerade } from './masquerade.ts'
import { toSignIn } from './to-sign-in.ts'

const Chosen = z.object({ id: z.coerce.number().int().positive() })

export default function sessionRoutes(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  app.get(addresses.sessions, async (request, reply) => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    if (here.masquerader) return refuseMasquerade(app, reply, here)
    const [site, all] = await Promise.all([
      app.site(),
      accounts.listSessions(repo, here.person, clock()),
    ])
    return reply.html('account/sessions', sessionsPage(site, here, all))
  })

  app.post<{ Params: { id: string } }>(`${addresses.sessions}/:id/end`, async (request, reply) => {
    const { id } = parse(Chosen, request.params)
    const here = await request.session()
    if (here?.masquerader) return refuseMasquerade(app, reply, here)
    if (here) {
      await accounts.endSession(repo, here.person, id)
      app.disconnect(here.person.id)
    }
    if (here?.id === id) reply.endSession()
    return reply.redirect(addresses.sessions, 303)
  })

  app.post(addresses.endOtherSessions, async (request, reply) => {
    const here = await request.session()
    if (here?.masquerader) return refuseMasquerade(app, reply, here)
    if (here) {
      await accounts.endSessions(repo, here.person, here)
      app.disconnect(here.person.id)
    }
    return reply.redirect(addresses.sessions, 303)
  })

  app.post(addresses.endAllSessions, async (request, reply) => {
    const here = await request.session()
    if (here?.masquerader) return refuseMasquerade(app, reply, here)
    if (here) {
      await accounts.endSessions(repo, here.person)
      app.disconnect(here.person.id)
    }
    return reply.endSession().redirect(addresses.signedIn, 303)
  })
}
