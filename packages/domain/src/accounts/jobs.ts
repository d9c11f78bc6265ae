import { type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { type MailerParts, sendMail } from '../mailing/index.ts'
import { emailChangedMail, sendEmailChange } from './mail-email-change.ts'
import { type MailParts, sendSignInLink } from './mail-sign-in-link.ts'
import { removeExpired } from './remove-expired.ts'

// Tried for half a minute: a link that comes hours later helps nobody.
export const mailSignInLink = defineJob({
  name: 'mail_sign_in_link',
  args: z.object({ email: z.string(), nextPath: z.string().nullable() }),
  maxAttempts: 4,
  perform: (parts: MailParts, request) => sendSignInLink(parts, request),
})

export const mailEmailChange = defineJob({
  name: 'mail_email_change',
  args: z.object({ personId: z.number().int(), email: z.string(), page: z.string() }),
  maxAttempts: 4,
  perform: (parts: MailParts, request) => sendEmailChange(parts, request),
})

export const mailEmailChanged = defineJob({
  name: 'mail_email_changed',
  args: z.object({ email: z.string(), name: z.string(), personId: z.number().int().optional() }),
  maxAttempts: 12,
  perform: (parts: MailerParts, { email, name, personId }) =>
    sendMail(parts, emailChangedMail, email, { name }, { personId }),
})

export const removeExpiredSignIns = defineJob({
  name: 'remove_expired_sign_ins',
  args: z.object({}),
  maxAttempts: 3,
  perform: async ({ repo, clock }: { readonly repo: Repo; readonly clock: () => Date }) => {
    await removeExpired(repo, clock())
  },
})
