import { type Account } from '@showrunner/domain/accounts'
import { mailOf, type MailPreview, type Message } from '@showrunner/mail'
import { addresses } from '../../addresses.ts'
import { type Site } from '../frame.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'

const { admin } = addresses

/** Every mail there is. */
export interface MailList extends AdminPage {
  readonly mails: readonly MailLine[]
}

interface MailLine {
  readonly subject: string
  readonly trigger: string
  readonly recipient: string
  readonly href: string
}

/** One of them, as an example. */
export interface MailPage extends AdminPage {
  readonly mail: MailLine
  readonly text: string
  readonly htmlHref: string
  readonly send: { readonly action: string; readonly to: string | null }
}

export function mailList(frame: AdminFrame, mails: readonly MailPreview[]): MailList {
  return { frame, mails: mails.map((mail) => mailLine(frame, mail)) }
}

export function mailPage(frame: AdminFrame, actor: Account, mail: MailPreview): MailPage {
  return {
    frame,
    mail: mailLine(frame, mail),
    text: exampleOf(mail, frame.site).text,
    htmlHref: admin.mailHtml(mail.name),
    send: { action: admin.sendMail(mail.name), to: actor.person.email },
  }
}

/** The example as it would be sent. */
export function exampleOf(
  mail: MailPreview,
  { title: fromName, language }: Pick<Site, 'title' | 'language'>,
): Message {
  const envelope = { to: 'ada@example.com', fromName, language }
  return mailOf(mail.writeExample(fromName, language), envelope)
}

function mailLine({ site }: AdminFrame, mail: MailPreview): MailLine {
  return {
    subject: mail.writeExample(site.title, site.language).subject,
    trigger: mail.trigger,
    recipient: mail.recipient,
    href: admin.mail(mail.name),
  }
}
