import { type Repo } from '@showrunner/data'
import { personOfAddresses } from './join.ts'
import { type FromBrowser, type SignedIn, startSession } from './sessions.ts'
import { useSignInLink } from './sign-in-links.ts'

export interface SignedInByLink extends SignedIn {
  /** The page that was wanted when the link was asked for. */
  readonly nextPath: string | null
}

/**
 * Signs in who the link was made for; undefined when it was used before, ran out or never was. Where the address was
 * nobody's, this makes a member of the name given.
 */
export async function signIn(
  repo: Repo,
  linkToken: string,
  asOf: Date,
  { name, ...browser }: FromBrowser & { readonly name?: string | undefined } = {},
): Promise<SignedInByLink | undefined> {
  return repo.transaction(async () => {
    const link = await useSignInLink(repo, linkToken, asOf)
    if (!link) return undefined
    // The table holds a link to one of the two.
    const person = link.person ?? (await personOfAddresses(repo, [link.email ?? ''], name))
    return { ...(await startSession(repo, person, browser, asOf)), nextPath: link.nextPath }
  })
}

/** Signs in who somebody trusted vouches for, by addresses that are theirs; a new member has the first of them. */
export async function signInByAddress(
  repo: Repo,
  { emails, name }: { readonly emails: readonly string[]; readonly name?: string | undefined },
  asOf: Date,
  browser: FromBrowser = {},
): Promise<SignedIn> {
  return repo.transaction(async () => {
    const person = await personOfAddresses(repo, emails, name)
    return startSession(repo, person, browser, asOf)
  })
}
