import * as mailbox from '@showrunner/domain/mailbox'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { KEPT_MAIL_HEADERS } from '../headers.ts'
import { parse } from '../parse.ts'
import { keptMailPage, mailboxPage } from '../presenters/mailbox-page.ts'
import { sitsHere } from '../visitor.ts'

const Chosen = z.object({ id: z.coerce.number().int().positive() })

interface Mail {
  Params: { id: string }
}

/**
 * The mails that were kept because none are sent, for who sits at the machine: links that sign in are among them. For
 * anybody else, where mails are sent, and in production, there is no such address.
 */
export default async function mailboxRoutes(app: FastifyInstance): Promise<void> {
  const { repo, keepsMail, publicUrl } = app.parts
  if (!keepsMail) return

  app.addHook('onRequest', (request, reply, done) => {
    if (sitsHere(request, publicUrl)) done()
    else reply.callNotFound()
  })

  app.get(addresses.mailbox, async (_request, reply) => {
    const [site, mails] = await Promise.all([app.site(), mailbox.listKeptMails(repo)])
    return reply.html('mailbox/index', mailboxPage(site, mails))
  })

  app.get<Mail>(`${addresses.mailbox}/:id`, async (request, reply) => {
    const { id } = parse(Chosen, request.params)
    const [site, mail] = await Promise.all([app.site(), mailbox.getKeptMail(repo, id)])
    return reply.html('mailbox/show', keptMailPage(site, mail))
  })

  // As a mail program shows it: its own styles, no scripts, and its links lead out of the frame.
  app.get<Mail>(`${addresses.mailbox}/:id/html`, async (request, reply) => {
    const { id } = parse(Chosen, request.params)
    const { htmlBody } = await mailbox.getKeptMail(repo, id)
    return reply
      .headers(KEPT_MAIL_HEADERS)
      .send(htmlBody.replace('<head>', '<head><base target="_top">'))
  })
}
