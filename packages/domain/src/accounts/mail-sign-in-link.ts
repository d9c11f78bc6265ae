import { type Repo } from '@showrunner/data'
import { defineMail, type Mailer } from '@showrunner/mail'
import { sendMail } from '../mailing/index.ts'
import { createMailedLink } from './sign-in-links.ts'

export interface MailParts {
  readonly repo: Repo
  readonly clock: () => Date
  readonly mailer: Mailer
  /** The address of the page behind a sign-in token, in full. */
  readonly signInAddress: (token: string) => string
}

/** Mails a link to an address: to sign in, or to join where the address is nobody's. */
export async function sendSignInLink(
  parts: MailParts,
  request: { readonly email: string; readonly nextPath: string | null },
): Promise<void> {
  const { token, person } = await createMailedLink(parts.repo, request, parts.clock())
  const url = parts.signInAddress(token)
  if (person) await sendMail(parts, signInMail, request.email, { name: person.name, url })
  else await sendMail(parts, joinMail, request.email, { url })
}

const ONCE = 'It works once, in the next fifteen minutes.'
const ALONE = {
  small:
    'If it was not you who asked for this mail, there is nothing to do: without the link nobody gets in.',
}

const EINMAL = 'Er gilt einmal, in den nächsten fünfzehn Minuten.'
const ALLEIN = {
  small:
    'Wenn nicht du um diese Mail gebeten hast, ist nichts zu tun: Ohne den Link kommt niemand hinein.',
}

export const signInMail = defineMail<{ readonly name: string; readonly url: string }>({
  name: 'sign_in',
  trigger: 'When somebody asks for a sign-in link, and the address is a member’s.',
  recipient: 'Whoever has the address',
  example: { name: 'Ada Byron', url: 'https://radio.example/in/a-token' },
  write: {
    en: ({ name, url }, network) => ({
      subject: `Sign in to ${network}`,
      parts: [
        `Hello ${name}. Open the link in the browser you want to be signed in with.`,
        { button: 'Sign in', url },
        ONCE,
        ALONE,
      ],
    }),
    de: ({ name, url }, network) => ({
      subject: `Anmelden bei ${network}`,
      parts: [
        `Hallo ${name}. Öffne den Link in dem Browser, in dem du angemeldet sein willst.`,
        { button: 'Anmelden', url },
        EINMAL,
        ALLEIN,
      ],
    }),
  },
})

export const joinMail = defineMail<{ readonly url: string }>({
  name: 'join',
  trigger: 'When somebody asks for a sign-in link, and the address is nobody’s yet.',
  recipient: 'Whoever has the address',
  example: { url: 'https://radio.example/in/a-token' },
  write: {
    en: ({ url }, network) => ({
      subject: `Join ${network}`,
      parts: [
        `Nobody at ${network} has this address yet. The link makes an account for it and signs you in.`,
        { button: 'Join', url },
        ONCE,
        ALONE,
      ],
    }),
    de: ({ url }, network) => ({
      subject: `${network} beitreten`,
      parts: [
        `Niemand bei ${network} hat bisher diese Adresse. Der Link legt ein Konto für sie an und meldet dich an.`,
        { button: 'Beitreten', url },
        EINMAL,
        ALLEIN,
      ],
    }),
  },
})
