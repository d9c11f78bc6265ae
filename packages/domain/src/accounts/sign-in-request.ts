import {
  applyAction,
  build,
  cast,
  check,
  embedded,
  format,
  required,
  t,
  validate,
  type Applied,
  type Changeset,
  type Params,
  type Repo,
  type Row,
} from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { EMAIL, EMAIL_MESSAGE, lowerCase } from '../formats/index.ts'
import { type Limit, spend } from '../limits/index.ts'
import { mailSignInLink } from './jobs.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const PER_ADDRESS: Limit = { name: 'sign-in mails to an address', most: 5, perMs: HOUR_MS }
const PER_VISITOR: Limit = { name: 'sign-in mails for a visitor', most: 20, perMs: HOUR_MS }

/** What SMTP can carry. */
const LONGEST = 254
const LONGEST_LOCAL = 64

/** The form that asks for a sign-in link. */
export const SignInRequest = embedded({
  email: t.string(),
  /** The page that was wanted, on this site. */
  nextPath: t.string().nullable(),
})
export type SignInRequest = Row<typeof SignInRequest>

export function signInRequestChangeset(params: Params): Changeset<typeof SignInRequest> {
  return check(
    cast(build(SignInRequest), params, ['email', 'nextPath']),
    lowerCase('email'),
    required('email'),
    format('email', EMAIL, EMAIL_MESSAGE),
    validate('email', (email) => (canBeMailed(email) ? [] : [EMAIL_MESSAGE])),
  )
}

/**
 * Lets a link be mailed to an address. Whether the address is anybody's is found out by the job that mails it, so the
 * answer, and the time it takes, is the same for all.
 *
 * @throws LimitError for too many mails to one address, or for one visitor.
 */
export async function requestSignIn(
  repo: Repo,
  params: Params,
  visitor: string,
  asOf: Date,
): Promise<Applied<typeof SignInRequest>> {
  await spend(repo, PER_VISITOR, visitor, asOf)
  const request = applyAction(signInRequestChangeset(params), 'insert')
  if (!request.ok) return request

  const { email, nextPath } = request.value
  await spend(repo, PER_ADDRESS, email, asOf)
  // Asked for twice in a moment, one mail is enough.
  await enqueue(repo, mailSignInLink, { email, nextPath }, { key: `sign_in:${email}` })
  return request
}

/** Whether SMTP can carry it. */
export function canBeMailed(email: string): boolean {
  const local = Buffer.byteLength(email.slice(0, email.lastIndexOf('@')))
  return Buffer.byteLength(email) <= LONGEST && local <= LONGEST_LOCAL && !/\p{C}/u.test(email)
}
