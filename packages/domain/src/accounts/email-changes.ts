import { build, from, type Repo, type Saved } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { AS_OPENED } from '../conflicts/index.ts'
import { emailChangeset, type Person } from '../people/index.ts'
import { EmailChange } from './email-change.ts'
import { mailEmailChanged } from './jobs.ts'
import { newToken, tokenHash } from './token.ts'

const LIFETIME_MS = 60 * 60_000

/** A token that gives this person the address, once, within an hour. Only its hash is kept. */
export async function createEmailChange(
  repo: Repo,
  { personId, email }: Pick<EmailChange, 'personId' | 'email'>,
  asOf: Date,
): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(asOf.getTime() + LIFETIME_MS)
  await repo.insertOrThrow(
    build(EmailChange, { personId, email, tokenHash: tokenHash(token), expiresAt }),
  )
  return token
}

/** What a token would do for this person, when it still would. Looking does not use it up. */
export async function findEmailChange(
  repo: Repo,
  person: Pick<Person, 'id'>,
  token: string,
  asOf: Date,
): Promise<EmailChange | undefined> {
  return repo.getBy(usable(person, asOf), { tokenHash: tokenHash(token) })
}

/**
 * Gives somebody the address that their link was mailed to, and tells the old one. Undefined when the link was used
 * before, ran out, never was, or is somebody else's: who follows a link in another's name gives away nothing.
 */
export async function useEmailChange(
  repo: Repo,
  person: Person,
  token: string,
  asOf: Date,
): Promise<Saved<typeof Person> | undefined> {
  return repo.transaction(async () => {
    const change = await findEmailChange(repo, person, token, asOf)
    if (!change) return undefined
    const used = await repo.updateAll(usable(person, asOf).where({ id: change.id }), {
      usedAt: asOf,
    })
    if (used !== 1) return undefined

    const saved = await repo.update(emailChangeset(person, { email: change.email }), AS_OPENED)
    if (saved.ok) await afterwards(repo, person, asOf)
    return saved
  })
}

async function afterwards(repo: Repo, { id, name, email }: Person, asOf: Date): Promise<void> {
  await repo.deleteAll(usable({ id }, asOf))
  if (email !== null) await enqueue(repo, mailEmailChanged, { email, name, personId: id })
}

function usable({ id: personId }: Pick<Person, 'id'>, asOf: Date) {
  return from(EmailChange)
    .where({ personId })
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', asOf)
}
