import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { type MailerParts, sendMail } from '../mailing/index.ts'
import { guestWelcomeMail, welcomeMail } from './mails.ts'
import { Person } from './person.ts'

export const WELCOMES = ['member', 'guest'] as const
export type Welcome = (typeof WELCOMES)[number]

export const mailWelcome = defineJob({
  name: 'mail_welcome',
  args: z.object({
    personId: z.number().int(),
    as: z.enum(WELCOMES),
    signInUrl: z.string(),
    guideUrl: z.string(),
  }),
  perform: async (parts: MailerParts, { personId, as, signInUrl, guideUrl }) => {
    const person = await parts.repo.get(Person, personId)
    if (person?.email == null) return
    const { name, email } = person
    if (as === 'guest')
      await sendMail(parts, guestWelcomeMail, email, { name, signInUrl, guideUrl })
    else await sendMail(parts, welcomeMail, email, { name, signInUrl })
  },
})
