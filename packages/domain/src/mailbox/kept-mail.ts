import { schema, t, timestamps, type Row } from '@showrunner/data'

/** A mail that was not sent, because no mail server is set up. */
export const KeptMail = schema('kept_mails', {
  id: t.id(),
  toAddress: t.string(),
  fromName: t.string(),
  replyTo: t.string().nullable(),
  subject: t.string(),
  textBody: t.string().redact(),
  htmlBody: t.string().redact(),
  ...timestamps(),
})
export type KeptMail = Row<typeof KeptMail>
