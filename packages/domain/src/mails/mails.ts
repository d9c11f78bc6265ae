import { type MailPreview } from '@showrunner/mail'
import { emailChangedMail, emailChangeMail, joinMail, signInMail } from '../accounts/index.ts'
import { COMMENT_MAILS } from '../comments/index.ts'
import { COMMUNITY_MAILS } from '../community/index.ts'
import { ISSUE_MAILS } from '../issues/index.ts'
import { MEMBER_FEED_MAILS } from '../member-feeds/index.ts'
import { NEWS_MAILS } from '../news/index.ts'
import { PEOPLE_MAILS } from '../people/index.ts'
import { thanksMail } from '../publishing/index.ts'
import { REQUEST_MAILS } from '../requests/index.ts'
import { SUBSCRIPTION_MAILS } from '../subscriptions/index.ts'
import { webhookStoppedMail } from '../webhooks/index.ts'

/** Every mail there is. */
export const MAILS: readonly MailPreview[] = [
  signInMail,
  joinMail,
  emailChangeMail,
  emailChangedMail,
  ...PEOPLE_MAILS,
  ...COMMUNITY_MAILS,
  ...MEMBER_FEED_MAILS,
  ...REQUEST_MAILS,
  ...SUBSCRIPTION_MAILS,
  ...NEWS_MAILS,
  ...ISSUE_MAILS,
  ...COMMENT_MAILS,
  thanksMail,
  webhookStoppedMail,
]

export function findMail(name: string): MailPreview | undefined {
  return MAILS.find((mail) => mail.name === name)
}
