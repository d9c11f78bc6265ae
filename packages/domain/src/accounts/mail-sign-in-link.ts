import { type Repo } from '@showrunner/data'
import { letter, type LetterPart, type Mailer } from '@showrunner/mail'
import { type Person } from '../people/index.ts'
import { getSettings } from '../settings/index.ts'
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
  { repo, clock, mailer, signInAddress }: MailParts,
  request: { readonly email: string; readonly nextPath: string | null },
): Promise<void> {
  const { title: network } = await getSettings(repo)
  const { token, person } = await createMailedLink(repo, request, clock())
  const title = person ? `Sign in to ${network}` : `Join ${network}`
  await mailer.send({
    to: request.email,
    fromName: network,
    subject: title,
    ...letter({ from: network, title, parts: words(person, network, signInAddress(token)) }),
  })
}

function words(person: Person | undefined, network: string, url: string): readonly LetterPart[] {
  const alone = {
    small:
      'If it was not you who asked for this mail, there is nothing to do: without the link nobody gets in.',
  }
  if (!person) {
    return [
      `Nobody at ${network} has this address yet. The link makes an account for it and signs you in.`,
      { button: 'Join', url },
      'It works once, in the next fifteen minutes.',
      alone,
    ]
  }
  return [
    `Hello ${person.name}. Open the link in the browser you want to be signed in with.`,
    { button: 'Sign in', url },
    'It works once, in the next fifteen minutes.',
    alone,
  ]
}
