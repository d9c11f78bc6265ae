import { defineMail } from '@showrunner/mail'

interface Welcome {
  readonly name: string
  /** Of the page on which one signs in. */
  readonly signInUrl: string
}

interface GuestWelcome extends Welcome {
  /** Of the page that tells guests what to expect. */
  readonly guideUrl: string
}

const EXAMPLE = { name: 'Ada Byron', signInUrl: 'https://radio.example/in' }
const HOW =
  'There is no password: type the address this mail went to, and we mail you a link that signs you in.'

const SO =
  'Ein Passwort gibt es nicht: Gib die Adresse ein, an die diese Mail ging, und wir mailen dir einen Link, der dich anmeldet.'

export const welcomeMail = defineMail<Welcome>({
  name: 'welcome',
  trigger: 'When an administrator adds somebody, and chooses to welcome them.',
  recipient: 'Whoever was added',
  example: EXAMPLE,
  write: {
    en: ({ name, signInUrl }, network) => ({
      subject: `Welcome to ${network}`,
      parts: [
        `Hello ${name}. You have an account at ${network} from now on.`,
        { button: 'Sign in', url: signInUrl },
        HOW,
      ],
    }),
    de: ({ name, signInUrl }, network) => ({
      subject: `Willkommen bei ${network}`,
      parts: [
        `Hallo ${name}. Von nun an hast du ein Konto bei ${network}.`,
        { button: 'Anmelden', url: signInUrl },
        SO,
      ],
    }),
  },
})

export const guestWelcomeMail = defineMail<GuestWelcome>({
  name: 'guest_welcome',
  trigger: 'When an administrator adds a guest, and chooses to welcome them as one.',
  recipient: 'Whoever was added',
  example: { ...EXAMPLE, guideUrl: 'https://radio.example/guest' },
  write: {
    en: ({ name, signInUrl, guideUrl }, network) => ({
      subject: `Be our guest at ${network}`,
      parts: [
        `Hello ${name}. We look forward to having you as a guest at ${network}. What to expect, and what helps, stands here:`,
        { button: 'For guests', url: guideUrl },
        'You have an account, too: say there who you are, as listeners will read it beside your episode.',
        { button: 'Sign in', url: signInUrl },
        HOW,
      ],
    }),
    de: ({ name, signInUrl, guideUrl }, network) => ({
      subject: `Sei unser Gast bei ${network}`,
      parts: [
        `Hallo ${name}. Wir freuen uns, dich als Gast bei ${network} zu haben. Was dich erwartet und was hilft, steht hier:`,
        { button: 'Für Gäste', url: guideUrl },
        'Du hast auch ein Konto: Sag dort, wer du bist, so wie man es neben deiner Folge lesen wird.',
        { button: 'Anmelden', url: signInUrl },
        SO,
      ],
    }),
  },
})

export const PEOPLE_MAILS = [welcomeMail, guestWelcomeMail] as const
