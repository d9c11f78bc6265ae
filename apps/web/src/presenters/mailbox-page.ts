import { type KeptMail } from '@showrunner/domain/mailbox'
import { addresses } from '../addresses.ts'
import { moment, type Moment } from './dates.ts'
import { type Site } from './frame.ts'
import { noticePage, type NoticePage } from './notice-page.ts'
import { en } from '../words/index.ts'

export interface MailboxPage extends NoticePage {
  readonly mails: readonly MailLine[]
}

interface MailLine {
  readonly subject: string
  readonly to: string
  readonly from: string
  readonly kept: Moment
  readonly href: string
}

export interface KeptMailPage extends NoticePage {
  readonly mail: MailLine
  readonly text: string
  /** Where the HTML is by itself. */
  readonly htmlHref: string
}

export function mailboxPage(site: Site, mails: readonly KeptMail[]): MailboxPage {
  return { ...noticePage(site, 'Mailbox', addresses.mailbox), mails: mails.map(mailLine) }
}

export function keptMailPage(site: Site, kept: KeptMail): KeptMailPage {
  const mail = mailLine(kept)

  return {
    ...noticePage(site, mail.subject, mail.href),
    mail,
    text: kept.textBody,
    htmlHref: addresses.keptMailHtml(kept.id),
  }
}

function mailLine({ id, subject, toAddress, fromName, insertedAt }: KeptMail): MailLine {
  return {
    subject,
    to: toAddress,
    from: fromName,
    kept: moment(insertedAt, en),
    href: addresses.keptMail(id),
  }
}
