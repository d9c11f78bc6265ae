import { MailError } from './errors.ts'
import { type Mailer } from './message.ts'

/** Sends nothing, and says what is missing. */
export const unsetMailer: Mailer = {
  send: () => Promise.reject(new MailError('No mail can be sent: SMTP_URL is not set.')),
}
