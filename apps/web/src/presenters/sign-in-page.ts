import { errorMessages, type AnyChangeset } from '@showrunner/data'
import { addresses } from '../addresses.ts'
import { type Site } from './frame.ts'
import { noticePage, type NoticePage } from './notice-page.ts'

/** The form that asks for a link. */
export interface SignInPage extends NoticePage {
  readonly email: string
  /** What is wrong with the address. */
  readonly error: string | null
  /** The page that was wanted. */
  readonly next: string | null
  /** Where GitHub is asked instead, if it can be. */
  readonly githubHref: string | null
}

interface Asked {
  readonly email?: string
  readonly next?: string | undefined
  readonly hasGithub: boolean
  readonly changeset?: Pick<AnyChangeset, 'errors'>
}

export function signInPage(
  site: Site,
  { email = '', next, hasGithub, changeset }: Asked,
): SignInPage {
  const [error] = changeset ? (errorMessages(changeset, site.words.errors)['email'] ?? []) : []

  return {
    ...noticePage(site, site.words.account.signIn.title, addresses.signedIn),
    email,
    error: error === undefined ? null : site.words.account.emailError(error),
    next: next ?? null,
    githubHref: hasGithub ? addresses.githubFor(next) : null,
  }
}
