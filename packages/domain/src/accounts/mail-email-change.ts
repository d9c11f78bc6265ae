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
  const props = { name: person.name, url: `${page}/${token}` }
  await sendMail(parts, emailChangeMail, email, props, { personId })
}

export const emailChangeMail = defineMail<{ readonly name: string; readonly url: string }>({
  name: 'email_change',
  trigger: 'When a member asks for another address.',
  recipient: 'The new address',
  example: { name: 'Ada Byron', url: 'https://radio.example/~/email/a-token' },
  write: {
    en: ({ name, url }, network) => ({
      subject: `Your new address at ${network}`,
      parts: [
        `${name} wants to sign in to ${network} with this address. If that is you, open the link in the browser you are signed in with.`,
        { button: 'Use this address', url },
        'It works once, in the next hour.',
        { small: 'If it is not you, there is nothing to do: without the link nothing changes.' },
      ],
    }),
    de: ({ name, url }, network) => ({
      subject: `Deine neue Adresse bei ${network}`,
      parts: [
        `${name} will sich mit dieser Adresse bei ${network} anmelden. Wenn du das bist, öffne den Link in dem Browser, in dem du angemeldet bist.`,
        { button: 'Diese Adresse benutzen', url },
        'Er gilt einmal, in der nächsten Stunde.',
        { small: 'Wenn du das nicht bist, ist nichts zu tun: Ohne den Link ändert sich nichts.' },
      ],
    }),
  },
})

export const emailChangedMail = defineMail<{ readonly name: string }>({
  name: 'email_changed',
  trigger: 'When a member has another address.',
  recipient: 'The old address',
  example: { name: 'Ada Byron' },
  write: {
    en: ({ name }, network) => ({
      subject: `You no longer sign in to ${network} with this address`,
      parts: [
        `Hello ${name}. Your account at ${network} has another address now, and links that sign in are mailed there.`,
        'If it was not you who changed it, answer this mail: somebody else can get in.',
      ],
    }),
    de: ({ name }, network) => ({
      subject: `Du meldest dich bei ${network} nicht mehr mit dieser Adresse an`,
      parts: [
        `Hallo ${name}. Dein Konto bei ${network} hat jetzt eine andere Adresse, und Links zum Anmelden gehen dorthin.`,
        'Wenn nicht du sie geändert hast, antworte auf diese Mail: Dann kommt jemand anderes hinein.',
      ],
    }),
  },
})
