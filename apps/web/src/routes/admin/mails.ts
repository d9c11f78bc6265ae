import * as admin from '@showrunner/domain/admin'
import * as mails from '@showrunner/domain/mails'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../addresses.ts'
import { KEPT_MAIL_HEADERS } from '../../headers.ts'
import { parse } from '../../parse.ts'
import { exampleOf, mailList, mailPage } from '../../presenters/admin/mails.ts'

const to = addresses.admin
const Named = z.object({ name: z.string().max(60) })

export default function mailRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(to.mails, async ({ actor }, reply) => {
    admin.mayOrThrow(actor, 'previewMails')
    const frame = await reply.adminFrame({ title: 'Mails', section: 'mails' })
    return reply.html('admin/mails/index', mailList(frame, mails.MAILS))
  })

  app.get<Name>(to.mail(':name'), async ({ actor, params }, reply) => {
    admin.mayOrThrow(actor, 'previewMails')
    const mail = mails.findMail(parse(Named, params).name)
    if (!mail) return reply.callNotFound()

    const { subject } = exampleOf(mail, await app.site())
    const frame = await reply.adminFrame({
      title: subject,
      section: 'mails',
      crumbs: [{ title: 'Mails', href: to.mails }],
    })
    return reply.html('admin/mails/show', mailPage(frame, actor, mail))
  })

  // As a mail program shows it: its own styles, no scripts, and its links lead out of the frame.
  app.get<Name>(to.mailHtml(':name'), async ({ actor, params }, reply) => {
    admin.mayOrThrow(actor, 'previewMails')
    const mail = mails.findMail(parse(Named, params).name)
    if (!mail) return reply.callNotFound()

    const { html } = exampleOf(mail, await app.site())
    return reply
      .headers(KEPT_MAIL_HEADERS)
      .send(html.replace('<head>', '<head><base target="_top">'))
  })

  app.post<Name>(to.sendMail(':name'), async ({ actor, repo, params }, reply) => {
    admin.mayOrThrow(actor, 'previewMails')
    const mail = mails.findMail(parse(Named, params).name)
    if (!mail) return reply.callNotFound()

    const { email } = actor.person
    if (email === null) {
      return reply
        .flash('You have no address to send it to: say one on your page first.', 'failed')
        .redirect(to.mail(mail.name), 303)
    }
    await mails.requestPreview(repo, mail.name, actor.person, clock())
    return reply.flash(`It is on its way to ${email}.`).redirect(to.mail(mail.name), 303)
  })
}

interface Name {
  Params: { name: string }
}
