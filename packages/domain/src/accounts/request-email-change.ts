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
import { type Person } from '../people/index.ts'
import { mailEmailChange } from './jobs.ts'
import { canBeMailed } from './sign-in-request.ts'

const HOUR_MS = 60 * 60_000

const PER_PERSON: Limit = { name: 'address changes of a person', most: 5, perMs: HOUR_MS }
const PER_ADDRESS: Limit = { name: 'address changes to an address', most: 5, perMs: HOUR_MS }
const PER_VISITOR: Limit = { name: 'address changes of a visitor', most: 20, perMs: HOUR_MS }

/** The form that asks for another address. */
export const EmailRequest = embedded({ email: t.string() })
export type EmailRequest = Row<typeof EmailRequest>

export function emailRequestChangeset(
  person: Pick<Person, 'email'>,
  params: Params,
): Changeset<typeof EmailRequest> {
  return check(
    cast(build(EmailRequest), params, ['email']),
    lowerCase('email'),
    required('email'),
    format('email', EMAIL, EMAIL_MESSAGE),
    validate('email', (email) => (canBeMailed(email) ? [] : [EMAIL_MESSAGE])),
    validate('email', (email) => (email === person.email ? ['is the one you have'] : [])),
  )
}

interface Asked {
  readonly person: Person
  /** Who is counted, besides the person. */
  readonly visitor: string
  /** The address, in full, below which the link leads. */
  readonly page: string
}

/**
 * Mails a link to an address that somebody wants to have: with the link it is theirs. Nothing tells whether it is
 * somebody else's, before its owner has followed the link.
 *
 * @throws LimitError for too many.
 */
export async function requestEmailChange(
  repo: Repo,
  { person, visitor, page }: Asked,
  params: Params,
  asOf: Date,
): Promise<Applied<typeof EmailRequest>> {
  await spend(repo, PER_VISITOR, visitor, asOf)
  const request = applyAction(emailRequestChangeset(person, params), 'insert')
  if (!request.ok) return request

  const { email } = request.value
  await spend(repo, PER_PERSON, String(person.id), asOf)
  await spend(repo, PER_ADDRESS, email, asOf)
  const key = `email_change:${person.id}:${email}`
  await enqueue(repo, mailEmailChange, { personId: person.id, email, page }, { key })
  return request
}
