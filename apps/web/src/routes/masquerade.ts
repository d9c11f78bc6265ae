import * as accounts from '@showrunner/domain/accounts'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { addresses } from '../addresses.ts'
import { concealMasquerade } from '../masquerade-cookie.ts'
import { masqueradeBar } from '../presenters/masquerade-bar.ts'
import { noticePage } from '../presenters/notice-page.ts'

/** What an administrator who acts in somebody's name sees of it, and how it ends. It begins in the admin area. */
export default function masqueradeRoutes(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  app.get(addresses.masquerade, async (request, reply) => {
    const here = await request.session()
    const bar = here ? masqueradeBar(here) : null
    return bar ? reply.html('parts/_masquerade', bar) : concealMasquerade(reply).code(204).send()
  })

  app.post(addresses.stopMasquerade, async (request, reply) => {
    const here = await request.session()
    if (!here?.masquerader) return concealMasquerade(reply).redirect(addresses.home, 303)
    await accounts.stopMasquerade(repo, here, clock())
    app.disconnect(here.masquerader.id)
    return concealMasquerade(reply).redirect(addresses.admin.person(here.person.id), 303)
  })
}

/** Answers who asks, in somebody else's name, for what is theirs alone. */
export async function refuseMasquerade(
  app: FastifyInstance,
  reply: FastifyReply,
  here: accounts.SessionWithPerson,
): Promise<FastifyReply> {
  return reply.code(403).html('account/masquerading', {
    ...noticePage(await app.site(), (words) => words.account.masquerading.title, addresses.account),
    masquerade: masqueradeBar(here),
  })
}
