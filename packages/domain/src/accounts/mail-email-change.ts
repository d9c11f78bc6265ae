import { defineMail } from '@showrunner/mail'
import { type MailerParts, sendMail } from '../mailing/index.ts'
import { Person } from '../people/index.ts'
import { createEmailChange } from './email-changes.ts'

interface EmailChangeParts extends MailerParts {
  readonly clock: () => Date
}

/** Mails the link to the address that somebody wants to have. */
export async function sendEmailChange(
  parts: EmailChangeParts,
  { personId, email, page }: { personId: number; email: string; page: string },
): Promise<void> {
  const person = await parts.repo.get(Person, personId)
  if (!person) return
  const token = await createEmailChange(parts.repo, { personId, email }, parts.clock())
  await sendMail(parts, emailChangeMail, email, { name: person.name, url: `${page}/${token}` })
}

export const emailChangeMail = defineMail<{ readonly name: string; readonly url: string }>({
  name: 'email_change',
  trigger: 'When a member asks for another address.',
  recipient: 'The new address',
  example: { name: 'Ada Byron', url: 'https://radio.example/~/email/a-token' },
  write: ({ name, url }, network) => ({
    subject: `Your new address at ${network}`,
    parts: [
      `${name} wants to sign in to ${network} with this address. If that is you, open the link in the browser you are signed in with.`,
      { button: 'Use this address', url },
      'It works once, in the next hour.',
      { small: 'If it is not you, there is nothing to do: without the link nothing changes.' },
    ],
  }),
})

export const emailChangedMail = defineMail<{ readonly name: string }>({
  name: 'email_changed',
  trigger: 'When a member has another address.',
  recipient: 'The old address',
  example: { name: 'Ada Byron' },
  write: ({ name }, network) => ({
    subject: `You no longer sign in to ${network} with this address`,
    parts: [
      `Hello ${name}. Your account at ${network} has another address now, and links that sign in are mailed there.`,
      'If it was not you who changed it, answer this mail: somebody else can get in.',
    ],
  }),
})
